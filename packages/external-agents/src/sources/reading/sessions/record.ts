/** A record of a log: one JSON object, one line. */
export type LogRecord = { readonly [key: string]: unknown }

/** The record that a line's bytes spell; undefined when they spell none. Bad bytes become U+FFFD. */
export function parseRecord(bytes: Buffer, start: number, end: number): LogRecord | undefined {
  try {
    const from = hasByteOrderMark(bytes, start) ? start + BYTE_ORDER_MARK_BYTES : start
    return asRecord(JSON.parse(bytes.toString('utf8', from, end)))
  } catch {
    return undefined
  }
}

export const BYTE_ORDER_MARK_BYTES = 3

/** Whether a byte order mark stands at `at`. */
export function hasByteOrderMark(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
}

/** `value` when it is a table, and not a list. */
export function asRecord(value: unknown): LogRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LogRecord) : undefined
}

/** The tables in a list; `[]` for anything else. */
export function recordsIn(value: unknown): readonly LogRecord[] {
  const records = Array.isArray(value) ? value.map(asRecord) : []
  return records.filter((record) => record !== undefined)
}

/** `value` when it is a text. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** RFC 3339 with a time zone; a space may stand for the `T`. Source: reference 0.169.0. */
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/

/** When the record was written, in milliseconds since the epoch; undefined when it does not say. */
export function timeOf(record: LogRecord): number | undefined {
  const { timestamp } = record
  if (typeof timestamp === 'string' && RFC_3339.test(timestamp)) {
    const time = Date.parse(timestamp.endsWith('Z') ? timestamp : timestamp.toUpperCase().replace(' ', 'T'))
    if (Number.isFinite(time)) return time
  }
  const milliseconds = record.timestamp_ms
  return typeof milliseconds === 'number' && Number.isFinite(milliseconds) ? milliseconds : undefined
}

/** Whether the record is something that person or agent said in the conversation itself, by the reference's rules. */
export function isConversation(record: LogRecord): boolean {
  return (
    (record.type === 'user' || record.type === 'assistant') && record.isMeta !== true && record.isSidechain !== true
  )
}
