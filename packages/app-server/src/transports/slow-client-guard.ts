import type { EventQueue } from '@gangway/protocol/channel'
import { PAUSE_INPUT_AT } from './limits.js'
import type { MessageOutput } from './message-output.js'

/** How far a client may stay behind. */
export interface SlowClientLimits {
  /** Bytes of events that wait for it at most; then what cannot be dropped holds up whoever makes it. */
  readonly maxQueuedBytes: number
  /** Milliseconds that a client may take to come back to half of that. */
  readonly graceMs: number
}

/** How often a client that is behind is looked at, within its time of grace. */
const LOOKS = 10

/**
 * Ends a client that is too slow to be served with others: one that fills its queue, or reads no answers, and within
 * the time of grace does not come back to half of what it may have waiting.
 *
 * It costs nothing while the client keeps up: there is a timer only while it is behind.
 */
export class SlowClientGuard {
  readonly #events: EventQueue
  readonly #output: MessageOutput
  readonly #limits: SlowClientLimits
  readonly #cut: () => void
  #timer: NodeJS.Timeout | undefined
  #looksLeft = 0

  /** @param cut called once, when patience is over */
  constructor(events: EventQueue, output: MessageOutput, limits: SlowClientLimits, cut: () => void) {
    this.#events = events
    this.#output = output
    this.#limits = limits
    this.#cut = cut
  }

  /** The client is at its limit: somebody waits for room, or its input is no longer read. */
  atLimit(): void {
    if (this.#timer !== undefined) return
    this.#looksLeft = LOOKS
    this.#timer = setInterval(() => this.#look(), this.#limits.graceMs / LOOKS)
  }

  /** The client is gone. */
  end(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    this.#looksLeft -= 1
    if (this.#hasRecovered()) this.end()
    else if (this.#looksLeft <= 0) {
      this.end()
      this.#cut()
    }
  }

  #hasRecovered(): boolean {
    const { length, capacity, bytes } = this.#events
    const isShort = length <= capacity / 2 && bytes <= this.#limits.maxQueuedBytes / 2
    return isShort && this.#output.backlog <= PAUSE_INPUT_AT / 2
  }
}
