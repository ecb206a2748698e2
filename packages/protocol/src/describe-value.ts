/** What a value is, in the words of the reference's refusals: ``integer `5` ``, `string "x"`, `map`, `sequence`, `null`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string ${quoted(value)}`
    case 'boolean':
      return `boolean \`${value}\``
    case 'bigint':
      return `integer \`${value}\``
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 1e21 ? `integer \`${value}\`` : `floating point \`${value}\``
    default:
      if (value === null || value === undefined) return 'null'
      return Array.isArray(value) ? 'sequence' : 'map'
  }
}

/** The text as Rust's debug form writes it. */
function quoted(text: string): string {
  let result = ''
  for (const character of text) result += escaped(character)
  return `"${result}"`
}

function escaped(character: string): string {
  const short = SHORT_ESCAPES.get(character)
  if (short !== undefined) return short
  return character !== ' ' && UNPRINTABLE.test(character) ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character
}

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\0', '\\0'],
])

/** Control, format, unassigned, private and separator characters, but for the plain space. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u
