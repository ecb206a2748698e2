/** What a change found at a path before it, and left there. Digests are SHA-256 in hex; null: nothing there. */
export interface PathImage {
  readonly path: string
  readonly digest: string | null
}

/** What one change tells the journal while it is made. Made by `Journal.begin`, used by `applyChange`. */
export interface JournalStep {
  /** Unique per import and change: part of the names of temporary files, so that a crash's leftovers are recognised. */
  readonly stageId: string
  /** The digest that `path` must have now for the journal to be able to reverse the change; undefined: any. */
  expected(path: string): string | null | undefined
  /** Called before the first rename: what the paths will hold. Appends a line to the journal; not forced to disk. */
  writing(after: readonly PathImage[]): void
  /** Called once the change is made. Appends a line to the journal; not forced to disk. */
  applied(): void
}
