import type { QueueEvent } from '@gangway/protocol/channel'

/** What a reader needs of a log. */
export interface LogReading {
  /** The event at a place, or the gap before it, and where to go on. */
  at(place: number): { readonly event: QueueEvent; readonly next: number } | undefined
}

/** One reader's place in a log of events. */
export class LogReader {
  /** Of the next event. */
  place = 0
  readonly #log: LogReading

  constructor(log: LogReading) {
    this.#log = log
  }

  /** The next event that `show` makes something of. */
  take<T>(show: (event: QueueEvent) => T | undefined): T | undefined {
    for (;;) {
      const found = this.#log.at(this.place)
      if (found === undefined) return undefined
      this.place = found.next
      const shown = show(found.event)
      if (shown !== undefined) return shown
    }
  }

  hasAll(length: number): boolean {
    return this.place >= length
  }
}
