import type { MigrationItemType } from '@gangway/protocol'
import type { MigrationDetails, MigrationItem } from './wire.js'

/** The list of `details` that selects among things of a type. */
const LISTS = {
  SKILLS: 'skills',
  COMMANDS: 'commands',
  SUBAGENTS: 'subagents',
  HOOKS: 'hooks',
  MCP_SERVER_CONFIG: 'mcpServers',
} as const satisfies Partial<Record<MigrationItemType, keyof MigrationDetails>>

/** The names an item selects, or undefined for all: no details, or a type whose things have no names. */
export function selectedNames({ itemType, details }: MigrationItem): readonly string[] | undefined {
  if (itemType === 'PLUGINS') {
    return details?.plugins?.flatMap(({ marketplaceName, pluginNames }) =>
      pluginNames.map((plugin) => `${plugin}@${marketplaceName}`),
    )
  }
  if (itemType === 'MEMORY') return details?.memory ?? []
  const list = listOf(itemType)
  if (!list || !details) return undefined
  return details[list]?.map(({ name }) => name)
}

/** The details with which `detect` offers `names`; null for types whose things have no names. Every list is there. */
export function detailsOf(itemType: MigrationItemType, names: readonly string[]): MigrationDetails | null {
  const none = { plugins: [], skills: [], sessions: [], mcpServers: [], hooks: [], subagents: [], commands: [] }
  if (itemType === 'PLUGINS') return { ...none, plugins: pluginsByMarketplace(names) }
  if (itemType === 'MEMORY') return { ...none, memory: [...names].sort() }
  const list = listOf(itemType)
  if (!list) return null
  return { ...none, [list]: names.map((name) => ({ name })) }
}

/** Both in the order of their names. Source: reference 0.169.0. */
function pluginsByMarketplace(ids: readonly string[]): { marketplaceName: string; pluginNames: string[] }[] {
  const groups = new Map<string, string[]>()
  for (const id of [...ids].sort()) {
    const at = id.lastIndexOf('@')
    const [plugin, marketplace] = [id.slice(0, at), id.slice(at + 1)]
    groups.set(marketplace, [...(groups.get(marketplace) ?? []), plugin])
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([marketplaceName, pluginNames]) => ({ marketplaceName, pluginNames }))
}

function listOf(itemType: MigrationItemType): (typeof LISTS)[keyof typeof LISTS] | undefined {
  return (LISTS as Partial<Record<MigrationItemType, (typeof LISTS)[keyof typeof LISTS]>>)[itemType]
}
