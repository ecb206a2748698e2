/** The last millisecond of the year 9999: later times have no RFC 3339 form. */
const latestMs = 253_402_300_799_999

/** The time of the event at hand. One without a time, or with a senseless one, happened when the last one did. */
export class EventClock {
  #nowMs = 0
  #text = ''

  constructor(startMs: number) {
    this.#set(isTime(startMs) ? startMs : 0)
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** Whole seconds since the epoch. */
  get seconds(): number {
    return Math.floor(this.#nowMs / 1000)
  }

  /** RFC 3339, UTC, milliseconds. */
  get text(): string {
    return this.#text
  }

  advance(atMs: number | null): void {
    if (atMs !== this.#nowMs && isTime(atMs)) this.#set(atMs)
  }

  #set(atMs: number): void {
    this.#nowMs = Math.floor(atMs)
    this.#text = new Date(this.#nowMs).toISOString()
  }
}

function isTime(atMs: number | null): atMs is number {
  return typeof atMs === 'number' && atMs >= 0 && atMs <= latestMs
}
