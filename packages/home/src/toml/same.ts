import { isTable } from '../data/table.js'

/**
 * Whether two parsed TOML documents say the same. Order of keys does not count; `1` and `1.0` differ when both sides were
 * parsed exactly, while a plain whole number (from a patch) counts as a whole number.
 */
export function saysTheSame(left: unknown, right: unknown): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((entry, i) => saysTheSame(entry, right[i]))
    )
  }
  if (isTable(left)) {
    if (!isTable(right)) return false
    const keys = Object.keys(left)
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && saysTheSame(left[key], right[key]))
    )
  }
  return !isTable(right) && !Array.isArray(right) && plain(left) === plain(right)
}

/** A text that differs for values that differ. */
function plain(value: unknown): string {
  if (value instanceof Date) return `date ${value.toISOString()}`
  if (typeof value === 'bigint') return `whole ${value}`
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? `whole ${value}` : `float ${value}`
  return `${typeof value} ${String(value)}`
}
