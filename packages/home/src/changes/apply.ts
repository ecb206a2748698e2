import type { Change } from './change.js'
import type { JournalStep } from './step.js'

/** A folder that may be written to. */
export interface TargetRoot {
  /** Absolute; need not exist. */
  readonly path: string
  /** The person's own folder: links in it that lead elsewhere (kept in a dotfiles repository, say) are followed. Default false: refused. */
  readonly linksMayLeave?: boolean
}

export interface ApplyOptions {
  /** The only folders that may be written to. Anything else is refused with `OutsideRootError`. */
  readonly roots: readonly (string | TargetRoot)[]
  /** Where the locks of merged files stand: `homeLayout(root).locksDir`. */
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
  throw new Error(`not built: ${change.type} ${options.locksDir}`)
}
