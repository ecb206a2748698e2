/** A string, or a number with so many digits that a JavaScript number may not hold it. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** Marks a string that stands for a whole number. Not in any JSON text as it is: control characters are escaped there. */
const mark = '\u0001integer:'

/** A whole number that is kept as its digits. */
export type ExactInteger = bigint

/**
 * What a JSON text says, whole numbers of 16 digits or more as `bigint`, so that nanoseconds stay exact.
 *
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  const marked = text.replace(token, (found) =>
    found.length >= 16 && /^-?\d+$/.test(found) ? JSON.stringify(mark + found) : found,
  )
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  )
}

/** The text of `value` with two spaces for each level, `bigint`s as their digits. */
export function formatExact(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, member: unknown) => (typeof member === 'bigint' ? `${mark}${member}` : member),
    2,
  )
  return text.replace(/"\\u0001integer:(-?\d+)"/g, '$1')
}
