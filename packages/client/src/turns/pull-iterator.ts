/** Where a `PullIterator` takes from. */
export interface PullSource<T> {
  /** The next one, or `undefined` when there is none now. */
  take(): T | undefined
  /** Set when nothing comes any more: `failure` is what the reading ends with. */
  readonly end: { readonly failure: unknown } | undefined
  /** The reader is through, for whatever reason. Called once. */
  left(): void
}

/** An iterator that sleeps while its source has nothing, with any number of `next` at once. */
export class PullIterator<T> implements AsyncIterableIterator<T, void> {
  readonly #source: PullSource<T>
  #sleepers: { resolve(result: IteratorResult<T, void>): void; reject(error: unknown): void }[] = []
  #isOver = false

  constructor(source: PullSource<T>) {
    this.#source = source
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<T, void>> {
    return new Promise((resolve, reject) => {
      this.#sleepers.push({ resolve, reject })
      if (this.#sleepers.length === 1) this.notify()
    })
  }

  /** Leaves. */
  return(): Promise<IteratorResult<T, void>> {
    this.#leave(undefined)
    return Promise.resolve({ value: undefined, done: true })
  }

  /** There may be something to take, or the end. */
  notify(): void {
    while (this.#sleepers.length > 0) {
      const value = this.#isOver ? undefined : this.#source.take()
      if (value === undefined) {
        const end = this.#isOver ? { failure: undefined } : this.#source.end
        if (end !== undefined) this.#leave(end.failure)
        return
      }
      this.#sleepers.shift()?.resolve({ value, done: false })
    }
  }

  #leave(failure: unknown): void {
    const sleepers = this.#sleepers
    this.#sleepers = []
    const wasOver = this.#isOver
    this.#isOver = true
    const [first, ...others] = sleepers
    if (failure !== undefined) first?.reject(failure)
    else first?.resolve({ value: undefined, done: true })
    for (const sleeper of others) sleeper.resolve({ value: undefined, done: true })
    if (!wasOver) this.#source.left()
  }
}
