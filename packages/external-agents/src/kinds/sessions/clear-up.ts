import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Takes away what a program that was killed has left beside the thread at `path`. Imports of one home hold a lock, so nobody
 * writes it now. Never throws.
 */
export function clearUp(path: string): void {
  const start = `.${basename(path)}`.slice(0, 80)
  try {
    for (const name of readdirSync(dirname(path))) {
      if (name.startsWith(start) && name.endsWith('.tmp')) rmSync(join(dirname(path), name), { force: true })
    }
  } catch {
    // No folder yet: nothing was left.
  }
}
