/** How well a path fits, and where. */
export interface Match {
  readonly score: number
  /** Positions of the query's characters in the path, rising. */
  readonly indices: number[]
}

const perCharacter = 16
const perNeighbour = 8
const atBoundary = 8
const inName = 4
const wholeName = 64
const boundaries = '/_-. '

/**
 * Whether the characters of a query stand in a path in their order, and how well: together, at beginnings of words, in
 * the file's own name. Higher is better; undefined: they do not.
 *
 * @param lower the path in lower case. @param query in lower case, not empty
 */
export function matchPath(path: string, lower: string, query: string): Match | undefined {
  const nameStart = lower.lastIndexOf('/') + 1
  if (!fits(lower, query, 0)) return undefined
  const start = fits(lower, query, nameStart) ? nameStart : 0
  const whole = lower.indexOf(query, start)
  const indices = whole >= 0 ? Array.from(query, (_, offset) => whole + offset) : tightest(lower, query, start)
  let score = whole === nameStart && lower.length - nameStart === query.length ? wholeName : 0
  for (const [place, index] of indices.entries()) {
    score += perCharacter
    if (place > 0 && indices[place - 1] === index - 1) score += perNeighbour
    if (index === 0 || boundaries.includes(lower.charAt(index - 1)) || isHump(path, index)) score += atBoundary
    if (index >= nameStart) score += inName
  }
  return { score, indices }
}

function fits(lower: string, query: string, start: number): boolean {
  let from = start
  for (let place = 0; place < query.length; place += 1) {
    from = lower.indexOf(query[place] ?? '', from) + 1
    if (from === 0) return false
  }
  return true
}

/** The first end that fits, and from there back to the latest beginning. */
function tightest(lower: string, query: string, start: number): number[] {
  let end = start
  for (const character of query) end = lower.indexOf(character, end) + 1
  const indices: number[] = new Array(query.length)
  let before = end
  for (let place = query.length - 1; place >= 0; place -= 1) {
    before = lower.lastIndexOf(query[place] ?? '', before - 1)
    indices[place] = before
  }
  return indices
}

function isHump(path: string, index: number): boolean {
  const [before, here] = [path.charCodeAt(index - 1), path.charCodeAt(index)]
  return here >= 65 && here <= 90 && before >= 97 && before <= 122
}
