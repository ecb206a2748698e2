/** What a change leaves at a path: SHA-256 in hex. */
export interface PathImage {
  readonly path: string
  readonly digest: string
  /** Set where somebody may change the file again, so that the change can be told from theirs. */
  readonly content?: string | Uint8Array
}

/** What one change tells the journal while it is made. Made by `Journal.begin`, used by `applyChange`. */
export interface JournalStep {
  /** Unique per import and change: part of the names of temporary files, so that a crash's leftovers are recognised. */
  readonly stageId: string
  /** Where in the journal something that is replaced is kept. */
  readonly replacedPath: string
  /** The digest that `target` must have now for the journal to be able to reverse the change; null: no file; undefined: any. */
  expected(target: string): string | null | undefined
  /** Called before the first rename: what the files will hold. Appends a line to the journal; not forced to disk. */
  writing(after: readonly PathImage[]): void
  /** Called once the change is made. Noted in the journal with its next line. */
  applied(): void
}
