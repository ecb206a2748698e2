import { stringify } from 'smol-toml'
import type { Table } from '../changes/change.js'
import { isTable, isTableList } from '../data/table.js'

const bareKey = /^[A-Za-z0-9_-]+$/

/** A key as TOML writes it: bare where it may be, else quoted with every control character escaped. */
function writeKey(key: string): string {
  return bareKey.test(key) ? key : JSON.stringify(key).replaceAll('\u007f', '\\u007f')
}

/**
 * A table or list of tables as lines under `[header]` or `[[header]]`, the way a person writes it. Ends in `\n`.
 *
 * @param path keys from the root to it
 */
export function writeBlock(path: readonly string[], value: Table | readonly Table[]): string {
  const header = path.map(writeKey).join('.')
  if (isTableList(value)) return value.map((entry) => `[[${header}]]\n${writeTable(path, entry)}`).join('\n')
  const table = value as Table
  const needsHeader = Object.keys(table).length === 0 || Object.values(table).some((member) => !standsAlone(member))
  return needsHeader ? `[${header}]\n${writeTable(path, table)}` : writeTable(path, table)
}

function writeTable(path: readonly string[], table: Table): string {
  const keys = Object.keys(table).filter((key) => table[key] !== null && table[key] !== undefined)
  const lines = keys.filter((key) => !standsAlone(table[key])).map((key) => stringify({ [key]: table[key] }).trimEnd())
  const below = keys.filter((key) => standsAlone(table[key]))
  const blocks = below.map((key) => writeBlock([...path, key], table[key] as Table))
  const own = lines.map((line) => `${line}\n`).join('')
  return own === '' ? blocks.join('\n') : [own, ...blocks].join('\n')
}

/** Whether a value gets a header of its own. */
function standsAlone(value: unknown): boolean {
  return isTable(value) || isTableList(value)
}
