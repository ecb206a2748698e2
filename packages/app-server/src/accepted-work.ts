import { withinMs } from './within-ms.js'

/** Counts work that was accepted and is not finished, so that closing can wait for it. */
export class AcceptedWork {
  #open = 0
  #waiting: (() => void)[] = []

  /** How many pieces of work are not finished. */
  get open(): number {
    return this.#open
  }

  /** One more. Whoever calls it calls `end` exactly once. */
  begin(): void {
    this.#open += 1
  }

  /** One less. */
  end(): void {
    this.#open -= 1
    if (this.#open > 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  /** Resolves when nothing is open, however long that takes. */
  idle(): Promise<void> {
    if (this.#open === 0) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /**
   * Waits until nothing is open, at most `timeoutMs`.
   *
   * @returns whether all is finished
   */
  async settled(timeoutMs: number): Promise<boolean> {
    return this.#open === 0 || withinMs(timeoutMs, this.idle())
  }
}
