import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { ChangeConflict } from '../errors.js'
import { digestOf } from '../files/digest.js'
import { withLock } from '../files/lock.js'
import { throughLinks, writeFileAtomic } from '../files/write-atomic.js'
import type { Change, CopyTree } from './change.js'
import { copyTree } from './copy-tree.js'
import { mergedText } from './merge.js'
import { readFileAt, written } from './overlay.js'
import { assertInsideRoots, type TargetRoot } from './roots.js'
import type { JournalStep } from './step.js'

export interface ApplyOptions {
  /** The only folders that may be written to. Anything else is refused with `OutsideRootError`. */
  readonly roots: readonly (string | TargetRoot)[]
  /** Where the locks of files that are changed stand: `homeLayout(root).locksDir`. */
  readonly locksDir: string
  /** From `Journal.begin`. Without it the change is made without a record. */
  readonly step?: JournalStep
  /** How long to wait for another process that edits the same file. Default 10 000. */
  readonly lockTimeoutMs?: number
  /** Ends the wait for a lock; a change that has begun is finished. */
  readonly signal?: AbortSignal
}

/**
 * Makes one change on disk: whole or not at all. Parent folders are made as needed.
 *
 * @throws ChangeConflict when the disk is not what the plan saw; OutsideRootError; TomlSyntaxError, JsonSyntaxError,
 *   TomlEditRefused, JsonEditRefused; LockTimeoutError; errors of the file system as they are
 */
export async function applyChange(change: Change, options: ApplyOptions): Promise<void> {
  options.signal?.throwIfAborted()
  assertInsideRoots(change, options.roots)
  const stageId = options.step?.stageId ?? randomBytes(6).toString('hex')
  if (change.type === 'copyTree') {
    copyTree(change, stageId, options.step)
    return
  }
  const target = throughLinks(change.path)
  if (change.type === 'writeFile' && change.replaces === undefined) {
    changeFile(change, target, stageId, options.step)
    return
  }
  const { lockTimeoutMs: timeoutMs, signal } = options
  await withLock(lockPathOf(options.locksDir, target), () => changeFile(change, target, stageId, options.step), {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(signal ? { signal } : {}),
  })
}

/** The lock of one file: named for people, unique by its path. Touches no disk. */
export function lockPathOf(locksDir: string, target: string): string {
  return join(locksDir, `${basename(target).slice(0, 60)}-${digestOf(target).slice(0, 12)}.lock`)
}

function changeFile(
  change: Exclude<Change, CopyTree>,
  target: string,
  stageId: string,
  step: JournalStep | undefined,
): void {
  const before = readFileAt(target)
  const digest = before ? digestOf(before) : null
  const expected = step?.expected(target)
  if (expected !== undefined && expected !== digest) throw new ChangeConflict(change.path, 'its content is another')
  const after = change.type === 'writeFile' ? written(change, before) : mergedText(change, before)

  if (before && digestOf(after) === digest) {
    step?.applied()
    return
  }
  // A table that the change alone has made is kept whole when somebody goes on in it; of all else only the change is taken back.
  const isShared = before !== undefined || change.type !== 'writeFile' || !target.endsWith('.toml')
  step?.writing([{ path: target, digest: digestOf(after), ...(isShared && { content: after }) }])
  writeFileAtomic(target, after, {
    expected: digest,
    stageId,
    ...(before || change.mode === undefined ? {} : { mode: change.mode }),
  })
  step?.applied()
}
