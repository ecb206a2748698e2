import { isDeepStrictEqual } from 'node:util'
import type { Node } from 'jsonc-parser'
import type { Table } from '../changes/change.js'
import { findKey, isTable } from '../data/table.js'
import { splitMark } from '../data/text.js'
import { JsonEditRefused, JsonSyntaxError } from '../errors.js'
import { additionEdits } from './additions.js'
import { mergeJsonPatch } from './append.js'
import { layoutOf, writeJson } from './layout.js'
import { contentOf, parseJsonTree } from './parse.js'
import { hasRemovals, removalEdits } from './removals.js'
import { withEdits } from './text-edits.js'

/**
 * `text` with `patch` merged in (null deletes; `{ $append: [...] }` adds to an array, made when missing): comments, layout,
 * line ends and final newline stay. A blank text counts as `{}`. Comments and trailing commas are allowed. Touches no disk.
 *
 * @param file named in errors
 * @throws JsonSyntaxError when `text` does not parse; JsonEditRefused when the result cannot be proven right
 */
export function editJson(text: string, patch: Table, file = 'the JSON text'): string {
  const { mark, body } = splitMark(text)
  refuseOddKeys(patch, file)
  const root = parseJsonTree(body, file, 'jsonc')
  const layout = layoutOf(body, root)
  if (!root && body.trim() === '') {
    return `${mark}${writeJson(mergeJsonPatch(undefined, patch, file), layout, '')}${layout.lineEnd}`
  }
  const before = contentOf(root, body, file)
  if (!root || !isTable(before)) throw new JsonEditRefused(file, 'it holds no object')
  const wanted = mergeJsonPatch(before, patch, file)
  if (sameJson(before, wanted)) return text
  const less = hasRemovals(patch) ? withEdits(body, removalEdits(body, root, patch)) : body
  const left = less === body ? root : readBack(less, file)
  const result = withEdits(less, additionEdits(less, left, patch, layout))
  if (!sameJson(contentOf(readBack(result, file), result, file), wanted))
    throw new JsonEditRefused(file, 'the result did not hold the wanted values')
  return mark + result
}

function refuseOddKeys(patch: Table, file: string): void {
  const path = findKey(patch, (key) => key === '__proto__')
  if (path) throw new JsonEditRefused(file, `the key ${JSON.stringify(path.join('.'))} cannot be kept safely`)
}

function readBack(text: string, file: string): Node {
  try {
    const root = parseJsonTree(text, file, 'jsonc')
    if (root) return root
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    throw new JsonEditRefused(file, `the result would not parse: ${error.detail}`, { cause: error })
  }
  throw new JsonEditRefused(file, 'the result would be empty')
}

/** Both through JSON, so that tables compare by content whatever they are made of. */
function sameJson(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(left)), JSON.parse(JSON.stringify(right)))
}
