/** Where a reader takes from. */
export interface Readable<T> {
  /** The next entry, or `undefined` when there is none now. */
  take(): T | undefined
  isClosed(): boolean
}

/** The one reader of a queue: an iterator that sleeps while there is nothing and ends when the queue has. */
export class Reader<T> implements AsyncIterableIterator<T, void> {
  #wake: ((result: IteratorResult<T, void>) => void) | undefined
  #sleep: Promise<unknown> = Promise.resolve()
  #isOver = false

  constructor(
    private readonly source: Readable<T>,
    private readonly left: () => void,
  ) {}

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<T, void>> {
    if (this.#wake !== undefined) return this.#sleep.then(() => this.next())
    if (this.#isOver) return Promise.resolve(DONE)
    const value = this.source.take()
    if (value !== undefined) return Promise.resolve({ value, done: false })
    if (this.source.isClosed()) return this.return()
    const sleep = new Promise<IteratorResult<T, void>>((resolve) => {
      this.#wake = resolve
    })
    this.#sleep = sleep
    return sleep
  }

  /** Leaves: what is queued stays queued, for the next reader. */
  return(): Promise<IteratorResult<T, void>> {
    const done = this.#leave()
    const wake = this.#wake
    this.#wake = undefined
    wake?.(done)
    return Promise.resolve(done)
  }

  /** The source has something to take, or is closed. */
  notify(): void {
    const wake = this.#wake
    if (wake === undefined) return
    this.#wake = undefined
    const value = this.source.take()
    if (value !== undefined) wake({ value, done: false })
    else if (this.source.isClosed()) wake(this.#leave())
    else this.#wake = wake
  }

  #leave(): IteratorResult<T, void> {
    if (!this.#isOver) {
      this.#isOver = true
      this.left()
    }
    return DONE
  }
}

const DONE: IteratorResult<never, void> = { value: undefined, done: true }
