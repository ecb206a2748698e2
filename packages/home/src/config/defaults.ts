import type { Table } from '../changes/change.js'
import { isTable, mergePatch, newTable } from '../data/table.js'
import { emptyKeys, settings, tableDefaults } from './default-values.js'

/**
 * A configuration with what the reference fills in: every key it knows is there, null where nothing is set, and tables
 * that are there have their members. Touches no disk. Source: reference 0.169.0, `config/read` in an empty home.
 */
export function withDefaults(config: Table): Table {
  const filled = newTable()
  for (const key of emptyKeys) filled[key] = null
  Object.assign(filled, settings)
  for (const key of Object.keys(config)) {
    const [value, base] = [config[key], filled[key]]
    filled[key] = isTable(value) && isTable(base) ? { ...base, ...value } : value
  }
  for (const [pattern, members] of Object.entries(tableDefaults)) {
    const [key = '', each] = pattern.split('.')
    const table = filled[key]
    if (!isTable(table)) continue
    filled[key] = each === undefined ? over(members, table) : eachOver(members, table)
  }
  return filled
}

function eachOver(members: Table, table: Table): Table {
  const result = newTable()
  for (const key of Object.keys(table)) {
    const entry = table[key]
    result[key] = isTable(entry) ? over(members, entry) : entry
  }
  return result
}

/** The members, and the table's own over them. Unlike a merge patch it keeps members that are null. */
function over(members: Table, table: Table): Table {
  return Object.assign(newTable(), members, mergePatch(newTable(), table))
}
