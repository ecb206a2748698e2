import type { HomeLayout } from '../layout.js'

/** What became of each path of a reversed import. Absolute paths. */
export interface ReversalReport {
  readonly importId: string
  /** Files and folders that are again as they were. */
  readonly restored: readonly string[]
  /** Files and folders that were made by the import and are gone. */
  readonly removed: readonly string[]
  /** What was left alone, because somebody changed it since. */
  readonly kept: readonly { readonly path: string; readonly reason: string }[]
}

/**
 * Undoes an import, finished or not: what nobody touched since is byte for byte as before, the rest is kept and named.
 * May be called twice. Writes to disk; takes the lock of every file it restores.
 *
 * @throws HomeError `JOURNAL` when there is no such journal, or it is damaged
 */
export async function reverseImport(layout: HomeLayout, importId: string): Promise<ReversalReport> {
  throw new Error(`not built: ${layout.root} ${importId}`)
}
