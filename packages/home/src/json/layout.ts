import { createScanner, type Node } from 'jsonc-parser'
import { lineEndOf } from '../data/text.js'

/** The scanner's own numbers for its tokens: it exports them as a type only. */
const token = { comma: 5, lineComment: 12, blockComment: 13, lineBreak: 14, blanks: 15 } as const
const trivia: readonly number[] = [token.lineComment, token.blockComment, token.lineBreak, token.blanks]

/** How a JSON text is laid out. */
export interface JsonLayout {
  readonly lineEnd: '\n' | '\r\n'
  /** One level of indentation. */
  readonly unit: string
}

/** The layout of a text, seen from its first indented member; two blanks when there is none. */
export function layoutOf(text: string, root: Node | undefined): JsonLayout {
  const first = root?.children?.[0]
  const indent = first ? indentAt(text, first.offset) : undefined
  return { lineEnd: lineEndOf(text), unit: indent ? indent : '  ' }
}

/** Blanks before the first thing on the line of `offset`, or undefined when it is not the first thing there. */
export function indentAt(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(lineStart, offset)
  return /^[ \t]*$/.test(before) ? before : undefined
}

/** Blanks at the start of the line of `offset`. */
export function lineIndentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
}

/** A value as lines: all but the first are indented by `indent`. */
export function writeJson(value: unknown, layout: JsonLayout, indent: string): string {
  return JSON.stringify(value, null, layout.unit).replaceAll('\n', layout.lineEnd + indent)
}

/** Offset of the comma after `end` (only comments and blanks between), or undefined. */
export function commaAfter(text: string, end: number): number | undefined {
  const scanner = createScanner(text, false)
  scanner.setPosition(end)
  for (;;) {
    const found: number = scanner.scan()
    if (found === token.comma) return scanner.getTokenOffset()
    if (!trivia.includes(found)) return undefined
  }
}

/** Offset after the comments that follow `end` on the same line, so that they stay with what they speak of. */
export function afterCommentsOnLine(text: string, end: number): number {
  const scanner = createScanner(text, false)
  scanner.setPosition(end)
  for (let after = end; ; ) {
    const found: number = scanner.scan()
    if (found === token.lineComment || found === token.blockComment)
      after = scanner.getTokenOffset() + scanner.getTokenLength()
    else if (found !== token.blanks) return after
  }
}
