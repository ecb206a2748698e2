import { isDeepStrictEqual } from 'node:util'
import type { Table } from '../changes/change.js'
import { isTable, mergePatch, newTable } from '../data/table.js'

/** What is left to do to take one change out of a table that was changed again since. */
export interface TakeOut {
  /** A merge patch for the table as it is now. Null takes away. */
  readonly patch: Table
  /** Keys that the change had set and that hold something else now, as paths. They are not in the patch. */
  readonly changedSince: readonly (readonly string[])[]
}

/**
 * How to get from `now` to what it would be without the change from `before` to `after`. What somebody wrote since stays:
 * only values that are as the change left them are taken back; of lists, the entries that it added.
 */
export function takeOut(before: Table, after: Table, now: Table, same = isDeepStrictEqual): TakeOut {
  const changedSince: (readonly string[])[] = []
  return { patch: patchFor(before, after, now, [], { same, changedSince }), changedSince }
}

interface Work {
  readonly same: (left: unknown, right: unknown) => boolean
  readonly changedSince: (readonly string[])[]
}

function patchFor(before: Table, after: Table, now: Table, path: readonly string[], work: Work): Table {
  const patch = newTable()
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
    const [was, made, is] = [before[key], after[key], now[key]]
    if (work.same(was, made) || work.same(is, was)) continue
    if (work.same(is, made)) patch[key] = was === undefined ? null : was
    else if (isTable(made) && isTable(is) && (was === undefined || isTable(was))) {
      const below = patchFor(was ?? newTable(), made, is, [...path, key], work)
      if (was === undefined && isEmptyWith(is, below)) patch[key] = null
      else if (Object.keys(below).length > 0) patch[key] = below
    } else {
      const left = Array.isArray(made) && Array.isArray(is) ? withoutAdded(was, made, is, work) : undefined
      if (left === undefined) work.changedSince.push([...path, key])
      else if (!work.same(left, is)) patch[key] = left.length === 0 && was === undefined ? null : left
    }
  }
  return patch
}

/** Whether a table that the change had made has nothing left. */
function isEmptyWith(table: Table, patch: Table): boolean {
  return Object.keys(mergePatch(table, patch) as Table).length === 0
}

/** The list `is` without the entries that are in `made` and not in `was`; undefined when the change also took entries away. */
function withoutAdded(
  was: unknown,
  made: readonly unknown[],
  is: readonly unknown[],
  work: Work,
): unknown[] | undefined {
  if (was !== undefined && !Array.isArray(was)) return undefined
  const added = without(made, was ?? [], work)
  return without(was ?? [], made, work).length > 0 ? undefined : without(is, added, work)
}

/** The entries of `list` less those of `taken`, each taken once, the last of equal ones first. */
function without(list: readonly unknown[], taken: readonly unknown[], { same }: Work): unknown[] {
  const left = [...list]
  for (const entry of taken) {
    const at = left.findLastIndex((other) => same(other, entry))
    if (at !== -1) left.splice(at, 1)
  }
  return left
}
