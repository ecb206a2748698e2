import { findLines } from './find-lines.js'
import { type PatchChunk, PatchError } from './patch.js'

interface Replacement {
  readonly at: number
  readonly count: number
  readonly lines: readonly string[]
}

/**
 * The content of a file after its chunks: line ends stay as they are in it, new lines take those of their neighbours,
 * and a last line without an end stays without one.
 *
 * @param path absolute, for messages
 * @throws PatchError where a context or the lines to replace are not there
 */
export function applyChunks(path: string, content: string, chunks: readonly PatchChunk[]): string {
  const ends: string[] = []
  const lines: string[] = []
  for (const [, line = '', end = ''] of content.matchAll(/([^\n]*?)(\r?\n|$)/g)) {
    if (line === '' && end === '') continue
    lines.push(line)
    ends.push(end)
  }
  const usual = ends.find((end) => end !== '') ?? '\n'
  const replacements = findReplacements(path, lines, chunks)
  let text = ''
  let at = 0
  const copyTo = (stop: number) => {
    for (; at < stop; at += 1) text += `${lines[at]}${ends[at] || usual}`
  }
  for (const { at: start, count, lines: added } of replacements) {
    copyTo(start)
    added.forEach((line, index) => {
      text += `${line}${ends[start + Math.min(index, Math.max(0, count - 1))] || usual}`
    })
    at += count
  }
  copyTo(lines.length)
  const isOpen = content !== '' && !content.endsWith('\n')
  return isOpen ? text.replace(/\r?\n$/, '') : text
}

function findReplacements(
  path: string,
  lines: readonly string[],
  chunks: readonly PatchChunk[],
): readonly Replacement[] {
  const found: Replacement[] = []
  let from = 0
  for (const { contexts, before, after, isAtEnd } of chunks) {
    for (const context of contexts) {
      const at = findLines(lines, [context], from, false)
      if (at === undefined) throw new PatchError(`Failed to find context '${context}' in ${path}`)
      from = at + 1
    }
    if (before.length === 0) {
      found.push({ at: lines.length, count: 0, lines: after })
      continue
    }
    const [wanted, replacement, at] = place(lines, before, after, from, isAtEnd)
    if (at === undefined) throw new PatchError(`Failed to find expected lines in ${path}:\n${before.join('\n')}`)
    found.push(smallest({ at, count: wanted.length, lines: replacement }, wanted, lines))
    from = at + wanted.length
  }
  return found.sort((one, other) => one.at - other.at)
}

/** A last empty line of a chunk may stand for the line end of the file's last line. */
function place(
  lines: readonly string[],
  before: readonly string[],
  after: readonly string[],
  from: number,
  isAtEnd: boolean,
): [wanted: readonly string[], replacement: readonly string[], at: number | undefined] {
  const at = findLines(lines, before, from, isAtEnd)
  if (at !== undefined || before.at(-1) !== '') return [before, after, at]
  const shorter = before.slice(0, -1)
  const shorterAfter = after.at(-1) === '' ? after.slice(0, -1) : after
  return [shorter, shorterAfter, findLines(lines, shorter, from, isAtEnd)]
}

/** Context at both ends stays as it is in the file, also where it was written a little differently in the patch. */
function smallest(replacement: Replacement, wanted: readonly string[], lines: readonly string[]): Replacement {
  let { at, count, lines: added } = replacement
  let head = 0
  while (head < wanted.length && head < added.length && wanted[head] === added[head]) head += 1
  let tail = 0
  while (
    tail < wanted.length - head &&
    tail < added.length - head &&
    wanted[wanted.length - 1 - tail] === added[added.length - 1 - tail]
  ) {
    tail += 1
  }
  at += head
  count -= head + tail
  added = added.slice(head, added.length - tail)
  return { at: Math.min(at, lines.length), count, lines: added }
}
