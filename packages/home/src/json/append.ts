import type { Table } from '../changes/change.js'
import { isTable, newTable } from '../data/table.js'
import { JsonEditRefused } from '../errors.js'

/** What `{ $append: [...] }` adds to a list, or undefined for any other value. */
export function appended(value: unknown): readonly unknown[] | undefined {
  if (!isTable(value) || Object.keys(value).length !== 1) return undefined
  return Array.isArray(value.$append) ? value.$append : undefined
}

/** What a patch's value is when nothing is there yet: lists to append are the list, null members are not there. */
export function plainValue(value: unknown): unknown {
  const more = appended(value)
  if (more) return more
  if (!isTable(value)) return value
  const table = newTable()
  for (const key of Object.keys(value)) {
    if (value[key] !== null && value[key] !== undefined) table[key] = plainValue(value[key])
  }
  return table
}

/**
 * A merge patch applied, `$append` included. Changes neither argument.
 *
 * @throws JsonEditRefused when something other than a list is to be appended to
 */
export function mergeJsonPatch(base: unknown, patch: Table, file: string): Table {
  const merged = newTable()
  if (isTable(base)) for (const key of Object.keys(base)) merged[key] = base[key]
  for (const key of Object.keys(patch)) {
    const [value, there] = [patch[key], merged[key]]
    const more = appended(value)
    if (value === null || value === undefined) delete merged[key]
    else if (more && Array.isArray(there)) merged[key] = [...there, ...more]
    else if (more && there !== undefined) throw new JsonEditRefused(file, `"${key}" is not a list`)
    else if (!more && isTable(value) && isTable(there)) merged[key] = mergeJsonPatch(there, value, file)
    else merged[key] = plainValue(value)
  }
  return merged
}
