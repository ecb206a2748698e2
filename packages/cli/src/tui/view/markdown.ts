import { Markdown, type MarkdownTheme } from '@earendil-works/pi-tui'
import { highlight } from './highlight.js'
import { safeText, wrapped } from './measure.js'
import type { Theme } from './theme.js'

/**
 * Markdown that grows. What cannot change any more, because a later part has begun, is rendered once; only the last part
 * is rendered again when more has come.
 */
export class GrowingMarkdown {
  readonly #theme: Theme
  #text = ''
  #width = 0
  #wasHighlighted = false
  /** Characters of the text that are rendered for good, and their lines. */
  #settled = 0
  #settledLines: string[] = []

  constructor(theme: Theme) {
    this.#theme = theme
  }

  /** Its lines. @param isDone nothing will be added any more */
  lines(text: string, width: number, isDone: boolean): readonly string[] {
    const canHighlight = highlight.isReady
    if (width !== this.#width || !text.startsWith(this.#text) || canHighlight !== this.#wasHighlighted) {
      this.#settled = 0
      this.#settledLines = []
    }
    this.#text = text
    this.#width = width
    this.#wasHighlighted = canHighlight
    for (;;) {
      const end = endOfPart(text, this.#settled)
      if (end === undefined) break
      this.#settledLines.push(...this.#render(text.slice(this.#settled, end), true), '')
      this.#settled = end
    }
    return [...this.#settledLines, ...this.#render(text.slice(this.#settled), isDone)]
  }

  #render(text: string, isWhole: boolean): readonly string[] {
    const markdown = new Markdown(safeText(text.trim()), 0, 0, markdownTheme(this.#theme, isWhole))
    const lines = markdown.render(this.#width).map((line) => line.replace(/ +$/, ''))
    while (lines.length > 0 && lines.at(-1) === '') lines.pop()
    return lines.flatMap((line) => wrapped(line, this.#width))
  }
}

/** Where the part that begins at `start` ends: behind the empty line before another part. Undefined: it may still grow. */
function endOfPart(text: string, start: number): number | undefined {
  let fence: string | undefined
  let hasWords = false
  for (let at = start; ; ) {
    const lineEnd = text.indexOf('\n', at)
    if (lineEnd === -1) return undefined
    const line = text.slice(at, lineEnd)
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) return lineEnd + 1
    } else if (mark !== undefined) {
      if (hasWords) return at
      fence = mark
    } else if (line.trim() === '' && hasWords && beginsAnother(text, lineEnd + 1)) return lineEnd + 1
    if (line.trim() !== '') hasWords = true
    at = lineEnd + 1
  }
}

/** Whether what stands at `at` cannot belong to a list or quotation before it. */
function beginsAnother(text: string, at: number): boolean {
  const next = text[at]
  if (next === undefined || /\s/.test(next)) return false
  return text.indexOf('\n', at) !== -1 && !/^(?:[-*+>]|\d+[.)])/.test(text.slice(at, at + 8))
}

/** Longer code stays without colour: to colour it takes longer than a picture may. */
const maxHighlighted = 20_000

function markdownTheme(theme: Theme, isWhole: boolean): MarkdownTheme {
  return {
    heading: (text) => theme.bold(text),
    link: (text) => theme.underline(text),
    linkUrl: (text) => theme.dim(text),
    code: (text) => (theme.colour ? theme.cyan(text) : `\`${text}\``),
    codeBlock: (text) => text,
    codeBlockBorder: (text) => theme.dim(text),
    quote: (text) => theme.italic(text),
    quoteBorder: (text) => theme.dim(text),
    hr: (text) => theme.dim(text),
    listBullet: (text) => theme.cyan(text),
    bold: (text) => theme.bold(text),
    italic: (text) => theme.italic(text),
    strikethrough: (text) => theme.strike(text),
    underline: (text) => theme.underline(text),
    highlightCode: (code, language) =>
      isWhole && theme.colour && code.length <= maxHighlighted
        ? highlight.lines(code, language, theme)
        : code.split('\n'),
  }
}
