/** How fast work goes, and how long it will still take. */
export interface Pace {
  /** Things a second; undefined until it can be told. */
  readonly perSecond: number | undefined
  /** Seconds; undefined until it can be told. */
  readonly secondsLeft: number | undefined
}

/** The pace is that of the last so many milliseconds: work is not even, and what is left counts. */
const windowMs = 10_000
/** Below this nothing can be told. */
const leastMs = 400

/** Tells the pace of work from how much of it was done when. */
export class ProgressMeter {
  readonly #samples: { readonly atMs: number; readonly done: number }[] = []

  /** @param nowMs a clock that does not go backwards */
  update(done: number, total: number, nowMs: number): Pace {
    this.#samples.push({ atMs: nowMs, done })
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= nowMs - windowMs) this.#samples.shift()
    const first = this.#samples[0]!
    const elapsedMs = nowMs - first.atMs
    const made = done - first.done
    if (elapsedMs < leastMs || made <= 0) return { perSecond: undefined, secondsLeft: undefined }
    const perSecond = (made * 1000) / elapsedMs
    return { perSecond, secondsLeft: Math.max(0, total - done) / perSecond }
  }
}

/** `12 s`, `3 min`, `2 h 5 min`. */
export function durationWords(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 90) return `${whole} s`
  const minutes = Math.round(whole / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
