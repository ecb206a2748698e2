import { join } from 'node:path'
import { parsePluginId } from '@gangway/home/plugins'
import type { Place, PluginArtifact } from '../../artifact.js'
import type { Fact, FateReason, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import { pluginProblem } from '../../problems.js'
import type { Reader } from '../../source.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, pointerTo, readTable } from '../reading/json-table.js'
import { type KnownMarketplace, readMarketplaces } from './plugins-marketplaces.js'
import { readSettingsFiles, type SettingsFile, settingsPath } from './settings-files.js'

/**
 * `enabledPlugins` of the home, each with where its marketplace is, by their ids. What is switched off, or is no plugin, is an
 * artifact that is not taken, and so is a marketplace that no plugin is from. A repository's are no things of their own.
 * Source: reference 0.169.0.
 */
export const pluginsReader: Reader<PluginArtifact> = {
  itemType: 'PLUGINS',

  describe: (place) => settingsPath(place.configDir),

  read(place, files) {
    if (place.kind === 'repo') return { artifacts: [], warnings: [] }
    const settings = readSettingsFiles(place, files, 'PLUGINS')
    const [shared, local] = settings
    if (shared.problem) return { artifacts: [], problem: shared.problem, warnings: [] }
    const { marketplaces, problem } = readMarketplaces(place, settings, files)
    const state = readState(place, files)
    const told = new Set<string>()
    const plugins = enabledIn(place, settings).map((said): PluginArtifact => {
      const { marketplace } = parsePluginId(said.id) ?? { marketplace: '' }
      const known = told.has(marketplace) ? undefined : marketplaces.get(marketplace)
      told.add(marketplace)
      return artifactOf(said, marketplaces.get(marketplace), known?.facts ?? [], state.get(said.id) ?? [])
    })
    const inUse = new Set(plugins.map(({ name }) => name))
    const rest = [
      ...[...marketplaces].flatMap(([name, { facts }]) =>
        told.has(name) ? [] : unused(name, facts, 'no plugin of it'),
      ),
      ...[...state].flatMap(([id, facts]) => (inUse.has(id) ? [] : unused(id, facts, 'nothing in the settings'))),
    ]
    return {
      artifacts: [...plugins, ...rest],
      warnings: [...[local.problem, problem].filter((found) => found !== undefined), ...plugins.flatMap(withoutSource)],
    }
  },
}

interface Said {
  readonly id: string
  readonly value: unknown
  readonly path: string
  readonly fact: Fact
  readonly overridden: readonly Fact[]
}

/** By marketplace, then by plugin. Source: reference 0.169.0. */
function enabledIn(place: Place, settings: readonly SettingsFile[]): readonly Said[] {
  const found = new Map<string, Said>()
  for (const { path, table } of settings) {
    for (const [id, value] of Object.entries(isTable(table?.enabledPlugins) ? table.enabledPlugins : {})) {
      const fact = factOf(place, path, pointerTo('enabledPlugins', id))
      const before = found.get(id)
      found.set(id, { id, value, path, fact, overridden: before ? [...before.overridden, before.fact] : [] })
    }
  }
  const key = ({ id }: Said) => `${id.slice(id.lastIndexOf('@') + 1)}\0${id}`
  return [...found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

function artifactOf(
  { id, value, path, fact, overridden }: Said,
  known: KnownMarketplace | undefined,
  marketplaceFacts: readonly Fact[],
  stateFacts: readonly Fact[],
): PluginArtifact {
  const parts = parsePluginId(id)
  const reason = whyNot(id, value, parts !== undefined)
  return {
    itemType: 'PLUGINS',
    name: id,
    path,
    plugin: parts?.plugin ?? id,
    marketplace: parts?.marketplace ?? '',
    facts: [fact, ...overridden, ...marketplaceFacts, ...stateFacts],
    marketplaceFacts,
    stateFacts,
    overridden,
    ...(known?.place && { from: known.place }),
    ...(reason && { notTaken: reason }),
  }
}

function whyNot(id: string, value: unknown, isId: boolean): FateReason | undefined {
  if (!isId) return { code: 'no-plugin-id', message: `${JSON.stringify(id)} is no plugin@marketplace` }
  if (value === true) return undefined
  if (value === false || value === null) return { code: 'not-in-use', message: `the plugin ${id} is switched off` }
  return { code: 'not-in-use', message: `the plugin ${id} is neither switched on nor off: ${JSON.stringify(value)}` }
}

/** What is known, and not in use. */
function unused(name: string, facts: readonly Fact[], what: string): PluginArtifact[] {
  const [first] = facts
  if (!first) return []
  const notTaken = { code: 'not-in-use', message: `${what} says that ${name} is in use` }
  const none = { marketplaceFacts: [], stateFacts: [], overridden: [] }
  return [{ itemType: 'PLUGINS', name, path: first.file, plugin: '', marketplace: name, facts, notTaken, ...none }]
}

function withoutSource({ name, marketplace, from, notTaken, path }: PluginArtifact): ImportProblem[] {
  if (from || notTaken) return []
  const message = `${path}: the plugin ${name} is in use, and nothing says where its marketplace ${marketplace} is`
  return [{ ...pluginProblem('marketplace_not_found', message, path) }]
}

/** What Claude Code has noted of its own installations, by plugin id. A file that cannot be read says nothing. */
function readState(place: Place, files: SourceFiles): ReadonlyMap<string, readonly Fact[]> {
  const path = join(place.configDir, 'plugins', 'installed_plugins.json')
  const { table } = readTable(path, readingRoot(place), files, 'PLUGINS', 'the list of plugins must be an object')
  const plugins = table?.plugins
  if (!isTable(plugins)) return new Map()
  return new Map(Object.keys(plugins).map((id) => [id, [factOf(place, path, pointerTo('plugins', id))]]))
}
