import type { IdHash, RecordMarks } from './record-marks.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const LETTER_T = 0x74

/** Bytes of a text that are looked at one by one before the built-in search takes over. */
const SHORT_TEXT = 24

/** How long a `type` may be to be told from others. */
const TYPE_LENGTH = 60

const TYPES = ['user', 'assistant', 'system', 'attachment', 'progress', 'file-history-snapshot', 'last-prompt']

/**
 * Reads the marks of a record from its bytes. Looks at the members of the record itself (and the id of its message); what
 * is inside them is passed over.
 *
 * @returns whether the bytes are one table from end to end: its inner values may still be broken
 */
export function readMarks(bytes: Buffer, start: number, end: number, marks: RecordMarks): boolean {
  marks.clear()
  const open = skipSpace(bytes, start, end)
  if (bytes[open] !== OPEN_BRACE || open >= end) return false
  const close = readMembers(bytes, open, end, marks, recordMember)
  return close !== -1 && skipSpace(bytes, close, end) === end
}

type TakeMember = (bytes: Buffer, key: string, value: number, end: number, marks: RecordMarks) => number

/** Goes through the members of the table that opens at `open`. Gives the place behind it, -1 when it is not closed. */
function readMembers(bytes: Buffer, open: number, end: number, marks: RecordMarks, take: TakeMember): number {
  let at = skipSpace(bytes, open + 1, end)
  if (bytes[at] === CLOSE_BRACE && at < end) return at + 1
  while (at < end) {
    if (bytes[at] !== QUOTE) return -1
    const keyEnd = endOfText(bytes, at + 1, end)
    if (keyEnd === -1) return -1
    const key = keyAt(bytes, at + 1, keyEnd)
    at = skipSpace(bytes, keyEnd + 1, end)
    if (bytes[at] !== COLON) return -1
    at = take(bytes, key, skipSpace(bytes, at + 1, end), end, marks)
    if (at === -1) return -1
    at = skipSpace(bytes, at, end)
    if (at >= end) return -1
    if (bytes[at] === CLOSE_BRACE) return at + 1
    if (bytes[at] !== COMMA) return -1
    at = skipSpace(bytes, at + 1, end)
  }
  return -1
}

/** Keys that count, by their length, so that others cost one look. */
const KEYS: ReadonlyMap<number, readonly { readonly name: string; readonly bytes: Buffer }[]> = (() => {
  const names = ['id', 'uuid', 'type', 'isMeta', 'message', 'subtype', 'leafUuid', 'parentUuid', 'isSidechain']
  names.push('toolUseResult', 'isCompactSummary', 'logicalParentUuid', 'sourceToolAssistantUUID')
  const byLength = new Map<number, { name: string; bytes: Buffer }[]>()
  for (const name of names) {
    byLength.set(name.length, [...(byLength.get(name.length) ?? []), { name, bytes: Buffer.from(name) }])
  }
  return byLength
})()

function keyAt(bytes: Buffer, start: number, end: number): string {
  for (const key of KEYS.get(end - start) ?? []) {
    let same = 0
    while (same < key.bytes.length && key.bytes[same] === bytes[start + same]) same += 1
    if (same === key.bytes.length) return key.name
  }
  return ''
}

function recordMember(bytes: Buffer, key: string, value: number, end: number, marks: RecordMarks): number {
  if (key === 'message' && bytes[value] === OPEN_BRACE) return readMembers(bytes, value, end, marks, messageMember)
  const after = skipValue(bytes, value, end)
  if (after === -1 || key === '') return after
  switch (key) {
    case 'uuid':
      return takeId(bytes, value, after, marks.uuid)
    case 'parentUuid':
      marks.hasParentMember = true
      return takeId(bytes, value, after, marks.parent)
    case 'logicalParentUuid':
      return takeId(bytes, value, after, marks.logicalParent)
    case 'leafUuid':
      return takeId(bytes, value, after, marks.leaf)
    case 'type':
      marks.type = typeAt(bytes, value, after)
      return after
    case 'subtype':
      marks.isCompactBoundary =
        bytes[value] === QUOTE && bytes.toString('latin1', value + 1, after - 1) === 'compact_boundary'
      return after
    case 'isMeta':
      marks.isMeta = bytes[value] === LETTER_T
      return after
    case 'isSidechain':
      marks.isSidechain = bytes[value] === LETTER_T
      return after
    case 'isCompactSummary':
      marks.isCompactSummary = bytes[value] === LETTER_T
      return after
    case 'toolUseResult':
    case 'sourceToolAssistantUUID':
      marks.hasToolResult = true
      return after
    default:
      return after
  }
}

function messageMember(bytes: Buffer, key: string, value: number, end: number, marks: RecordMarks): number {
  const after = skipValue(bytes, value, end)
  return after !== -1 && key === 'id' ? takeId(bytes, value, after, marks.message) : after
}

function takeId(bytes: Buffer, value: number, after: number, id: IdHash): number {
  if (bytes[value] === QUOTE) id.set(bytes, value + 1, after - 1)
  return after
}

function typeAt(bytes: Buffer, value: number, after: number): string {
  if (bytes[value] !== QUOTE) return ''
  const type = bytes.toString('latin1', value + 1, Math.min(after - 1, value + 1 + TYPE_LENGTH))
  // The same few texts again and again: one of each is kept.
  return TYPES.find((known) => known === type) ?? type
}

/** The place behind the value at `at`; -1 when it has no end. */
function skipValue(bytes: Buffer, at: number, end: number): number {
  const first = bytes[at]
  if (first === QUOTE) {
    const close = endOfText(bytes, at + 1, end)
    return close === -1 ? -1 : close + 1
  }
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(bytes, at, end)
  let after = at
  while (after < end && !isEndOfValue(bytes[after]!)) after += 1
  return after === at ? -1 : after
}

function skipNested(bytes: Buffer, open: number, end: number): number {
  let depth = 0
  for (let at = open; at < end; at += 1) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      at = endOfText(bytes, at + 1, end)
      if (at === -1) return -1
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}

/** Where the quote that ends a text stands; -1 when there is none. `at`: the first byte of the text. */
function endOfText(bytes: Buffer, start: number, end: number): number {
  let at = start
  const near = Math.min(end, start + SHORT_TEXT)
  while (at < near) {
    const byte = bytes[at]
    if (byte === QUOTE) return at
    at += byte === BACKSLASH ? 2 : 1
  }
  while (at < end) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote === -1 || quote >= end) return -1
    let slashes = quote
    while (slashes > at && bytes[slashes - 1] === BACKSLASH) slashes -= 1
    if ((quote - slashes) % 2 === 0) return quote
    at = quote + 1
  }
  return -1
}

function skipSpace(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(bytes[at]!)) at += 1
  return at
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09
}

function isEndOfValue(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte)
}
