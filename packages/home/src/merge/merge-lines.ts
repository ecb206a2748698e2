import { lineEndOf } from '../data/text.js'
import { type LineChange, lineChanges } from './line-changes.js'

/**
 * `base` with the changes that lead to `left` and those that lead to `right`, line by line. Changes that touch are both made;
 * those that lie over one another cannot be.
 *
 * @returns undefined when the two cannot both be had
 */
export function mergeLines(base: string, left: string, right: string): string | undefined {
  const lines = linesOf(base)
  const [ours, theirs] = [lineChanges(lines, linesOf(left)), lineChanges(lines, linesOf(right))]
  if (!ours || !theirs) return undefined
  const all = [...ours, ...theirs].sort((a, b) => a.from - b.from || a.to - b.to)
  const result: string[] = []
  let at = 0
  for (const [index, change] of all.entries()) {
    const before = all[index - 1]
    if (before && isSameChange(before, change)) continue
    if (before && (change.from < before.to || (change.from === before.from && change.to === before.to)))
      return undefined
    result.push(...lines.slice(at, change.from), ...change.lines)
    at = change.to
  }
  return joined([...result, ...lines.slice(at)], base)
}

/** What was the last line, without an end, may stand before others now. */
function joined(lines: readonly string[], base: string): string {
  const lineEnd = lineEndOf(base)
  return lines.map((line, index) => (index < lines.length - 1 && !line.endsWith('\n') ? line + lineEnd : line)).join('')
}

function isSameChange(one: LineChange, other: LineChange): boolean {
  return one.from === other.from && one.to === other.to && one.lines.join('') === other.lines.join('')
}

/** With their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
