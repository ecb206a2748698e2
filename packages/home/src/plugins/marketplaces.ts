import { lstatSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TreeFile } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import { type FetchedRepository, type FetchOptions, fetchRepository, remoteRevision } from './fetch-repository.js'
import { type Marketplace, readMarketplace } from './marketplace-manifest.js'
import {
  type GitSource,
  type MarketplaceSource,
  parseMarketplaceSource,
  type SourceInput,
  shownUrl,
} from './marketplace-source.js'
import { checkMarketplaceName, isReservedMarketplace } from './names.js'
import { keepMarketplace, registerMarketplace } from './plugin-changes.js'
import { PluginError } from './plugin-error.js'
import { fetchedMarketplace, marketplaceRecord } from './plugin-paths.js'
import { apply, putTree } from './put-tree.js'
import { readPluginConfig } from './read-plugin-config.js'
import { marketplaceLimits, readTree } from './read-tree.js'

/** What adding a marketplace came to. */
export interface AddedMarketplace {
  readonly name: string
  /** The folder that its plugins are in. Absolute. */
  readonly root: string
  readonly alreadyAdded: boolean
}

/**
 * Adds a marketplace: a folder stays where it is, a repository is fetched. Nothing in it is run. Writes to disk; for a
 * repository it starts `git`.
 *
 * @throws PluginError; errors of the editors and the file system as they are. Nothing has changed then
 */
export async function addMarketplace(
  layout: HomeLayout,
  given: string,
  options: SourceInput & FetchOptions,
): Promise<AddedMarketplace> {
  const source = parseMarketplaceSource(given, options)
  return source.type === 'local' ? addFolder(layout, source) : addRepository(layout, source, options)
}

async function addFolder(layout: HomeLayout, { path }: { readonly path: string }): Promise<AddedMarketplace> {
  const root = realFolder(path)
  const { name } = readMarketplace(root)
  const known = assertFree(layout, name, { type: 'local', path: root })
  if (!known) await apply(layout, registerMarketplace(layout, name, { type: 'local', path: root }))
  return { name, root, alreadyAdded: known }
}

async function addRepository(layout: HomeLayout, source: GitSource, options: FetchOptions): Promise<AddedMarketplace> {
  for (const [name, other] of readPluginConfig(layout).marketplaces) {
    const root = fetchedMarketplace(layout, name)
    if (isSame(source, other) && isFolder(root)) return { name, root, alreadyAdded: true }
  }
  const fetched = await fetchRepository(layout, source, options)
  try {
    const { name } = readFetchedMarketplace(fetched, source)
    assertFree(layout, name, source)
    await keep(layout, name, source, fetched)
    await apply(layout, registerMarketplace(layout, name, source))
    return { name, root: fetchedMarketplace(layout, name), alreadyAdded: false }
  } finally {
    fetched.remove()
  }
}

/** Forgets a marketplace, and removes what was fetched of it. Plugins of it stay. Writes to disk. @throws PluginError `not-found` */
export async function removeMarketplace(layout: HomeLayout, name: string): Promise<{ readonly root: string | null }> {
  const root = fetchedMarketplace(layout, checkMarketplaceName(name))
  const isFetched = lstatSync(root, { throwIfNoEntry: false }) !== undefined
  const isConfigured = readPluginConfig(layout).marketplaces.has(name)
  if (!isFetched && !isConfigured)
    throw new PluginError('not-found', `marketplace \`${name}\` is not configured or installed`)
  if (isConfigured) {
    await apply(layout, { type: 'mergeToml', path: layout.configToml, patch: { marketplaces: { [name]: null } } })
  }
  rmSync(root, { recursive: true, force: true })
  return { root: isFetched ? root : null }
}

/** What looking for newer marketplaces came to. */
export interface UpgradedMarketplaces {
  readonly selected: readonly string[]
  /** Those that were renewed. */
  readonly upgraded: readonly Marketplace[]
  readonly errors: readonly { readonly name: string; readonly message: string }[]
}

