import type { ImportProblem } from './fact.js'

/** Text of a source file, BOM stripped, line ends as they are. */
export interface SourceText {
  readonly path: string
  readonly text: string
  readonly hadBom: boolean
}

export interface SourceEntry {
  readonly name: string
  readonly path: string
  /** After following a link that stays inside its root; `outside` for one that leaves it, `loop`, `broken`, `other` for sockets and the like, `unnamed` when its name is not UTF-8. */
  readonly type: 'file' | 'directory' | 'outside' | 'loop' | 'broken' | 'other' | 'unnamed'
  readonly viaLink: boolean
  /** Permission bits of what it leads to; 0 when it is neither file nor directory. */
  readonly mode: number
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly missing: boolean; readonly problem: Omit<ImportProblem, 'itemType'> }

/**
 * Reads another agent's files, and only those: nothing that a link leads to outside its root is opened.
 *
 * Results are cached by path, size and file time, so that a second detect costs little more than looking at the times.
 */
export interface SourceFiles {
  /** Refuses: outside the root, over 10 MiB, not UTF-8, unreadable. */
  readText(path: string, root: string): Read<SourceText>
  /** Strict JSON with `line` and `column` in the problem; a `__proto__` key is one. */
  readJson(path: string, root: string): Read<unknown>
  /** Entries sorted by byte order of their names; `[]` when missing. */
  list(path: string, root: string): Read<readonly SourceEntry[]>
}
