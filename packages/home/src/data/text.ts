import type { TextPosition } from '../errors.js'

const byteOrderMark = '\uFEFF'

/** A text without its byte order mark, and the mark (or `''`) to put back. */
export function splitMark(text: string): { readonly mark: string; readonly body: string } {
  return text.startsWith(byteOrderMark) ? { mark: byteOrderMark, body: text.slice(1) } : { mark: '', body: text }
}

/** The line end that a text uses: that of its first line, `\n` when it has none. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const end = text.indexOf('\n')
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n'
}

/** Line and column of an offset, counted from 1. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: [...before.slice(before.lastIndexOf('\n') + 1)].length + 1 }
}
