import { isUtf8 } from 'node:buffer'
import type { RawLine } from '../rollout/scan-lines.js'
import type { TextStore } from './text-store.js'

/** A line cannot be shortened so that what is made of it equals what is made of the line itself. */
export class UnusualText extends Error {}

/** Members whose texts go through a thread reader as they are: nothing is cut, quoted or looked into. */
const wholeTexts: ReadonlySet<string> = new Set(['message', 'text', 'aggregated_output'])

/** Texts shorter than this are cheaper to parse. */
const longBytes = 160
/** How far in a word must stand, so that a text counts as one that says something. */
const sayingBytes = 32

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a

/**
 * The JSON of a line with every long text replaced by `marker`, the text's number in `store`, and `;`.
 *
 * @throws UnusualText when a long text is not spelled as `JSON.stringify` spells it, or is no UTF-8
 */
export function shortened({ buffer, from, to }: RawLine, store: TextStore, marker: string): string {
  let short = ''
  let copied = from
  let keyFrom = 0
  let keyTo = 0
  for (let at = buffer.indexOf(quote, from); at >= 0 && at < to; ) {
    const end = closingQuote(buffer, at + 1)
    if (end < 0 || end >= to) break
    if (end - at < longBytes) {
      keyFrom = at + 1
      keyTo = end
    } else if (
      buffer[at - 1] === colon &&
      wholeTexts.has(buffer.toString('latin1', keyFrom, keyTo)) &&
      says(buffer, at + 1)
    ) {
      checkSpelling(buffer, at + 1, end)
      short += `${buffer.toString('utf8', copied, at + 1)}${marker}${store.add(buffer, at + 1, end)};`
      copied = end
    }
    at = buffer.indexOf(quote, end + 1)
  }
  return copied === from ? buffer.toString('utf8', from, to) : short + buffer.toString('utf8', copied, to)
}

/** Where the string that begins at `from` ends; -1 when it does not. */
function closingQuote(buffer: Buffer, from: number): number {
  for (let at = buffer.indexOf(quote, from); at >= 0; at = buffer.indexOf(quote, at + 1)) {
    let slashes = 0
    while (at - 1 - slashes >= from && buffer[at - 1 - slashes] === backslash) slashes++
    if (slashes % 2 === 0) return at
  }
  return -1
}

/** Whether a letter or digit of ASCII stands near the start: readers ask whether a text is blank. */
function says(buffer: Buffer, from: number): boolean {
  for (let at = from; at < from + sayingBytes; at++) {
    const byte = buffer[at]!
    if (byte === backslash) at++
    else if ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a))
      return true
  }
  return false
}

const shortEscapes: ReadonlySet<number> = new Set([...'"\\bfnrt'].map((letter) => letter.charCodeAt(0)))
/** A control character that has no short escape, as `JSON.stringify` spells it. */
const controlEscape = /^u00(?:0[0-7bef]|1[\da-f])$/

/** In JSON they stand escaped: a line that holds one within a text is no JSON. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const bareControl = /[\0-\x1f]/

function checkSpelling(buffer: Buffer, from: number, to: number): void {
  for (let at = buffer.indexOf(backslash, from); at >= 0 && at < to; ) {
    if (shortEscapes.has(buffer[at + 1]!)) at += 2
    else if (controlEscape.test(buffer.toString('latin1', at + 1, at + 6))) at += 6
    else throw new UnusualText('a text is spelled in an unusual way')
    at = buffer.indexOf(backslash, at)
  }
  if (bareControl.test(buffer.toString('latin1', from, to)))
    throw new UnusualText('a text holds a bare control character')
  if (!isUtf8(buffer.subarray(from, to))) throw new UnusualText('a text is no UTF-8')
}
