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

/** A report while it is being written. */
export interface OpenReport {
  readonly restored: string[]
  readonly removed: string[]
  readonly kept: { readonly path: string; readonly reason: string }[]
}
