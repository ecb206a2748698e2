import { isDeepStrictEqual } from 'node:util'
import type { Table } from '../changes/change.js'

/** A table that may still be filled. Has no prototype, so that a key such as `__proto__` is data like any other. */
export type OpenTable = { [key: string]: unknown }

/** An empty table without a prototype. */
export function newTable(): OpenTable {
  return Object.create(null) as OpenTable
}

/** Whether a value is a table: an object that is neither a list nor a date. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/** Whether a value is a list of tables with at least one in it. */
export function isTableList(value: unknown): value is readonly Table[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable)
}

/** A merge patch (RFC 7386) applied: tables merge, null takes away, everything else replaces. Changes neither argument. */
export function mergePatch(base: unknown, patch: unknown): unknown {
  if (!isTable(patch)) return patch
  const merged = newTable()
  if (isTable(base)) for (const key of Object.keys(base)) merged[key] = base[key]
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === null || value === undefined) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}

/** The patch that makes `after` of `before` when merged. Lists and plain values are taken whole. */
export function patchBetween(before: Table, after: Table): Table {
  const patch = newTable()
  for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patch[key] = null
  for (const key of Object.keys(after)) {
    const [from, to] = [before[key], after[key]]
    if (isTable(from) && isTable(to)) {
      const below = patchBetween(from, to)
      if (Object.keys(below).length > 0) patch[key] = below
    } else if (!isDeepStrictEqual(from, to)) patch[key] = to
  }
  return patch
}

/** Where in `value` a key stands that fits, as the keys that lead there, or undefined. */
export function findKey(value: unknown, fits: (key: string) => boolean): readonly string[] | undefined {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const below = findKey(entry, fits)
      if (below) return [String(index), ...below]
    }
    return undefined
  }
  if (!isTable(value)) return undefined
  for (const key of Object.keys(value)) {
    if (fits(key)) return [key]
    const below = findKey(value[key], fits)
    if (below) return [key, ...below]
  }
  return undefined
}
