import { lstatSync, type Stats, statSync } from 'node:fs'

/** How long ago, in milliseconds, a file must have changed for its times to prove that it has not changed again since. */
const SETTLED_AFTER_MS = 50

/** What counts: `content` of a file or a folder's list, or only the `kind` of thing that stands there. */
export type Aspect = 'content' | 'kind'

/**
 * What was looked at, and how it was: when every look still shows the same, so does everything that was made from them.
 *
 * Costs one stat for each path. Follows links, so that a link's target counts too.
 */
export class Looks {
  readonly #contents = new Map<string, string>()
  readonly #kinds = new Map<string, string>()
  #newestMs = 0

  /** Notes how `path` is now. The first note of a path counts: note before you read. */
  note(path: string, aspect: Aspect = 'content'): void {
    const seen = aspect === 'content' ? this.#contents : this.#kinds
    if (seen.has(path)) return
    const stats = statOf(path)
    seen.set(path, aspect === 'content' ? signatureOf(stats) : kindOf(stats))
    if (typeof stats !== 'string') this.#newestMs = Math.max(this.#newestMs, stats.mtimeMs, stats.ctimeMs)
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
    for (const [path, signature] of this.#contents) if (signatureOf(statOf(path)) !== signature) return false
    for (const [path, kind] of this.#kinds) if (kindOf(statOf(path)) !== kind) return false
    return true
  }
}

/** What tells one state of a file or folder from another: kind and rights, size, both times, and which file it is. */
export function signatureOf(stats: Stats | string): string {
  if (typeof stats === 'string') return stats
  return `${stats.ino}:${stats.mode}:${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`
}

function kindOf(stats: Stats | string): string {
  return typeof stats === 'string' ? stats : `${stats.mode}:${stats.uid}`
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
