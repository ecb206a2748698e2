/** Lines `from` to `to` of the one text become the lines `lines` of the other. Counted from 0; `to` is not among them. */
export interface LineChange {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/** More than this many cells of the table of common lines are not worth their memory. */
const maxCells = 4_000_000

/**
 * What makes `after` of `before`, in order; where a change could stand in several places, the first of them.
 *
 * @returns undefined when the texts differ in too many lines to be compared
 */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] | undefined {
  const start = commonStart(before, after)
  const end = commonEnd(before, after, start)
  const [left, right] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  if (left.length * right.length > maxCells) return undefined
  const changes = changesOf(left, right).map(({ from, to, lines }) => ({ from: from + start, to: to + start, lines }))
  return slidUp(before, changes)
}

function commonStart(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count++
  return count
}

function commonEnd(left: readonly string[], right: readonly string[], start: number): number {
  const most = Math.min(left.length, right.length) - start
  let count = 0
  while (count < most && left.at(-1 - count) === right.at(-1 - count)) count++
  return count
}

/** By the longest common subsequence of lines. */
function changesOf(left: readonly string[], right: readonly string[]): LineChange[] {
  const width = right.length + 1
  const table = new Uint32Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const [down, across] = [table[(i + 1) * width + j]!, table[i * width + j + 1]!]
      table[i * width + j] = left[i] === right[j] ? table[(i + 1) * width + j + 1]! + 1 : Math.max(down, across)
    }
  }
  const changes: LineChange[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [from, first] = [i, j]
    while (!(i < left.length && j < right.length && left[i] === right[j]) && (i < left.length || j < right.length)) {
      if (j >= right.length || (i < left.length && table[(i + 1) * width + j]! >= table[i * width + j + 1]!)) i++
      else j++
    }
    if (i > from || j > first) changes.push({ from, to: i, lines: right.slice(first, j) })
    while (i < left.length && j < right.length && left[i] === right[j]) {
      i++
      j++
    }
  }
  return changes
}

/** Of a block between equal lines nobody can tell which of them it begins with: two texts that were made alike are compared alike. */
function slidUp(before: readonly string[], changes: readonly LineChange[]): LineChange[] {
  const slid: LineChange[] = []
  for (const change of changes) slid.push(slide(before, change, slid.at(-1)?.to ?? 0))
  return slid
}

function slide(before: readonly string[], change: LineChange, lowest: number): LineChange {
  let { from, to } = change
  const lines = [...change.lines]
  if (lines.length > 0 && to > from) return change
  while (from > lowest) {
    const above = before[from - 1]!
    if (to > from ? above !== before[to - 1] : above !== lines.at(-1)) break
    if (to === from) {
      lines.pop()
      lines.unshift(above)
    }
    from--
    to--
  }
  return { from, to, lines }
}
