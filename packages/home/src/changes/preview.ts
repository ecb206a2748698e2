import type { Change } from './change.js'

/** What a list of changes makes of one file. */
export interface FilePreview {
  readonly path: string
  /** `create`: not there before. `modify`: parts of it. `replace`: all of it. */
  readonly status: 'create' | 'modify' | 'replace'
  /** A string when it is UTF-8 text, BOM included, else bytes; undefined: was not there. */
  readonly before: string | Uint8Array | undefined
  /** As `before`; undefined: will not be there (only inside a replaced folder). */
  readonly after: string | Uint8Array | undefined
  /** Indexes of the changes that touch it, rising. */
  readonly changes: readonly number[]
}

/**
 * What `changes` would make of each file, in the order in which files are first touched. Later changes see earlier ones.
 * Files that would stay as they are, are left out. Reads the disk (only what is touched), writes nothing.
 *
 * @throws TomlSyntaxError, JsonSyntaxError, TomlEditRefused, JsonEditRefused, ChangeConflict as applying would
 */
export function previewChanges(changes: readonly Change[]): FilePreview[] {
  throw new Error(`not built: ${changes.length}`)
}
