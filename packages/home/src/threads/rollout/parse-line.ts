import type { RolloutLine } from './line.js'
import type { RawLine } from './scan-lines.js'

/** What a line's bytes say, or null for what is no rollout line. Never throws. */
export function parseRolloutLine(raw: RawLine): RolloutLine | null {
  return raw.isTooLong ? null : lineOf(raw.buffer.toString('utf8', raw.from, raw.to))
}

/** What a line's text says, or null for what is no rollout line. Never throws. */
export function lineOf(json: string): RolloutLine | null {
  try {
    return lineFrom(JSON.parse(json))
  } catch {
    return null
  }
}

/** Whether a line holds nothing but blanks. */
export function isBlank({ buffer, from, to, isTooLong }: RawLine): boolean {
  if (isTooLong) return false
  for (let at = from; at < to; at++) {
    const byte = buffer[at]!
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false
  }
  return true
}

/** How far into a line its `type` stands in what the reference and we write. */
const headBytes = 120
const typePattern = /^\{"timestamp":"[^"\\]*"(?:,"ordinal":\d+)?,"type":"([a-z_]+)","payload":\{(?:"type":"([a-z_]+)")?/

/**
 * The `type` of a line and of its payload, without parsing the line, or undefined when the line is written another way.
 * Only says what the line would be if it is whole.
 */
export function peekTypes({
  buffer,
  from,
  to,
}: RawLine): { type: string; payloadType: string | undefined } | undefined {
  const match = typePattern.exec(buffer.toString('latin1', from, Math.min(to, from + headBytes)))
  return match ? { type: match[1]!, payloadType: match[2] } : undefined
}

function lineFrom(value: unknown): RolloutLine | null {
  if (!isObject(value) || typeof value.type !== 'string' || !isObject(value.payload)) return null
  const timestamp = typeof value.timestamp === 'string' ? value.timestamp : ''
  const { type, payload, ordinal } = value
  return typeof ordinal === 'number' ? { timestamp, ordinal, type, payload } : { timestamp, type, payload }
}

/** An object that is no array. */
export function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
