/** What asks a process to end. One rule for all three: the first asks, a further one insists. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Signals that ask this process to end, counted, whichever they are. */
export class TerminationSignals {
  readonly first: Promise<void>
  readonly second: Promise<void>
  readonly third: Promise<void>
  readonly #listener: () => void

  constructor() {
    const came: (() => void)[] = []
    this.first = new Promise((resolve) => came.push(resolve))
    this.second = new Promise((resolve) => came.push(resolve))
    this.third = new Promise((resolve) => came.push(resolve))
    this.#listener = () => came.shift()?.()
    for (const signal of SIGNALS) process.on(signal, this.#listener)
  }

  /** Lets signals end the process as they do by default. */
  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener)
  }
}
