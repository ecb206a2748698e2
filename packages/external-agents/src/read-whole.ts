import { isUtf8 } from 'node:buffer'
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { JsonSyntaxError } from '@gangway/home'
import { parseJson } from '@gangway/home/parsing'
import type { Read, SourceText } from './source-files.js'
import { refused, refusedBySystem } from './source-refusal.js'

/** Half of a pair that stands for one character. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Reads a regular file whole: never blocks on a pipe, never follows a last link, never takes bytes that are not UTF-8. */
export function readWhole(
  path: string,
  file: { readonly realPath: string; readonly stats: { readonly size: number } },
  maxBytes: number,
): Read<SourceText> {
  try {
    const bytes = readBytes(file.realPath, file.stats.size, maxBytes)
    if (!bytes) return refused(path, 'too_large', `more than the ${maxBytes} bytes that are read`)
    if (!isUtf8(bytes)) return refused(path, 'invalid_utf8', `stream did not contain valid UTF-8 (${badByte(bytes)})`)
    const hadBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return { ok: true, value: { path, text: bytes.toString('utf8', hadBom ? 3 : 0), hadBom } }
  } catch (error) {
    return refusedBySystem(path, error)
  }
}

/**
 * What a text says as strict JSON, with line and column of what is wrong. A `__proto__` key is wrong; half a surrogate pair,
 * which no file could hold, becomes a replacement character.
 */
export function parseSourceJson(text: SourceText): Read<unknown> {
  try {
    const mayHideKeys = /__proto__|\\u00/i.test(text.text)
    const value: unknown = mayHideKeys ? parseJson(text.text, text.path) : JSON.parse(text.text)
    return { ok: true, value: /\\ud[89a-f]/i.test(text.text) ? wellFormed(value) : value }
  } catch {
    return syntaxProblem(text)
  }
}

/** Parsed again, by a slower reader that knows where it is. */
function syntaxProblem(text: SourceText): Read<unknown> {
  try {
    return { ok: true, value: parseJson(text.text, text.path) }
  } catch (error) {
    const { problem } = refused(text.path, 'invalid_source_json', 'cannot be read as JSON')
    if (!(error instanceof JsonSyntaxError)) return { ok: false, missing: false, problem }
    const { message, line, column } = error
    return { ok: false, missing: false, problem: { ...problem, message, line, column } }
  }
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd')
  if (Array.isArray(value)) return value.map(wellFormed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [wellFormed(key), wellFormed(member)]))
}

/** Undefined when there is more than `maxBytes` of it. */
function readBytes(realPath: string, size: number, maxBytes: number): Buffer | undefined {
  const file = openSync(realPath, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    // One byte more than it had, to notice a file that grows.
    const bytes = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1)
    let length = 0
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null)
      length += read
      // Asked for more than its size, a file that gives exactly that has ended.
      if (read === 0 || (length === size && length < bytes.length)) return bytes.subarray(0, length)
    }
    return length > maxBytes ? undefined : readOn(file, bytes, maxBytes)
  } finally {
    closeSync(file)
  }
}

/** A file that has grown since its size was asked. */
function readOn(file: number, start: Buffer, maxBytes: number): Buffer | undefined {
  const parts = [start]
  let length = start.length
  for (;;) {
    const part = Buffer.allocUnsafe(64 * 1024)
    const read = readSync(file, part, 0, part.length, null)
    if (read === 0) return Buffer.concat(parts, length)
    length += read
    if (length > maxBytes) return undefined
    parts.push(part.subarray(0, read))
  }
}

function badByte(bytes: Buffer): string {
  let low = 0
  let high = bytes.length
  // The longest good beginning, give or take the bytes of one character.
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isUtf8(bytes.subarray(0, whole(bytes, middle)))) low = middle
    else high = middle
  }
  const line = bytes.subarray(0, low).filter((byte) => byte === 0x0a).length + 1
  return `near byte ${low}, line ${line}`
}

/** `end`, moved back to where a character starts. */
function whole(bytes: Buffer, end: number): number {
  let start = end
  while (start > 0 && start > end - 3 && (bytes[start]! & 0xc0) === 0x80) start -= 1
  return start
}
