import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { isInside } from '../../contained.js'
import type { SessionShelf } from '../../session-source.js'
import type { MigrationItem } from '../../wire.js'

/** Sessions of one item: those whose logs are there, and paths that lead to none. */
export interface SelectedSessions {
  /** Real paths of logs, each once, in the order of the request. */
  readonly paths: readonly string[]
  /** As the request has them. */
  readonly missing: readonly string[]
}

/**
 * The logs that an item selects. A log needs to stand below a folder of the shelf, and nothing else: also one that
 * detect leaves out may be asked for. Reads the disk.
 *
 * Source: reference 0.169.0, import-sessions 3
 */
export function selectSessions(
  item: MigrationItem,
  shelf: Pick<SessionShelf, 'root' | 'otherRoots'>,
): SelectedSessions {
  const roots = [shelf.root, ...(shelf.otherRoots ?? [])].map(realPath).filter((root) => root !== undefined)
  const paths = new Set<string>()
  const missing: string[] = []
  for (const { path } of item.details?.sessions ?? []) {
    const real = isAbsolute(path) ? realPath(path) : undefined
    const isThere = real !== undefined && roots.some((root) => isInside(real, root)) && real.endsWith('.jsonl')
    if (isThere) paths.add(real)
    else missing.push(path)
  }
  return { paths: [...paths], missing }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path)
  } catch {
    return undefined
  }
}
