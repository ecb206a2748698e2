import { dirname, join } from 'node:path'
import type { Table } from '../changes/change.js'
import { isTable } from '../data/table.js'
import { HomeError, JsonSyntaxError } from '../errors.js'
import { gitUrl } from './marketplace-source.js'
import { checkMarketplaceName, isPluginName, isReservedMarketplace } from './names.js'
import { PluginError } from './plugin-error.js'
import { pathBelow, readManifestFile, tableAt, textAt } from './read-manifest-file.js'

/** Where the files of a plugin come from. */
type PluginOrigin =
  | { readonly type: 'local'; readonly path: string }
  | {
      readonly type: 'git'
      readonly url: string
      /** A folder of the repository, `/` between parts. */
      readonly path: string | null
      readonly ref: string | null
      readonly sha: string | null
    }
  | {
      readonly type: 'npm'
      readonly package: string
      readonly version: string | null
      readonly registry: string | null
    }

/** A plugin as a marketplace offers it. */
export interface OfferedPlugin {
  readonly name: string
  readonly origin: PluginOrigin
  readonly category: string | null
  readonly installPolicy: 'NOT_AVAILABLE' | 'AVAILABLE' | 'INSTALLED_BY_DEFAULT'
  readonly authPolicy: 'ON_INSTALL' | 'ON_USE'
}

/** A marketplace as its manifest tells it. */
export interface Marketplace {
  readonly name: string
  /** The manifest. Absolute. */
  readonly path: string
  /** The folder that the plugins' paths start from. Absolute. */
  readonly root: string
  readonly displayName: string | null
  /** Those that can be named; of one name the first counts. */
  readonly plugins: readonly OfferedPlugin[]
}

/** Where a marketplace keeps its manifest, first found first. Source: reference 0.169.0. */
export const marketplaceManifests = [
  '.agents/plugins/marketplace.json',
  '.claude-plugin/marketplace.json',
  '.cursor-plugin/marketplace.json',
] as const

/** The marketplace in a folder. Reads the disk, and nothing that a link leads to. @throws PluginError `invalid` */
export function readMarketplace(root: string): Marketplace {
  for (const manifest of marketplaceManifests) {
    const found = tryRead(join(root, manifest))
    if (found) return found
  }
  throw invalid(root, 'marketplace root does not contain a supported manifest')
}

/** The marketplace of a manifest. Reads the disk. @throws PluginError `not-found` or `invalid` */
export function readMarketplaceFile(path: string): Marketplace {
  const found = tryRead(path)
  if (found && isReservedMarketplace(found.name))
    throw invalid(path, `marketplace \`${found.name}\` is reserved and cannot be loaded from this source`)
  if (found) return found
  throw new PluginError('not-found', `marketplace file \`${path}\` does not exist`)
}

/** The folder that the paths of a manifest start from. */
function rootOf(path: string): string {
  const normal = path.replaceAll('\\', '/')
  const known = marketplaceManifests.find((manifest) => normal.endsWith(`/${manifest}`))
  return known ? path.slice(0, -known.length - 1) : dirname(path)
}

function tryRead(path: string): Marketplace | undefined {
  try {
    const table = readManifestFile(path)
    return table && decode(table, path)
  } catch (error) {
    if (error instanceof PluginError && error.fault !== 'invalid') throw error
    if (error instanceof JsonSyntaxError)
      throw invalid(path, `${error.detail} at line ${error.line} column ${error.column}`, error)
    if (error instanceof HomeError) throw invalid(path, error.message, error)
    throw error
  }
}

function decode(table: Table, path: string): Marketplace {
  const name = textAt(table, 'name')
  if (name === null) throw invalid(path, 'missing field `name`')
  checkMarketplaceName(name)
  const root = rootOf(path)
  const listed = Array.isArray(table.plugins) ? table.plugins : []
  const plugins = new Map<string, OfferedPlugin>()
  for (const entry of listed) {
    const plugin = isTable(entry) ? offered(entry, root) : undefined
    if (plugin && !plugins.has(plugin.name)) plugins.set(plugin.name, plugin)
  }
  const displayName = textAt(tableAt(table, 'interface'), 'displayName')
  return { name, path, root, displayName, plugins: [...plugins.values()] }
}

function offered(entry: Table, root: string): OfferedPlugin | undefined {
  const name = textAt(entry, 'name')
  const origin = originOf(entry.source, root)
  if (name === null || !isPluginName(name) || !origin) return undefined
  const policy = tableAt(entry, 'policy')
  const install = textAt(policy, 'installation')
  return {
    name,
    origin,
    category: textAt(entry, 'category'),
    installPolicy: install === 'NOT_AVAILABLE' || install === 'INSTALLED_BY_DEFAULT' ? install : 'AVAILABLE',
    authPolicy: textAt(policy, 'authentication') === 'ON_USE' ? 'ON_USE' : 'ON_INSTALL',
  }
}

function originOf(source: unknown, root: string): PluginOrigin | undefined {
  if (typeof source === 'string') return localOrigin(source, root)
  if (!isTable(source)) return undefined
  switch (source.source) {
    case 'local':
      return localOrigin(textAt(source, 'path') ?? '', root)
    case 'url':
    case 'git':
    case 'git-subdir':
      return gitOrigin(source, textAt(source, 'url'))
    case 'github':
      return gitOrigin(source, textAt(source, 'repo'))
    case 'npm': {
      const name = textAt(source, 'package')
      const [version, registry] = [textAt(source, 'version'), textAt(source, 'registry')]
      return name === null ? undefined : { type: 'npm', package: name, version, registry }
    }
    default:
      return undefined
  }
}

function localOrigin(written: string, root: string): PluginOrigin | undefined {
  const path = pathBelow(root, written)
  return path === undefined ? undefined : { type: 'local', path }
}

function gitOrigin(source: Table, written: string | null): PluginOrigin | undefined {
  const url = written === null ? undefined : (gitUrl(written) ?? written)
  const path = textAt(source, 'path')
  if (url === undefined || (path !== null && pathBelow('', `./${path.replace(/^\.\//, '')}`) === undefined)) {
    return undefined
  }
  return { type: 'git', url, path, ref: textAt(source, 'ref'), sha: textAt(source, 'sha') }
}

function invalid(path: string, reason: string, cause?: unknown): PluginError {
  return new PluginError('invalid', `invalid marketplace file \`${path}\`: ${reason}`, { cause })
}
