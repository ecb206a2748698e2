/** A stretch of a text, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** How far a line must be indented, beyond the list item it is in, to be code. */
const CODE_INDENT = 4

const LIST_MARKER = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/
const QUOTE_MARKER = /^(?: {0,3}> ?)+/
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/
const FENCE_END = /^[ \t]*(`{3,}|~{3,})[ \t]*$/
const SHELL_PROMPT = /^[ \t]*\$ /

/**
 * The paragraphs of a Markdown text, and its blocks of code: fenced, indented, and lines of a shell prompt. Each in the
 * order of the text. An open fence goes on to the end.
 */
export function blocksOf(text: string): { readonly paragraphs: readonly Range[]; readonly code: readonly Range[] } {
  const scanner = new BlockScanner()
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline + 1
    scanner.line(text.slice(start, end).replace(/\r?\n$/, ''), start, end)
    start = end
  }
  return scanner
}

class BlockScanner {
  readonly paragraphs: { start: number; end: number }[] = []
  readonly code: Range[] = []
  /** Columns at which the contents of the open list items begin. */
  readonly #items: number[] = []
  #fence: string | undefined
  #paragraph: { end: number } | undefined
  #isAfterBlank = true
  #isInIndentedCode = false

  line(line: string, start: number, end: number): void {
    const content = line.slice(QUOTE_MARKER.exec(line)?.[0].length ?? 0)
    if (this.#fence !== undefined) this.#insideFence(content, start, end)
    else if (content.trim() === '') this.#blank()
    else this.#words(content, start, end)
  }

  #insideFence(content: string, start: number, end: number): void {
    this.code.push({ start, end })
    const closing = FENCE_END.exec(content)?.[1]
    if (closing?.startsWith(this.#fence!)) this.#fence = undefined
    this.#isAfterBlank = false
  }

  #blank(): void {
    this.#paragraph = undefined
    this.#isAfterBlank = true
  }

  #words(content: string, start: number, end: number): void {
    const indent = indentOf(content)
    const marker = LIST_MARKER.exec(content)?.[0]
    if (this.#isAfterBlank || marker) this.#leaveItems(indent)
    const base = this.#items.at(-1) ?? 0
    const fence = indent < base + CODE_INDENT ? FENCE.exec(content)?.[1] : undefined
    const mayBeIndented = (this.#isAfterBlank || this.#isInIndentedCode) && !this.#paragraph
    this.#isInIndentedCode = mayBeIndented && indent >= base + CODE_INDENT
    this.#fence = fence
    if (fence || this.#isInIndentedCode || SHELL_PROMPT.test(content)) {
      this.code.push({ start, end })
      this.#paragraph = undefined
      this.#isAfterBlank &&= this.#isInIndentedCode
      return
    }
    this.#isAfterBlank = false
    if (marker) this.#items.push(indentOf(marker.replace(/\S/g, ' ')))
    if (marker || !this.#paragraph) {
      const paragraph = { start, end }
      this.paragraphs.push(paragraph)
      this.#paragraph = paragraph
    }
    this.#paragraph.end = end
  }

  #leaveItems(indent: number): void {
    while (this.#items.length > 0 && indent < this.#items.at(-1)!) this.#items.pop()
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
