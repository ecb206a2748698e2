import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work may hold the event loop in one go, in milliseconds, so that other requests are answered meanwhile. */
const SLICE_MS = 4

/** Divides long synchronous work into slices: call {@link Pace.rest} wherever the work can be interrupted. */
export class Pace {
  #sliceStart = performance.now()

  constructor(readonly signal?: AbortSignal) {}

  /** Whether the slice is used up: `if (pace.isOver()) await pace.rest()`. */
  isOver(): boolean {
    return performance.now() - this.#sliceStart >= SLICE_MS
  }

  /**
   * Lets everything else that waits have its turn.
   *
   * @throws the signal's reason: it ends the work
   */
  async rest(): Promise<void> {
    this.signal?.throwIfAborted()
    await nextTurn()
    this.signal?.throwIfAborted()
    this.#sliceStart = performance.now()
  }
}
