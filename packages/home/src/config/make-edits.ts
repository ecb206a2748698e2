import type { Table } from '../changes/change.js'
import { isTable, mergePatch, newTable, type OpenTable } from '../data/table.js'
import { ConfigWriteError } from './config-errors.js'
import { tomlForm } from './json-form.js'

export interface ConfigEdit {
  /** Dotted; parts with dots in double quotes. */
  readonly keyPath: string
  /** A JSON value; null takes the key away. */
  readonly value: unknown
  /** `upsert` merges tables, `replace` puts the value in the place of what is there. */
  readonly mergeStrategy: 'replace' | 'upsert'
}

/** Selectors that the reference reads no more, and will not write. */
const legacy: { readonly [key: string]: string } = {
  profile: '`profile` is a legacy config selector',
  profiles: '`profiles` contains legacy config profile tables',
}

/** A configuration with all edits made, in order. Changes none of its arguments. @throws ConfigWriteError `configValidationError` */
export function editedConfig(
  config: Table,
  edits: readonly (ConfigEdit & { readonly path: readonly string[] })[],
): Table {
  return edits.reduce((table, { path, value, mergeStrategy }) => {
    const refusal = Object.hasOwn(legacy, path[0] ?? '') ? legacy[path[0] ?? ''] : undefined
    if (refusal)
      throw invalid(
        `${refusal} and can no longer be written; use \`--profile <name>\` with \`<name>.config.toml\` instead`,
      )
    return value === null || value === undefined
      ? without(table, path)
      : changed(table, path, tomlForm(value), mergeStrategy)
  }, config)
}

/** What stands at a path; undefined when nothing does. */
export function valueAt(table: Table, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    table,
  )
}

function changed(table: Table, path: readonly string[], value: unknown, strategy: ConfigEdit['mergeStrategy']): Table {
  const [key = '', ...rest] = path
  const result = copyOf(table)
  const there = result[key]
  if (rest.length > 0) {
    if (there !== undefined && !isTable(there)) throw invalid('cannot set value on non-table parent')
    result[key] = changed(there ?? newTable(), rest, value, strategy)
  } else result[key] = strategy === 'upsert' && isTable(there) && isTable(value) ? mergePatch(there, value) : value
  return result
}

function without(table: Table, path: readonly string[]): Table {
  const [key = '', ...rest] = path
  if (!Object.hasOwn(table, key)) return table
  const result = copyOf(table)
  const there = result[key]
  if (rest.length === 0) delete result[key]
  else if (isTable(there)) result[key] = without(there, rest)
  return result
}

function copyOf(table: Table): OpenTable {
  return Object.assign(newTable(), table)
}

function invalid(message: string): ConfigWriteError {
  return new ConfigWriteError('configValidationError', message)
}
