import type { Node } from 'jsonc-parser'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { appended, plainValue } from './append.js'
import { afterCommentsOnLine, commaAfter, indentAt, type JsonLayout, lineIndentAt, writeJson } from './layout.js'
import type { TextEdit } from './text-edits.js'

/** The replacements that set what `patch` gives in the object `node`, at any depth. Nulls are passed over. */
export function additionEdits(text: string, node: Node, patch: Table, layout: JsonLayout): TextEdit[] {
  const properties = node.children ?? []
  const edits: TextEdit[] = []
  const added: string[] = []
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === null || value === undefined) continue
    const there = properties.findLast((property) => property.children?.[0]?.value === key)?.children?.[1]
    if (there) edits.push(...valueEdits(text, there, value, layout))
    else added.push(`${JSON.stringify(key)}: ${writeJson(plainValue(value), layout, memberIndent(text, node, layout))}`)
  }
  return [...edits, ...insertion(text, node, added, layout)]
}

function valueEdits(text: string, node: Node, value: unknown, layout: JsonLayout): TextEdit[] {
  const more = appended(value)
  if (more && node.type === 'array') {
    const indent = memberIndent(text, node, layout)
    return insertion(
      text,
      node,
      more.map((entry) => writeJson(entry, layout, indent)),
      layout,
    )
  }
  if (isTable(value) && !more && node.type === 'object') return additionEdits(text, node, value, layout)
  const content = writeJson(plainValue(value), layout, lineIndentAt(text, node.offset))
  return [{ offset: node.offset, length: node.length, content }]
}

/** New members go after the last one and its comment, each on a line of its own unless all stand on one line. */
function insertion(text: string, container: Node, members: readonly string[], layout: JsonLayout): TextEdit[] {
  if (members.length === 0) return []
  const last = container.children?.at(-1)
  return last ? afterLast(text, container, last, members, layout) : intoEmpty(text, container, members, layout)
}

function intoEmpty(text: string, container: Node, members: readonly string[], layout: JsonLayout): TextEdit[] {
  const open = container.offset + 1
  const inside = text.slice(open, container.offset + container.length - 1)
  const indent = memberIndent(text, container, layout)
  const closing = layout.lineEnd + lineIndentAt(text, container.offset)
  const lines = members.map((member) => layout.lineEnd + indent + member).join(',')
  if (inside.trim() === '') return [{ offset: open, length: inside.length, content: lines + closing }]
  const content = lines + (inside.includes('\n') ? '' : closing)
  return [{ offset: open + inside.trimEnd().length, length: 0, content }]
}

function afterLast(
  text: string,
  container: Node,
  last: Node,
  members: readonly string[],
  layout: JsonLayout,
): TextEdit[] {
  const end = last.offset + last.length
  const comma = commaAfter(text, end)
  const onOneLine = !text.slice(container.offset, container.offset + container.length).includes('\n')
  const staysOnLine = onOneLine && members.every((member) => !member.includes('\n'))
  const glue = staysOnLine ? ' ' : layout.lineEnd + memberIndent(text, container, layout)
  const at = afterCommentsOnLine(text, comma === undefined ? end : comma + 1)
  const closing = onOneLine && !staysOnLine ? layout.lineEnd + lineIndentAt(text, container.offset) : ''
  const content = members.map((member) => glue + member).join(',') + (comma === undefined ? '' : ',') + closing
  return [
    ...(comma === undefined ? [{ offset: end, length: 0, content: ',' }] : []),
    { offset: at, length: 0, content },
  ]
}

function memberIndent(text: string, container: Node, layout: JsonLayout): string {
  const first = container.children?.[0]
  return (first && indentAt(text, first.offset)) ?? lineIndentAt(text, container.offset) + layout.unit
}
