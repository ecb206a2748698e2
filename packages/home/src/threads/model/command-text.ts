const plain = 1
const single = 2
const double = 4

/**
 * The words of a command as one line that a POSIX shell reads back as the same words.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 */
export function commandText(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** A word is cut into the longest pieces that one way of quoting can hold. */
function quoted(word: string): string {
  if (word === '') return "''"
  let text = ''
  for (let rest = word; rest !== ''; ) {
    const { length, ways } = nextPiece(rest)
    text += quotedPiece(rest.slice(0, length), ways)
    rest = rest.slice(length)
  }
  return text
}

function nextPiece(rest: string): { length: number; ways: number } {
  let ways = rest.startsWith('^') ? single : plain | single | double
  let length = rest.startsWith('^') ? 1 : 0
  for (; length < rest.length; length++) {
    const left = ways & waysFor(rest[length]!)
    if (left === 0) break
    ways = left
  }
  return { length, ways }
}

function waysFor(character: string): number {
  if (/[A-Za-z0-9+\-./:@\]_]/.test(character)) return plain | single | double
  if (character === "'" || character === '\\') return double
  if (character === '^') return 0
  return /[`$!]/.test(character) ? single : single | double
}

function quotedPiece(piece: string, ways: number): string {
  if (ways & plain) return piece
  return ways & single ? `'${piece}'` : `"${piece.replace(/["\\]/g, '\\$&')}"`
}
