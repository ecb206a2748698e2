/**
 * JSON of anything a log held. Half a surrogate pair becomes U+FFFD: the reference drops a line that holds one. What cannot
 * be written (nested too deep for the stack) becomes `null`.
 */
export function jsonText(value: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch {
    return 'null'
  }
  if (json === undefined) return 'null'
  return json.includes('\\ud') ? json.replace(loneSurrogate, (_, slashes: string) => `${slashes}\uFFFD`) : json
}

/** JSON spells whole pairs out: what is escaped is half a one. An even number of backslashes before it escapes nothing. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g

/** Deepest nesting of a value inside a line: the reference's reader gives up at 128. */
const maxDepth = 100

/** `value` as it can stand inside a line; null when it is nested too deep. @param json its `jsonText` */
export function plainValue(value: unknown, json: string): unknown {
  if (!isShallow(value, maxDepth)) return null
  return json.includes('\uFFFD') ? (JSON.parse(json) as unknown) : (value ?? null)
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  for (const member of Object.values(value)) if (!isShallow(member, depth - 1)) return false
  return true
}
