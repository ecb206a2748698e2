import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TreeFile } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import { type FetchOptions, fetchRepository } from './fetch-repository.js'
import type { Marketplace, OfferedPlugin } from './marketplace-manifest.js'
import { gitSource } from './marketplace-source.js'
import { parsePluginId } from './names.js'
import { installPluginChanges } from './plugin-changes.js'
import { PluginError } from './plugin-error.js'
import { type PluginManifest, readPluginManifest, versionFolder } from './plugin-manifest.js'
import { pluginFolder } from './plugin-paths.js'
import { apply, putTree } from './put-tree.js'
import { readPluginConfig } from './read-plugin-config.js'
import { pluginLimits, readTree, type Tree } from './read-tree.js'

/** Further files for a plugin, made of what it has: given its folder, manifest and files. */
export type AddFiles = (folder: string, manifest: PluginManifest, tree: Tree) => Promise<readonly TreeFile[]>

export interface InstallOptions extends FetchOptions {
  readonly addFiles?: AddFiles
}

/** A plugin of a marketplace by its name. @throws PluginError `not-found` */
export function findOffered(marketplace: Marketplace, name: string): OfferedPlugin {
  const found = marketplace.plugins.find((plugin) => plugin.name === name)
  if (found) return found
  throw new PluginError('not-found', `plugin \`${name}\` was not found in marketplace \`${marketplace.name}\``)
}

/**
 * Installs a plugin of a marketplace and switches it on; a version that is there gives way. Nothing of it is run. Writes to
 * disk; for a plugin in a repository of its own it starts `git`.
 *
 * @throws PluginError; errors of the editors and the file system as they are
 */
export async function installPlugin(
  layout: HomeLayout,
  marketplace: Marketplace,
  name: string,
  options: InstallOptions,
): Promise<OfferedPlugin> {
  const offered = findOffered(marketplace, name)
  if (offered.installPolicy === 'NOT_AVAILABLE') {
    const message = `plugin \`${name}\` is not available for install in marketplace \`${marketplace.name}\``
    throw new PluginError('not-available', message)
  }
  await withPluginFolder(layout, offered, options, (folder) => place(layout, marketplace.name, name, folder, options))
  return offered
}

/** Installs anew, where a marketplace was renewed, what is installed of it. What fails stays as it was. Writes to disk. */
export async function refreshPlugins(
  layout: HomeLayout,
  marketplace: Marketplace,
  options: InstallOptions,
): Promise<void> {
  const { plugins } = readPluginConfig(layout)
  for (const { name } of marketplace.plugins) {
    if (!plugins.has(`${name}@${marketplace.name}`) || !installedVersion(layout, marketplace.name, name)) continue
    try {
      const offered = findOffered(marketplace, name)
      await withPluginFolder(layout, offered, options, (folder) =>
        copy(layout, marketplace.name, name, folder, options),
      )
    } catch (error) {
      if (!(error instanceof PluginError)) throw error
    }
  }
}

/** Takes a plugin away; nothing happens where there is none. Writes to disk. @throws PluginError `invalid` for what is no id */
export async function uninstallPlugin(layout: HomeLayout, id: string): Promise<void> {
  const parts = parsePluginId(id)
  if (!parts) throw new PluginError('invalid', `invalid plugin id \`${id}\`; expected <plugin>@<marketplace>`)
  const folder = pluginFolder(layout, parts.marketplace, parts.plugin)
  if (readPluginConfig(layout).plugins.has(id)) {
    await apply(layout, { type: 'mergeToml', path: layout.configToml, patch: { plugins: { [id]: null } } })
  }
  rmSync(folder, { recursive: true, force: true })
  try {
    rmdirSync(dirname(folder))
  } catch {
    // Other plugins of it are there, or none ever was.
  }
}

/** The version of an installed plugin: the name of its folder, or undefined. Reads the disk. */
export function installedVersion(layout: HomeLayout, marketplace: string, plugin: string): string | undefined {
  try {
    return readdirSync(pluginFolder(layout, marketplace, plugin)).filter((name) => !name.startsWith('.'))[0]
  } catch {
    return undefined
  }
}

/** Gives `use` the folder with the files of a plugin, fetched if need be, and clears up after it. @throws PluginError */
export async function withPluginFolder<T>(
  layout: HomeLayout,
  { origin, name }: OfferedPlugin,
  options: FetchOptions,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  if (origin.type === 'local') return await use(origin.path)
  if (origin.type === 'npm')
    throw new PluginError('not-available', `plugin \`${name}\` is an npm package, which is not installed`)
  const fetched = await fetchRepository(layout, gitSource(origin.url, origin.ref), options, origin.sha)
  try {
    return await use(origin.path === null ? fetched.folder : join(fetched.folder, origin.path))
  } finally {
    fetched.remove()
  }
}

/** A plugin's files as they will be installed. Reads the disk. @throws PluginError */
export async function pluginToInstall(
  name: string,
  folder: string,
  addFiles: AddFiles | undefined,
): Promise<{ readonly version: string; readonly tree: Pick<Tree, 'files' | 'folders'> }> {
  // Looked through first: no manifest behind a link is read.
  const tree = readTreeOf(folder)
  const manifest = readPluginManifest(folder)
  if (manifest.name !== null && manifest.name !== name) {
    const message = `plugin.json name \`${manifest.name}\` does not match marketplace plugin name \`${name}\``
    throw new PluginError('conflict', message)
  }
  const more = (await addFiles?.(folder, manifest, tree)) ?? []
  return { version: versionFolder(manifest), tree: { files: [...tree.files, ...more], folders: tree.folders } }
}

function readTreeOf(folder: string): Tree {
  try {
    return readTree(folder, pluginLimits)
  } catch (error) {
    if (error instanceof PluginError && error.fault === 'not-found')
      throw new PluginError('not-found', 'missing plugin.json', { cause: error })
    throw error
  }
}

async function place(
  layout: HomeLayout,
  marketplace: string,
  plugin: string,
  folder: string,
  { addFiles }: InstallOptions,
): Promise<void> {
  const found = await pluginToInstall(plugin, folder, addFiles)
  const [tree, config] = installPluginChanges(layout, { marketplace, plugin, ...found, replace: false })
  await putTree(layout, tree)
  await apply(layout, config)
}

async function copy(
  layout: HomeLayout,
  marketplace: string,
  plugin: string,
  folder: string,
  { addFiles }: InstallOptions,
): Promise<void> {
  const found = await pluginToInstall(plugin, folder, addFiles)
  await putTree(layout, installPluginChanges(layout, { marketplace, plugin, ...found, replace: false })[0])
}
