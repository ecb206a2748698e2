import { setImmediate as nextTurn } from 'node:timers/promises'

/** Long enough to get somewhere, short enough that nobody notices. */
const sliceMs = 3

/** Lets long work give the event loop a turn every few milliseconds. */
export class TimeSlices {
  readonly #signal: AbortSignal | undefined
  #start = performance.now()

  constructor(signal?: AbortSignal) {
    this.#signal = signal
  }

  /** Whether it is time for {@link breathe}. */
  get isUp(): boolean {
    return performance.now() - this.#start >= sliceMs
  }

  /** Gives the event loop a turn. Rejects with the signal's reason when the work was to end. */
  async breathe(): Promise<void> {
    this.#signal?.throwIfAborted()
    await nextTurn()
    this.#signal?.throwIfAborted()
    this.#start = performance.now()
  }
}
