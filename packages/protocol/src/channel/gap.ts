import type { LaggedEvent } from './event.js'

/** Events that were dropped since the last `lagged`. */
export class Gap {
  #skipped = 0
  #byMethod = new Map<string, number>()

  get skipped(): number {
    return this.#skipped
  }

  add(method: string, count = 1): void {
    this.#skipped += count
    this.#byMethod.set(method, (this.#byMethod.get(method) ?? 0) + count)
  }

  /** The event that tells of the gap. The gap itself is closed by it. */
  take(): LaggedEvent {
    const event: LaggedEvent = {
      type: 'lagged',
      skipped: this.#skipped,
      byMethod: Object.fromEntries(this.#byMethod),
    }
    this.#skipped = 0
    this.#byMethod = new Map()
    return event
  }
}
