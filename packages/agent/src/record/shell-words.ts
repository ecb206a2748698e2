/** The words of a command line as a POSIX shell cuts them, without any expansion. One that cannot be cut is one word. */
export function shellWords(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (quote === '"' && character === '\\' && /["\\$`]/.test(line.charAt(at + 1))) word += line.charAt(++at)
      else word += character
    } else if (character === "'" || character === '"') {
      quote = character
      word ??= ''
    } else if (character === '\\') word = (word ?? '') + line.charAt(++at)
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return [line]
  if (word !== undefined) words.push(word)
  return words
}
