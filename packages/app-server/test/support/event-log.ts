import type { QueueEvent } from '@gangway/protocol/channel'

type Named = Extract<QueueEvent, { method: string }>

/** What a server told a peer, in order, with a way to wait for what is still to come. */
export class EventLog {
  readonly all: QueueEvent[] = []
  #waiting: (() => void)[] = []

  add(event: QueueEvent): void {
    this.all.push(event)
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  /** Every notification and request of `method` so far. */
  of(method: string): readonly Named[] {
    return this.all.filter((event): event is Named => 'method' in event && event.method === method)
  }

  /** Waits for the `count`th one. The test's own time-out ends the wait. */
  async next(method: string, count = 1): Promise<Named> {
    for (;;) {
      const found = this.of(method)[count - 1]
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }
}
