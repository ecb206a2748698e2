/** A stretch of a text, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where an element begins whose content is code. */
const CODE_ELEMENT = /<(code|pre|kbd|samp|script|style)\b[^<>]*>/gi

/** Tags, autolinks and comments. */
const TAG = /<!--[\s\S]*?-->|<[A-Za-z/!?][^<>\n]*>/g

/** Where a link leads: `](…)`, with one level of brackets inside, and `[name]: …`. */
const LINK_TARGET = /\]\((?:[^()\n]|\([^()\n]*\))*\)|^ {0,3}\[[^\]\n]+\]:[ \t]*\S+/gm

const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$)/m

/**
 * The stretches of a Markdown text that are words for people: no front matter, code blocks, code spans, tags, comments,
 * link targets or lines of a shell prompt. In order; a paragraph around a code span gives two stretches.
 */
export function proseRanges(text: string): readonly Range[] {
  const excluded: Range[] = []
  const exclude = (start: number, end: number) => void excluded.push({ start, end })

  const frontMatter = /^\uFEFF?---/.test(text) ? FRONT_MATTER.exec(text) : null
  if (frontMatter?.index === 0) exclude(0, frontMatter[0].length)
  for (const element of codeElements(text)) exclude(element.start, element.end)
  for (const paragraph of paragraphs(text, exclude)) {
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

/** Walks the lines, hands blocks of code to `exclude`, and gives the paragraphs between them. */
function paragraphs(text: string, exclude: (start: number, end: number) => void): Range[] {
  const found: Range[] = []
  const listOffsets: number[] = []
  let fence: { readonly mark: string; readonly length: number } | undefined
  let paragraph: { start: number; end: number } | undefined
  let afterBlank = true
  let inIndentedCode = false

  for (const { start, end } of lines(text)) {
    const line = text.slice(start, end).replace(/\r?\n$/, '')
    const quote = /^(?: {0,3}> ?)+/.exec(line)?.[0] ?? ''
    const content = line.slice(quote.length)
    const indent = indentOf(content)

    if (fence) {
      exclude(start, end)
      const closing = /^[ \t]*(`{3,}|~{3,})[ \t]*$/.exec(content)?.[1]
      if (closing?.startsWith(fence.mark) && closing.length >= fence.length) fence = undefined
      afterBlank = false
      continue
    }
    if (content.trim() === '') {
      paragraph = undefined
      afterBlank = true
      continue
    }
    if (afterBlank || /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/.test(content)) {
      while (listOffsets.length > 0 && indent < listOffsets.at(-1)!) listOffsets.pop()
    }
    const base = listOffsets.at(-1) ?? 0
    const opening = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/.exec(content)?.[1]
    if (opening && indent < base + 4) {
      fence = { mark: opening[0]!, length: opening.length }
      paragraph = undefined
      inIndentedCode = false
      exclude(start, end)
      continue
    }
    if (indent >= base + 4 && (afterBlank || inIndentedCode) && !paragraph) {
      inIndentedCode = true
      exclude(start, end)
      continue
    }
    inIndentedCode = false
    afterBlank = false
    const marker = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(content)?.[0]
    if (marker) {
      listOffsets.push(indentOf(marker.replace(/\S/g, ' ')))
      paragraph = undefined
    }
    if (/^[ \t]*\$ /.test(content)) {
      paragraph = undefined
      exclude(start, end)
      continue
    }
    if (!paragraph) {
      paragraph = { start, end }
      found.push(paragraph)
    }
    paragraph.end = end
  }
  return found
}

function* lines(text: string): Generator<Range> {
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline + 1
    yield { start, end }
    start = end
  }
}

/** Columns before the first character that is not blank; a tab goes to the next multiple of four. */
function indentOf(line: string): number {
  let column = 0
  for (const character of line) {
    if (character === ' ') column += 1
    else if (character === '\t') column += 4 - (column % 4)
    else return column
  }
  return column
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
