/** The longest summary that is made of a text. */
const MAX_CHARACTERS = 200

/** A one-line summary: the first line with words in it, without Markdown marks around it. Undefined when there is none. */
export function firstLine(text: string): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const words = line
      .trim()
      .replace(/^(?:#{1,6}\s+|[-*+>]\s+|\d+[.)]\s+)+/, '')
      .replace(/^(\*\*|__)(.*)\1$/, '$2')
      .trim()
    if (/[\p{L}\p{N}]/u.test(words)) return shortened(words)
  }
  return undefined
}

function shortened(words: string): string {
  if (words.length <= MAX_CHARACTERS) return words
  const cut = words.slice(0, MAX_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')
  return `${cut.replace(/\s+\S*$/, '')}…`
}
