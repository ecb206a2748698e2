import { blocksOf, type Range } from './prose-blocks.js'

/** Where an element begins whose content is code. */
const CODE_ELEMENT = /<(code|pre|kbd|samp|script|style)\b[^<>]*>/gi

/** Tags and autolinks. */
const TAG = /<[A-Za-z/!?][^<>\n]*>/g

/** Where a link leads: `](…)`, with one level of brackets inside, and `[name]: …`. */
const LINK_TARGET = /\]\((?:[^()\n]|\([^()\n]*\))*\)|^ {0,3}\[[^\]\n]+\]:[ \t]*\S+/gm

/** Without any of these, a text is one line of words, such as a description. */
const MARKUP = /[\r\n\t`<[\]~$]|^\uFEFF?---|^[\s>]/

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$)/m

/**
 * The stretches of a Markdown text that are words for people: no front matter, code blocks, code spans, tags, comments,
 * link targets or lines of a shell prompt. In order; a paragraph around a code span gives two stretches.
 */
export function proseRanges(text: string): readonly Range[] {
  if (text !== '' && !MARKUP.test(text)) return [{ start: 0, end: text.length }]
  const excluded: Range[] = []
  const exclude = (start: number, end: number) => void excluded.push({ start, end })

  const frontMatter = /^\uFEFF?---/.test(text) ? FRONT_MATTER.exec(text) : null
  if (frontMatter?.index === 0) exclude(0, frontMatter[0].length)
  for (const hidden of [...codeElements(text), ...comments(text)]) exclude(hidden.start, hidden.end)
  const { paragraphs, code } = blocksOf(text)
  for (const block of code) exclude(block.start, block.end)
  for (const paragraph of paragraphs) {
    for (const span of codeSpans(text, paragraph)) exclude(span.start, span.end)
  }
  const withoutCode = complement(excluded, text.length)
  for (const range of withoutCode) {
    const part = text.slice(range.start, range.end)
    for (const pattern of [TAG, LINK_TARGET]) {
      for (const found of part.matchAll(pattern)) {
        exclude(range.start + found.index, range.start + found.index + found[0].length)
      }
    }
  }
  return complement(excluded, text.length)
}

function comments(text: string): Range[] {
  const found: Range[] = []
  for (let start = text.indexOf('<!--'); start !== -1; start = text.indexOf('<!--', found.at(-1)!.end)) {
    const end = text.indexOf('-->', start)
    if (end === -1) break
    found.push({ start, end: end + '-->'.length })
  }
  return found
}

/** From each opening tag to the first closing one of its name. One that is never closed is left to the tags. */
function codeElements(text: string): Range[] {
  const found: Range[] = []
  const neverClosed = new Set<string>()
  let end = 0
  for (const opening of text.matchAll(CODE_ELEMENT)) {
    const name = opening[1]!.toLowerCase()
    if (opening.index < end || neverClosed.has(name)) continue
    const closing = new RegExp(`</${name}\\s*>`, 'gi')
    closing.lastIndex = opening.index
    if (closing.test(text)) {
      end = closing.lastIndex
      found.push({ start: opening.index, end })
    } else {
      neverClosed.add(name)
    }
  }
  return found
}

/** Runs of backticks and what stands between two of the same length. */
function codeSpans(text: string, paragraph: Range): Range[] {
  const runs = [...text.slice(paragraph.start, paragraph.end).matchAll(/`+/g)]
  const next: (number | undefined)[] = []
  const seen = new Map<number, number>()
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    next[index] = seen.get(runs[index]![0].length)
    seen.set(runs[index]![0].length, index)
  }
  const spans: Range[] = []
  for (let index = 0; index < runs.length; index += 1) {
    const closing = next[index]
    if (closing === undefined) continue
    const last = runs[closing]!
    spans.push({ start: paragraph.start + runs[index]!.index, end: paragraph.start + last.index + last[0].length })
    index = closing
  }
  return spans
}

function complement(excluded: readonly Range[], length: number): Range[] {
  const kept: Range[] = []
  let start = 0
  for (const range of excluded.toSorted((a, b) => a.start - b.start)) {
    if (range.start > start) kept.push({ start, end: range.start })
    start = Math.max(start, range.end)
  }
  if (start < length) kept.push({ start, end: length })
  return kept
}