/** Fetches marketplaces anew whose repositories have gone on: one, or all. Writes to disk, starts `git`. @throws PluginError `not-found` */
export async function upgradeMarketplaces(
  layout: HomeLayout,
  wanted: string | null,
  options: FetchOptions,
): Promise<UpgradedMarketplaces> {
  const known = [...readPluginConfig(layout).marketplaces].flatMap(([name, source]) =>
    source.type === 'git' && (wanted === null || wanted === name) ? [{ name, source }] : [],
  )
  if (wanted !== null && known.length === 0)
    throw new PluginError('not-found', `marketplace \`${wanted}\` is not configured as a Git marketplace`)
  const upgraded: Marketplace[] = []
  const errors: { name: string; message: string }[] = []
  for (const { name, source } of known) {
    try {
      if (await upgrade(layout, name, source, options)) upgraded.push(readMarketplace(fetchedMarketplace(layout, name)))
    } catch (error) {
      options.signal?.throwIfAborted()
      errors.push({ name, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { selected: known.map(({ name }) => name), upgraded, errors }
}

async function upgrade(layout: HomeLayout, name: string, source: GitSource, options: FetchOptions): Promise<boolean> {
  if (recordedRevision(layout, name) === (await remoteRevision(source, options))) return false
  const fetched = await fetchRepository(layout, source, options)
  try {
    const now = readFetchedMarketplace(fetched, source).name
    if (now !== name) {
      throw new PluginError(
        'conflict',
        `upgraded marketplace name \`${now}\` does not match configured marketplace \`${name}\``,
      )
    }
    await keep(layout, name, source, fetched)
    return true
  } finally {
    fetched.remove()
  }
}

/** The marketplace in a repository that was fetched. Reads the disk. @throws PluginError that names the repository, and no folder of ours */
export function readFetchedMarketplace({ folder }: FetchedRepository, { url }: GitSource): Marketplace {
  try {
    return readMarketplace(folder)
  } catch (error) {
    if (!(error instanceof PluginError)) throw error
    const message = error.message.replaceAll(`${folder}/`, '').replaceAll(folder, '.')
    throw new PluginError(error.fault, `${shownUrl(url)}: ${message}`, { cause: error })
  }
}

/** What says of a fetched marketplace where it is from. Source: reference 0.169.0. */
export function marketplaceRecordOf({ url, ref, sparsePaths }: GitSource, revision: string): TreeFile {
  const record = { source_type: 'git', source: url, ref_name: ref, sparse_paths: sparsePaths, revision }
  return { relativePath: marketplaceRecord, content: `${JSON.stringify(record, null, 2)}\n` }
}

function keep(layout: HomeLayout, name: string, source: GitSource, fetched: FetchedRepository): Promise<void> {
  const tree = readTree(fetched.folder, marketplaceLimits)
  return putTree(layout, keepMarketplace(layout, name, tree, marketplaceRecordOf(source, fetched.revision), false))
}

/** @returns whether the very same source is there already. @throws PluginError `conflict` for a name of another */
export function assertFree(layout: HomeLayout, name: string, source: MarketplaceSource): boolean {
  if (isReservedMarketplace(name))
    throw new PluginError('conflict', `marketplace \`${name}\` is reserved and cannot be added from this source`)
  const known = readPluginConfig(layout).marketplaces.get(name)
  if (!known) return false
  if (isSame(known, source)) return source.type === 'local'
  throw new PluginError(
    'conflict',
    `marketplace '${name}' is already added from a different source; remove it before adding this source`,
  )
}

function isSame(a: MarketplaceSource, b: MarketplaceSource): boolean {
  if (a.type === 'local' || b.type === 'local') return a.type === 'local' && b.type === 'local' && a.path === b.path
  return a.url === b.url && a.ref === b.ref && a.sparsePaths.join('\n') === b.sparsePaths.join('\n')
}

function recordedRevision(layout: HomeLayout, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(fetchedMarketplace(layout, name), marketplaceRecord), 'utf8')).revision
  } catch {
    return undefined
  }
}

function realFolder(path: string): string {
  const prefix = 'failed to resolve local marketplace source path: '
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) throw new PluginError('not-found', `${prefix}No such file or directory (os error 2)`)
  if (!stats.isDirectory()) throw new PluginError('invalid', 'local marketplace source must be a directory, not a file')
  return realpathSync.native(path)
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
