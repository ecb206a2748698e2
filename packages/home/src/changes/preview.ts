import { textOf } from '../data/utf8.js'
import type { Change } from './change.js'
import { type FileImage, Overlay } from './overlay.js'

/** What a list of changes makes of one file. */
export interface FilePreview {
  readonly path: string
  /** `create`: not there before. `modify`: parts of it, or something is added. `replace`: all of it. */
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
  const overlay = new Overlay()
  const files = new Map<string, FilePreview>()
  for (const [index, change] of changes.entries()) {
    for (const image of overlay.make(change)) files.set(image.path, folded(files.get(image.path), image, change, index))
  }
  return [...files.values()].filter(({ before, after }) => !isSame(before, after))
}

function folded(known: FilePreview | undefined, image: FileImage, change: Change, index: number): FilePreview {
  const before = known ? known.before : readable(image.before)
  const isMerge = change.type === 'mergeToml' || change.type === 'mergeJson'
  const after = readable(image.after)
  const isWhole = known?.status === 'replace' || (!isMerge && !keeps(before, after))
  return {
    path: image.path,
    status: before === undefined ? 'create' : isWhole ? 'replace' : 'modify',
    before,
    after,
    changes: [...(known?.changes ?? []), index],
  }
}

/** Whether all of a text is still there, with more before or behind it. */
function keeps(before: FilePreview['before'], after: FilePreview['after']): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return false
  const text = before.trim()
  return text !== '' && (after.trim().startsWith(text) || after.trim().endsWith(text))
}

/** Text where it is text that a diff can show; a NUL says that it is not. */
function readable(bytes: Uint8Array | undefined): string | Uint8Array | undefined {
  return bytes && (bytes.includes(0) ? bytes : (textOf(bytes) ?? bytes))
}

function isSame(before: string | Uint8Array | undefined, after: string | Uint8Array | undefined): boolean {
  if (typeof before === 'string' || typeof after === 'string' || !before || !after) return before === after
  return Buffer.compare(before, after) === 0
}
