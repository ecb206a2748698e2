import type { RolloutLine } from '@gangway/home'
import type { EventClock } from './event-clock.js'

/** Members of a line's payload. */
export type Payload = { readonly [member: string]: unknown }

/** Collects the lines of one event, dated with the event's own time, and counts what the model gets. */
export class LineSink {
  #lines: RolloutLine[] = []
  #modelBytes: number

  constructor(
    readonly clock: EventClock,
    modelBytes: number,
  ) {
    this.#modelBytes = modelBytes
  }

  /** UTF-8 bytes of text for the model since its history was last replaced. */
  get modelBytes(): number {
    return this.#modelBytes
  }

  /** For the eye. */
  event(payload: Payload): void {
    this.line('event_msg', payload)
  }

  /** For the model. @param text what of it counts as text */
  response(payload: Payload, text: string): void {
    this.#modelBytes += Buffer.byteLength(text)
    this.line('response_item', payload)
  }

  /** The model's history is replaced by `text`. */
  replaceHistory(text: string): void {
    this.#modelBytes = Buffer.byteLength(text)
  }

  line(type: string, payload: Payload): void {
    this.#lines.push({ timestamp: this.clock.text, type, payload })
  }

  take(): readonly RolloutLine[] {
    const lines = this.#lines
    this.#lines = []
    return lines
  }
}
