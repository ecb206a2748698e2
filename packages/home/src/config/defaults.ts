import type { Table } from '../changes/change.js'
import { isTable, newTable } from '../data/table.js'
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
  if (isTable(filled.mcp_servers)) filled.mcp_servers = withArguments(filled.mcp_servers)
  return filled
}

/** A server that is started has a list of arguments. */
function withArguments(servers: Table): Table {
  const result = newTable()
  for (const name of Object.keys(servers)) {
    const server = servers[name]
    result[name] = isTable(server) && Object.hasOwn(server, 'command') ? over({ args: [] }, server) : server
  }
  return result
}

function eachOver(members: Table, table: Table): Table {
  const result = newTable()
  for (const key of Object.keys(table)) {
    const entry = table[key]
    result[key] = isTable(entry) ? over(members, entry) : entry
  }
  return result
}

/** The members, and the table’s own over them; nulls stay. */
function over(members: Table, table: Table): Table {
  return Object.assign(newTable(), members, table)
}
