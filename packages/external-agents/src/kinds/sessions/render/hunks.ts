import { structuredPatch } from 'diff'
import { wellFormed } from './plain-text.js'
import { membersOf } from './tool-view.js'

/** Lines around a change. */
const contextLines = 3

/** Beyond so many changed lines, or characters, the lines that differ are shown as one change. A count, not a time: the same text gives the same lines everywhere. */
const maxChangedLines = 1_000
const maxComparedChars = 2_000_000

interface Hunk {
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  readonly lines: readonly string[]
}

/** Hunks as a log keeps them, as the text of a unified diff without file names; undefined when they are none. */
export function givenHunks(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value.every(isHunk) ? wellFormed(value.map(hunkText).join('')) : undefined
}

/** The hunks that turn `before` into `after`; `''` when they are the same. */
export function diffHunks(before: string, after: string): string {
  if (before === after) return ''
  const options = { context: contextLines, maxEditLength: maxChangedLines }
  const isSmall = before.length + after.length <= maxComparedChars
  const patch = isSmall ? structuredPatch('', '', before, after, undefined, undefined, options) : undefined
  return wellFormed((patch?.hunks ?? [differingLines(before, after)]).map(hunkText).join(''))
}

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: Hunk): string {
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@\n${lines.map((line) => `${line}\n`).join('')}`
}

/** A side without lines is named by the line before it, which the library that makes such hunks leaves to whoever writes them. */
function range(start: number, count: number): string {
  if (count === 0) return `${Math.max(0, start - 1)},0`
  return count === 1 ? `${start}` : `${start},${count}`
}

function isHunk(value: unknown): value is Hunk {
  const { oldStart, oldLines, newStart, newLines, lines } = membersOf(value)
  const hasNumbers = [oldStart, oldLines, newStart, newLines].every((number) => Number.isSafeInteger(number))
  return hasNumbers && Array.isArray(lines) && lines.every((line) => typeof line === 'string')
}

/** Everything between the first line that differs and the last one. */
function differingLines(before: string, after: string): Hunk {
  const old = linesOf(before)
  const fresh = linesOf(after)
  const shorter = Math.min(old.length, fresh.length)
  let start = 0
  while (start < shorter && old[start] === fresh[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === fresh.at(-1 - end)) end++
  const removed = old.slice(start, old.length - end)
  const added = fresh.slice(start, fresh.length - end)
  return {
    oldStart: start + 1,
    oldLines: removed.length,
    newStart: start + 1,
    newLines: added.length,
    lines: [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)],
  }
}

function linesOf(text: string): string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}
