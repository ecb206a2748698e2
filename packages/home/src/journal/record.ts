import type { ProcessIdentity } from '../files/process-identity.js'

/** One line of a journal. The `begin` line comes after the blobs it needs and is forced to disk before any change is made. */
export type JournalLine =
  | { readonly type: 'blob'; readonly digest: string; readonly base64: string }
  | BeginLine
  | {
      readonly type: 'writing'
      readonly index: number
      readonly after: readonly { readonly path: string; readonly digest: string }[]
    }
  | { readonly type: 'applied'; readonly index: number }
  | { readonly type: 'finished' }
  | { readonly type: 'reversed'; readonly atMs: number }
  // A reversal was undone: what the import made is there again.
  | { readonly type: 'returned'; readonly atMs: number }

export interface BeginLine {
  readonly type: 'begin'
  /** Of this format. */
  readonly version: 1
  readonly importId: string
  readonly startedAtMs: number
  readonly process: ProcessIdentity
  readonly changes: readonly RecordedChange[]
  /** Every file that the changes touch, as it was. */
  readonly files: readonly RecordedFile[]
  /** Folders that were not there, deepest first. */
  readonly missingFolders: readonly string[]
}

/** One change, with what its result can be recognised by when the `writing` line was lost. */
export interface RecordedChange {
  readonly type: 'writeFile' | 'mergeToml' | 'mergeJson' | 'copyTree'
  readonly path: string
  /** The file that is written: where links at `path` lead. For a tree `path` itself. */
  readonly target: string
  readonly stageId: string
  /** Digest of what a file will hold, as planned. */
  readonly after?: string
  /** Files of a tree: absolute path, and the digest or the file that it is a copy of. */
  readonly tree?: readonly { readonly path: string; readonly digest?: string; readonly source?: string }[]
  /** A tree that takes the place of something. */
  readonly replaces?: boolean
}

export interface RecordedFile {
  readonly target: string
  /** Null: was not there. Otherwise a blob. */
  readonly digest: string | null
  readonly mode: number
}

/** The name of the file with the lines, in the journal's folder. */
export const linesFile = 'journal.jsonl'
/** The folder with what trees replaced, by index of the change, in the journal's folder. */
export const replacedFolder = 'replaced'
