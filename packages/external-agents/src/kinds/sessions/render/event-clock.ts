/** The last millisecond of the year 9999: later times have no RFC 3339 form. */
const latestMs = 253_402_300_799_999

const minuteMs = 60_000
/** Of `00.000Z`. */
const secondsLength = 7

/** The time of the event at hand. One without a time, or with a senseless one, happened when the last one did. */
export class EventClock {
  #nowMs = 0
  #text = ''
  /** Minutes since the epoch, and their text up to the seconds: most events follow each other soon. */
  #minute = -1
  #textOfMinute = ''

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
    const minute = Math.floor(this.#nowMs / minuteMs)
    if (minute !== this.#minute) this.#textOfMinute = new Date(minute * minuteMs).toISOString().slice(0, -secondsLength)
    this.#minute = minute
    const rest = this.#nowMs - minute * minuteMs
    const ms = rest % 1000
    const seconds = (rest - ms) / 1000
    this.#text = `${this.#textOfMinute}${seconds < 10 ? '0' : ''}${seconds}.${ms < 10 ? '00' : ms < 100 ? '0' : ''}${ms}Z`
  }
}

function isTime(atMs: number | null): atMs is number {
  return typeof atMs === 'number' && atMs >= 0 && atMs <= latestMs
}
