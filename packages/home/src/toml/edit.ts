import { parse as parseForPatch, patch as patchText } from '@decimalturn/toml-patch'
import type { Table } from '../changes/change.js'
import { findKey, isTable, mergePatch, newTable, type OpenTable } from '../data/table.js'
import { lineEndOf, splitMark } from '../data/text.js'
import { TomlEditRefused } from '../errors.js'
import { parseTomlExactly } from './parse.js'
import { removeTables } from './remove-tables.js'
import { saysTheSame } from './same.js'
import { blockAsPatch, type NewBlock, splitPatch } from './split-patch.js'
import { writeBlock } from './write-block.js'

/**
 * `text` with `patch` merged in (null deletes): comments, order, line ends and BOM stay. Touches no disk.
 *
 * The result is parsed again and compared with what the merge should give; what cannot be proven right is refused.
 * A table that loses its last member to the patch may go too.
 *
 * @param file named in errors
 * @throws TomlSyntaxError when `text` does not parse; TomlEditRefused
 */
export function editToml(text: string, patch: Table, file = 'the TOML text'): string {
  const { mark, body } = splitMark(text)
  const document = parseTomlExactly(body, file)
  refuseOddKeys(document, patch, file)
  const wanted = mergePatch(document, patch)
  if (saysTheSame(document, wanted)) return text
  const acceptable = [wanted, withoutEmptied(wanted, patch)]
  return mark + withFinalLineEnd(body, firstRight(ways(body, document, patch), acceptable, file))
}

/** Half of a character that needs two: no UTF-8 can hold it. */
const loneSurrogate = /\p{Surrogate}/u

/** Ways to make the edit, the one whose result reads best first. Each may throw. */
function ways(text: string, document: Table, patch: Table): readonly (() => string)[] {
  const { blocks, rest } = splitPatch(document, patch)
  const removing = findNull(rest) ? [() => blocks.reduce(append, patchedAfterRemoval(text, rest))] : []
  return [
    ...removing,
    () => blocks.reduce(append, patched(text, rest)),
    () => blocks.reduce(appendOrPatch, patched(text, rest)),
    () => patched(text, patch),
  ]
}

function firstRight(makers: readonly (() => string)[], acceptable: readonly unknown[], file: string): string {
  let cause: unknown
  for (const make of makers) {
    try {
      const text = make()
      const result = parseTomlExactly(text, file)
      if (acceptable.some((wanted) => saysTheSame(result, wanted))) return text
    } catch (error) {
      cause = error
    }
  }
  const reason =
    cause instanceof Error
      ? `no way to make it gave the wanted values (${firstLine(cause.message)})`
      : 'no way to make it gave the wanted values'
  throw new TomlEditRefused(file, reason, { cause })
}

/** A table whose last member was taken away may go with it: where it had no header, nothing is left that names it. */
function withoutEmptied(wanted: unknown, patch: Table): unknown {
  if (!isTable(wanted)) return wanted
  const result = mergePatch(wanted, newTable()) as OpenTable
  for (const key of Object.keys(patch)) {
    const below = patch[key]
    if (!isTable(below) || !isTable(result[key])) continue
    const left = withoutEmptied(result[key], below) as Table
    if (Object.keys(left).length === 0 && findNull(below)) delete result[key]
    else result[key] = left
  }
  return result
}

/** A text made from nothing ends as text files do; one that was there ends as it did. */
function withFinalLineEnd(before: string, after: string): string {
  return before.trim() === '' && after !== '' && !after.endsWith('\n') ? after + lineEndOf(before) : after
}

/** The library's parser is given own keys only: names that mean something to the language are not put to the test. */
function refuseOddKeys(document: Table, patch: Table, file: string): void {
  for (const value of [document, patch]) {
    const path = findKey(value, (key) => key === '__proto__' || loneSurrogate.test(key))
    if (path) throw new TomlEditRefused(file, `the key ${JSON.stringify(path.join('.'))} cannot be kept safely`)
  }
}

/** Changes inside what is there, by the library that keeps comments and layout. */
function patched(text: string, patch: Table): string {
  if (Object.keys(patch).length === 0) return text
  return patchText(text, ordinary(mergePatch(parseForPatch(text), patch)))
}

function patchedAfterRemoval(text: string, patch: Table): string {
  const removal = removeTables(text, patch)
  return patched(removal.text, removal.rest)
}

function findNull(patch: Table): boolean {
  return Object.values(patch).some((value) => value === null || (isTable(value) && findNull(value)))
}

/** New tables come last, after a blank line. */
function append(text: string, block: NewBlock): string {
  const lineEnd = lineEndOf(text)
  const lines = writeBlock(block.path, block.value).replaceAll('\n', lineEnd)
  if (text.trim() === '') return text + lines
  return text.replace(/[\r\n]*$/, '') + lineEnd + lineEnd + lines
}

function appendOrPatch(text: string, block: NewBlock): string {
  const wanted = mergePatch(parseTomlExactly(text, ''), blockAsPatch(block))
  return firstRight([() => append(text, block), () => patched(text, blockAsPatch(block))], [wanted], '')
}

/** Tables with the ordinary prototype, which the library expects. */
function ordinary(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordinary)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ordinary(member)]))
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
