/** A promise in a test's hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(error: Error): void
}

export function deferred<T>(): Deferred<T> {
  let settle: Pick<Deferred<T>, 'resolve' | 'reject'> | undefined
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return { promise, resolve: (value) => settle?.resolve(value), reject: (error) => settle?.reject(error) }
}

/** Counts calls, and lets a test wait for one. */
export class Turnstile {
  #count = 0
  #waiting: (() => void)[] = []

  pass(): void {
    this.#count += 1
    for (const wake of this.#waiting.splice(0)) wake()
  }

  async passed(count: number): Promise<void> {
    while (this.#count < count) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
