import { join, resolve } from 'node:path'
import type { MarketplacePlace, Place } from '../../artifact.js'
import type { Fact, ImportProblem } from '../../fact.js'
import { factOf, readingRoot } from '../../fact-of.js'
import type { SourceFiles } from '../../source-files.js'
import { isTable, type JsonTable, pointerTo, readTable } from '../reading/json-table.js'
import type { SettingsFile } from './settings-files.js'

/** A marketplace, and every place that speaks of it, the one that counts first. */
export interface KnownMarketplace {
  readonly place: MarketplacePlace | undefined
  readonly facts: readonly Fact[]
}

/** Those that Claude Code knows without being told. Source: reference 0.169.0. */
const implied: { readonly [name: string]: string } = {
  'claude-plugins-official': 'anthropics/claude-plugins-official',
  'claude-code-plugins': 'anthropics/claude-code',
}

/** Every marketplace by name: those in the settings count more than those that Claude Code has noted itself. Reads files. */
export function readMarketplaces(
  place: Place,
  settings: readonly SettingsFile[],
  files: SourceFiles,
): { readonly marketplaces: ReadonlyMap<string, KnownMarketplace>; readonly problem?: ImportProblem } {
  const path = join(place.configDir, 'plugins', 'known_marketplaces.json')
  const noted = readTable(path, readingRoot(place), files, 'PLUGINS', 'the list of marketplaces must be an object')
  const said = settings.toReversed().map((file) => ({
    file: file.path,
    pointer: '/extraKnownMarketplaces',
    table: file.table?.extraKnownMarketplaces,
  }))
  const marketplaces = new Map<string, KnownMarketplace>()
  for (const { file, pointer, table } of [...said, { file: path, pointer: '', table: noted.table }]) {
    for (const [name, entry] of Object.entries(isTable(table) ? table : {})) {
      const fact = factOf(place, file, `${pointer}${pointerTo(name)}`)
      const known = marketplaces.get(name)
      const found = known?.place ?? placeOf(entry, place)
      marketplaces.set(name, { place: found, facts: [...(known?.facts ?? []), fact] })
    }
  }
  for (const [name, repository] of Object.entries(implied)) {
    const known = marketplaces.get(name)
    if (!known?.place) marketplaces.set(name, { place: onGitHub(repository, null), facts: known?.facts ?? [] })
  }
  return { marketplaces, ...(noted.problem && { problem: noted.problem }) }
}

function placeOf(entry: unknown, place: Place): MarketplacePlace | undefined {
  if (!isTable(entry)) return undefined
  const source = isTable(entry.source) ? entry.source : {}
  const [repository, url, path] = [textAt(source, 'repo'), textAt(source, 'url'), textAt(source, 'path')]
  const ref = textAt(source, 'ref') ?? null
  switch (source.source) {
    case 'github':
      return repository === undefined ? undefined : onGitHub(repository, ref)
    case 'git':
      return url === undefined ? undefined : { type: 'repository', url, ref }
    case 'directory':
    case 'local':
      return folder(path, place)
    case 'file':
    case 'url':
    case 'npm':
    case 'settings':
      return folder(textAt(entry, 'installLocation'), place)
    default:
      if (repository !== undefined) return onGitHub(repository, ref)
      if (url !== undefined) return { type: 'repository', url, ref }
      return folder(path ?? textAt(entry, 'source'), place)
  }
}

function onGitHub(repository: string, ref: string | null): MarketplacePlace {
  return { type: 'repository', url: `https://github.com/${repository}.git`, ref }
}

function folder(path: string | undefined, { configDir }: Place): MarketplacePlace | undefined {
  return path === undefined ? undefined : { type: 'folder', path: resolve(configDir, path) }
}

function textAt(table: JsonTable, key: string): string | undefined {
  const value = table[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
