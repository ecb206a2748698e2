import { stripVTControlCharacters } from 'node:util'

/** Columns that `text` takes in a terminal. Colour codes count nothing, East Asian wide characters and emoji two. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text))) width += graphemeWidth(segment)
  return width
}

/** `text` cut to at most `columns`, the last one an ellipsis when something was cut. For text without colour codes. */
export function truncate(text: string, columns: number): string {
  // Segmenting takes ever longer per character the longer a text is: what cannot fit anyway is not looked at.
  const most = Math.max(0, columns) * longestGrapheme + longestGrapheme
  const head = text.length > most ? text.slice(0, most) : text
  if (head === text && displayWidth(text) <= columns) return text
  if (columns < 1) return ''
  let kept = ''
  let width = 0
  for (const { segment } of graphemes.segment(head)) {
    const next = width + graphemeWidth(segment)
    if (next > columns - 1) break
    kept += segment
    width = next
  }
  return `${kept}…`
}

/** `text` filled with spaces to `columns`; longer text stays as it is. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - displayWidth(text)))
  return align === 'left' ? text + spaces : spaces + text
}

/**
 * `text` as lines of at most `columns`, broken at spaces; a word that is longer than a line is kept whole.
 * The first line begins with `first`, the others with as many spaces.
 */
export function wrap(text: string, columns: number, first = ''): readonly string[] {
  const indent = ' '.repeat(displayWidth(first))
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (!empty && displayWidth(line) + 1 + displayWidth(word) > columns) {
      lines.push(line)
      line = indent
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  lines.push(line)
  return lines
}

/** UTF-16 units of one visible character, as far as anybody writes: a family of emoji has 11, a letter with marks a few. */
const longestGrapheme = 32

const plain = /^[\x20-\x7e]*$/

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function graphemeWidth(grapheme: string): number {
  if (zeroWidth.test(grapheme)) return 0
  return wide.test(grapheme) ? 2 : 1
}

const zeroWidth = /^[\p{M}\p{Cc}\p{Cf}]+$/u
// East Asian wide and full-width blocks, and whatever is drawn as an emoji.
const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/u
