import type { Table } from '@gangway/home'

/** A list to be added to what is there, as `MergeJson` spells it. */
interface Append {
  readonly $append: readonly unknown[]
}

/** What a document says once `patch` is merged in: tables merge, null deletes, `$append` adds, the rest replaces. */
export function mergePatch(base: Table, patch: Table): Table {
  const merged: { [key: string]: unknown } = Object.assign(Object.create(null), base)
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else if (isAppend(value)) merged[key] = [...listOf(merged[key]), ...value.$append]
    else if (isTable(value)) merged[key] = mergePatch(isTable(merged[key]) ? merged[key] : {}, value)
    else merged[key] = value
  }
  return merged
}

/** Whether one patch can say what two say one after the other: not when a table comes over something that is none. */
export function canJoin(first: Table, second: Table): boolean {
  return Object.entries(second).every(([key, value]) => {
    if (!Object.hasOwn(first, key)) return true
    const before = first[key]
    if (isAppend(value)) return before !== null && (isAppend(before) || !isTable(before))
    return !isTable(value) || (isTable(before) && !isAppend(before) && canJoin(before, value))
  })
}

/** One patch that does what `first` and then `second` do, if they can be joined. */
export function joinPatches(first: Table, second: Table): Table {
  const joined: { [key: string]: unknown } = Object.assign(Object.create(null), first)
  for (const [key, value] of Object.entries(second)) {
    const before = joined[key]
    if (isAppend(value)) joined[key] = Object.hasOwn(first, key) ? appended(before, value) : value
    else joined[key] = isTable(value) && isTable(before) && !isAppend(before) ? joinPatches(before, value) : value
  }
  return joined
}

/** Whether a document says what `patch` wants. What was appended must be there, wherever in the list. */
export function saysWhat(document: Table, patch: Table): boolean {
  return Object.entries(patch).every(([key, value]) => {
    const there = document[key]
    if (value === null) return there === undefined
    if (isAppend(value)) return value.$append.every((item) => listOf(there).some((other) => isSame(item, other)))
    return isTable(value) ? isTable(there) && saysWhat(there, value) : isSame(value, there)
  })
}

/** A table, as opposed to a list, a date or a plain value. */
export function isTable(value: unknown): value is Table {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}

function isAppend(value: unknown): value is Append {
  return isTable(value) && Array.isArray(value.$append)
}

function appended(before: unknown, { $append }: Append): unknown {
  return isAppend(before) ? { $append: [...before.$append, ...$append] } : [...listOf(before), ...$append]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
  if (a instanceof Date || b instanceof Date) return String(a) === String(b)
  if (!isTable(a)) return Object.is(a, b) || (isNumber(a) && isNumber(b) && Number(a) === Number(b))
  if (!isTable(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]))
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
