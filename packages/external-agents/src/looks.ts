import { lstatSync, type Stats, statSync } from 'node:fs'

/** How long ago, in milliseconds, a file must have changed for its times to prove that it has not changed again since. */
const SETTLED_AFTER_MS = 50

/**
 * What was looked at, and how it was: when every look still shows the same, so does everything that was made from them.
 *
 * Costs one stat for each path. Follows links, so that a link's target counts too.
 */
export class Looks {
  readonly #seen = new Map<string, string>()
  #newestMs = 0

  /** Notes how `path` is now. The first note of a path counts: note before you read. */
  note(path: string): void {
    if (this.#seen.has(path)) return
    this.#seen.set(path, this.#signature(path))
  }

  /** Takes over what `other` has seen. */
  add(other: Looks): void {
    for (const [path, signature] of other.#seen) if (!this.#seen.has(path)) this.#seen.set(path, signature)
    this.#newestMs = Math.max(this.#newestMs, other.#newestMs)
  }

  /**
   * Whether the looks can be relied on later. A file that changed a moment before it was noted could change once more
   * without its times showing it.
   *
   * @param startedMs when the first note was made, by `Date.now()`
   */
  settledBefore(startedMs: number): boolean {
    return this.#newestMs < startedMs - SETTLED_AFTER_MS
  }

  /** Whether everything is still as it was. Reads the disk. */
  holds(): boolean {
    for (const [path, signature] of this.#seen) if (signatureOf(statOf(path)) !== signature) return false
    return true
  }

  #signature(path: string): string {
    const stats = statOf(path)
    if (stats instanceof Object) this.#newestMs = Math.max(this.#newestMs, stats.mtimeMs, stats.ctimeMs)
    return signatureOf(stats)
  }
}

/** What tells one state of a file or folder from another: kind and rights, size, both times, and which file it is. */
export function signatureOf(stats: Stats | string): string {
  if (typeof stats === 'string') return stats
  return `${stats.ino}:${stats.mode}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`
}

function statOf(path: string): Stats | string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats) return stats
    return lstatSync(path, { throwIfNoEntry: false }) ? 'broken' : 'missing'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}
