import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import type { MarketplaceSource } from './marketplace-source.js'
import { parsePluginId } from './names.js'
import { tableAt, textAt, textsAt } from './read-manifest-file.js'

/** What a configuration says of marketplaces and plugins. */
export interface PluginConfig {
  /** By name. Those that say no source which we know are left out. */
  readonly marketplaces: ReadonlyMap<string, MarketplaceSource>
  /** By `plugin@marketplace`. */
  readonly plugins: ReadonlyMap<string, { readonly enabled: boolean }>
}

/** Reads the `marketplaces` and `plugins` tables of a config.toml. Touches no disk. Source: reference 0.169.0. */
export function pluginConfigOf(config: Table | undefined): PluginConfig {
  const marketplaces = new Map<string, MarketplaceSource>()
  for (const [name, entry] of Object.entries(tableAt(config, 'marketplaces') ?? {})) {
    const source = isTable(entry) ? sourceOf(entry) : undefined
    if (source && parsePluginId(`x@${name}`)) marketplaces.set(name, source)
  }
  const plugins = new Map<string, { enabled: boolean }>()
  for (const [id, entry] of Object.entries(tableAt(config, 'plugins') ?? {})) {
    if (isTable(entry) && parsePluginId(id)) plugins.set(id, { enabled: entry.enabled !== false })
  }
  return { marketplaces, plugins }
}

function sourceOf(entry: Table): MarketplaceSource | undefined {
  const source = textAt(entry, 'source')
  if (source === null) return undefined
  if (entry.source_type === 'local') return { type: 'local', path: source }
  if (entry.source_type !== 'git') return undefined
  return { type: 'git', url: source, ref: textAt(entry, 'ref'), sparsePaths: textsAt(entry, 'sparse_paths') }
}
