/** A parsed TOML or JSON table. Values are plain data; tables have no prototype surprises. */
export type Table = { readonly [key: string]: unknown }

/** One file of a tree to be copied: bytes from `source`, or `content` where the copy differs from what is there. */
export interface TreeFile {
  /** Path below the tree, `/` between parts, never absolute, never with `..`. */
  readonly relativePath: string
  /** Absolute path of the file to copy byte for byte. Set exactly one of `source` and `content`. */
  readonly source?: string
  /** What to write instead of a copy. */
  readonly content?: string | Uint8Array
  /** Permission bits (0o777 part) of the new file. Default: those of `source` when it is copied, 0o644 for `content`. */
  readonly mode?: number
}

/**
 * One step of a plan, as data: enough to be shown, applied and reversed. `home` is the only package that performs one.
 *
 * Paths are absolute. No change ever removes or replaces something that was not there when it was planned, save where it
 * says so (`replace: true`); applying refuses with a `ChangeConflict` when the disk no longer is what the plan saw.
 */
export type Change = WriteFile | MergeToml | MergeJson | CopyTree

/** Writes a whole file: a new one, or with `replace` over the one whose bytes have the digest `replaces`. */
export interface WriteFile {
  readonly type: 'writeFile'
  readonly path: string
  readonly content: string | Uint8Array
  /** Permission bits of a new file; default 0o644. An existing file keeps its mode. */
  readonly mode?: number
  /** SHA-256 (hex) of the file this replaces. Absent: there must be no file (or a blank one). */
  readonly replaces?: string
}

/** Sets keys in a TOML file (made when missing), keeping comments, order and line ends. A merge patch: tables merge, other values replace. */
export interface MergeToml {
  readonly type: 'mergeToml'
  readonly path: string
  readonly patch: Table
  readonly mode?: number
}

/** Sets keys in a JSON file (made when missing), keeping comments and layout. A merge patch, but arrays given as `{ $append: [...] }` are appended to. */
export interface MergeJson {
  readonly type: 'mergeJson'
  readonly path: string
  readonly patch: Table
  readonly mode?: number
}

/** Makes a folder with files in it. Staged beside the target and renamed, so that it is there whole or not at all. `path` must not exist, unless `replace`. */
export interface CopyTree {
  readonly type: 'copyTree'
  readonly path: string
  readonly files: readonly TreeFile[]
  /** Folders to make even when empty, relative, `/` between parts. */
  readonly folders?: readonly string[]
  /** An existing folder or file at `path` is moved into the journal first. */
  readonly replace?: boolean
}
