import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeLayout } from '../layout.js'

/**
 * Whether a running Codex has this thread open for writing. Reads the disk. Look right before appending: Codex takes
 * its lock when it loads a thread, and gives it back when it ends.
 *
 * Codex holds a lock of the system on `thread-writer-locks/<id>.lock`. Linux tells who holds such locks; elsewhere the
 * file alone counts, which a Codex that was killed leaves behind.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 */
export function hasActiveWriter(layout: HomeLayout, threadId: string): boolean {
  const path = join(layout.root, 'thread-writer-locks', `${threadId}.lock`)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return false
  const locks = systemLocks()
  return locks === undefined || locks.includes(`:${stats.ino} `)
}

/** Every lock held on this machine, one a line, with `<device>:<inode>` of its file. Undefined where the system does not tell. */
function systemLocks(): string | undefined {
  try {
    return readFileSync('/proc/locks', 'utf8')
  } catch {
    return undefined
  }
}
