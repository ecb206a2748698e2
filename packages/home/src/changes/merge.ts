import { textOf } from '../data/utf8.js'
import { JsonSyntaxError, TomlSyntaxError } from '../errors.js'
import { editJson } from '../json/edit.js'
import { editToml } from '../toml/edit.js'
import type { MergeJson, MergeToml } from './change.js'

const notUtf8 = 'the file is not valid UTF-8'

/** The last result of each change: showing, journalling and applying a plan make the same edit of the same text. */
const results = new WeakMap<MergeToml | MergeJson, { readonly before: string; readonly after: string }>()

/**
 * The text that a merge makes of the file's bytes; undefined: there is no file. Touches no disk.
 *
 * @throws TomlSyntaxError, TomlEditRefused, JsonSyntaxError, JsonEditRefused
 */
export function mergedText(change: MergeToml | MergeJson, bytes: Uint8Array | undefined): string {
  const before = bytes ? textOf(bytes) : ''
  if (before === undefined) throw notText(change)
  const known = results.get(change)
  if (known?.before === before) return known.after
  const edit = change.type === 'mergeToml' ? editToml : editJson
  const after = edit(before, change.patch, change.path)
  results.set(change, { before, after })
  return after
}

function notText({ type, path }: MergeToml | MergeJson): Error {
  if (type === 'mergeJson') return new JsonSyntaxError(path, 1, 1, notUtf8)
  return new TomlSyntaxError(path, 1, 1, notUtf8, `TOML parse error at line 1, column 1\n${notUtf8} (${path})`)
}
