/** What became of each path of a reversed import. Absolute paths. */
export interface ReversalReport {
  /** The import, or the undo, that was reversed. */
  readonly importId: string
  /** By which the reversal can be undone itself. Null: nothing was written. */
  readonly undoId: string | null
  /** `nothing`: everything is as it was before already; `alreadyUndone`: by the undo with this `undoId`. */
  readonly status: 'planned' | 'undone' | 'nothing' | 'alreadyUndone'
  /** Files and folders that are again as they were. */
  readonly restored: readonly string[]
  /** Files and folders that the import made and that are gone. */
  readonly removed: readonly string[]
  /** Files from which what the import wrote was taken out, and which keep what the person wrote since. */
  readonly merged: readonly string[]
  /** What was left alone, because somebody changed it since. */
  readonly kept: readonly KeptPath[]
  /** Threads that went to another folder, or got another length. */
  readonly threads: readonly ReversedThread[]
}

/** What was left alone, and why. */
export interface KeptPath {
  readonly path: string
  readonly reason: string
}

/** A thread of a reversed import. */
export interface ReversedThread {
  readonly path: string
  /** Where it stands now. */
  readonly targetPath: string
  readonly action: 'archived' | 'cut' | 'returned' | 'extended'
}
