/** In Node 20 and later; not in the library that this is compiled against. */
type UnicodeText = string & { isWellFormed(): boolean; toWellFormed(): string }

/** `text` with half surrogate pairs replaced by U+FFFD. The same string when there are none. */
export function wellFormed(text: string): string {
  const unicode = text as UnicodeText
  return unicode.isWellFormed() ? text : unicode.toWellFormed()
}

/** Of a text that is cut, this share is its beginning; the end of an output often says how it went. */
const headShare = 0.75

/**
 * At most `maxChars` UTF-16 units of `text`, from its beginning and its end, and between them a line that says how many
 * are left out. Never cuts a surrogate pair.
 */
export function cutText(text: string, maxChars: number): { readonly text: string; readonly leftOut: number } {
  if (text.length <= maxChars) return { text, leftOut: 0 }
  const headEnd = beforePair(text, Math.ceil(maxChars * headShare))
  const tailStart = afterPair(text, text.length - Math.floor(maxChars * (1 - headShare)))
  const leftOut = tailStart - headEnd
  const note = `\n[… ${leftOut} characters are left out here …]\n`
  return { text: text.slice(0, headEnd) + note + text.slice(tailStart), leftOut }
}

function beforePair(text: string, end: number): number {
  return splitsPair(text, end) ? end - 1 : end
}

function afterPair(text: string, start: number): number {
  return splitsPair(text, start) ? start + 1 : start
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff && at > 0 && at < text.length
}
