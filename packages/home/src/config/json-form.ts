import { createHash } from 'node:crypto'
import type { Table } from '../changes/change.js'
import { isTable, newTable, type OpenTable } from '../data/table.js'

/** Members of a server that the reference takes for numbers with a fraction, however they are written. */
const fractions: readonly string[] = ['startup_timeout_sec', 'tool_timeout_sec']

/** A configuration as JSON values: whole numbers beyond 2^53 are rounded, dates are tables as the reference shows them. */
export function jsonForm(value: Table): Table {
  return plainValue(value) as Table
}

/**
 * `sha256:<hex>` of a configuration parsed exactly, in canonical form: JSON without blanks, keys in byte order.
 * Source: reference 0.169.0, found by trying.
 */
export function versionOf(config: Table): string {
  return `sha256:${createHash('sha256').update(canonical(config, [])).digest('hex')}`
}

/** JSON values as TOML holds them: whole numbers become bigint, members that are null are left out. */
export function tomlForm(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(tomlForm)
  return isTable(value) ? mapTable(value, tomlForm) : value
}

function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return Object.assign(newTable(), { $__toml_private_datetime: value.toISOString() })
  if (Array.isArray(value)) return value.map(plainValue)
  return isTable(value) ? mapTable(value, plainValue) : value
}

function mapTable(table: Table, change: (value: unknown) => unknown): OpenTable {
  const result = newTable()
  for (const key of Object.keys(table))
    if (table[key] !== null && table[key] !== undefined) result[key] = change(table[key])
  return result
}

function canonical(value: unknown, path: readonly string[]): string {
  if (typeof value === 'bigint') return isFraction(path) ? `${value}.0` : String(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value)
  if (value instanceof Date) return `{"$__toml_private_datetime":${JSON.stringify(value.toISOString())}}`
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry, [...path, ''])).join(',')}]`
  if (!isTable(value)) return JSON.stringify(value)
  const keys = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key], [...path, key])}`).join(',')}}`
}

function isFraction([first, , key = '', ...more]: readonly string[]): boolean {
  return first === 'mcp_servers' && more.length === 0 && fractions.includes(key)
}
