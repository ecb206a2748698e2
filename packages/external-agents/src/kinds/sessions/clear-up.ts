import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * What programs that were killed have left beside threads. Imports of one home hold a lock, so nobody writes these threads
 * now, and one look at a folder is enough for one import.
 */
export class LeftOvers {
  readonly #byFolder = new Map<string, readonly string[]>()

  /** Takes away what was left beside the thread at `path`. Never throws for what is not there. */
  clearUp(path: string): void {
    const folder = dirname(path)
    const start = `.${basename(path)}`.slice(0, 80)
    for (const name of this.#namesIn(folder)) {
      if (name.startsWith(start)) rmSync(join(folder, name), { force: true })
    }
  }

  #namesIn(folder: string): readonly string[] {
    const known = this.#byFolder.get(folder)
    if (known) return known
    let names: readonly string[] = []
    try {
      names = readdirSync(folder).filter((name) => name.startsWith('.') && name.endsWith('.tmp'))
    } catch {
      // No folder yet: nothing was left.
    }
    this.#byFolder.set(folder, names)
    return names
  }
}
