import type { Node } from 'jsonc-parser'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { appended } from './append.js'
import { commaAfter, indentAt } from './layout.js'
import type { TextEdit } from './text-edits.js'

/** The replacements that take away what `patch` sets to null in the object `node`, at any depth. */
export function removalEdits(text: string, node: Node, patch: Table): TextEdit[] {
  const properties = node.children ?? []
  const removed = properties.filter((property) => isRemoved(patch, nameOf(property)))
  const edits = removed.map((property) => removal(text, property))
  return [...edits, ...danglingComma(text, properties, removed), ...removalsBelow(text, properties, patch)]
}

/** Whether a patch takes anything away from what is there. */
export function hasRemovals(patch: Table): boolean {
  return Object.values(patch).some(
    (value) => value === null || (isTable(value) && !appended(value) && hasRemovals(value)),
  )
}

function removalsBelow(text: string, properties: readonly Node[], patch: Table): TextEdit[] {
  return Object.keys(patch).flatMap((key) => {
    const value = patch[key]
    const there = properties.findLast((property) => nameOf(property) === key)?.children?.[1]
    return isTable(value) && !appended(value) && there?.type === 'object' ? removalEdits(text, there, value) : []
  })
}

function nameOf(property: Node): string {
  return String(property.children?.[0]?.value)
}

function isRemoved(patch: Table, key: string): boolean {
  return Object.hasOwn(patch, key) && (patch[key] === null || patch[key] === undefined)
}

/** A member goes with its comma and, when it had its lines to itself, with these. */
function removal(text: string, property: Node): TextEdit {
  const end = endOf(property)
  const comma = commaAfter(text, end)
  const to = comma === undefined ? end : comma + 1
  const indent = indentAt(text, property.offset)
  const restOfLine = /^[ \t]*(\r?\n)?/.exec(text.slice(to))?.[0] ?? ''
  if (indent !== undefined && restOfLine.endsWith('\n')) {
    const from = property.offset - indent.length
    return { offset: from, length: to + restOfLine.length - from, content: '' }
  }
  const blanks = restOfLine.replace(/\r?\n$/, '').length
  return { offset: property.offset, length: to + blanks - property.offset, content: '' }
}

/** When the last members go, the comma of the one that is last now goes too, unless commas at the end are the custom here. */
function danglingComma(text: string, all: readonly Node[], removed: readonly Node[]): TextEdit[] {
  const last = all.at(-1)
  const lastLeft = all.findLast((property) => !removed.includes(property))
  if (!last || !lastLeft || last === lastLeft || commaAfter(text, endOf(last)) !== undefined) return []
  const comma = commaAfter(text, endOf(lastLeft))
  return comma === undefined ? [] : [{ offset: comma, length: 1, content: '' }]
}

function endOf(node: Node): number {
  return node.offset + node.length
}
