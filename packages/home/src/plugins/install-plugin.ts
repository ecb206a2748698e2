import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { MergeToml, TreeFile } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import { type FetchOptions, fetchRepository } from './fetch-repository.js'
import type { Marketplace, OfferedPlugin } from './marketplace-manifest.js'
import { gitSource } from './marketplace-source.js'
import { parsePluginId } from './names.js'
import { installPluginChanges } from './plugin-changes.js'
import { PluginError } from './plugin-error.js'
import { pluginFolder } from './plugin-paths.js'
import { apply, putTree } from './put-tree.js'
import { type ReadPlugin, readPlugin } from './read-plugin.js'
import { readPluginConfig } from './read-plugin-config.js'

/** Further files for a plugin, made of what it has. */
export type AddFiles = (folder: string, plugin: ReadPlugin) => Promise<readonly TreeFile[]>

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
  await withPlugin(layout, offered, options, async (folder) => {
    await apply(layout, await place(layout, marketplace.name, name, folder, options))
  })
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
      await withPlugin(layout, offered, options, (folder) => place(layout, marketplace.name, name, folder, options))
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

/** The files of a plugin, for a while. */
export interface OpenedPlugin {
  /** Absolute. */
  readonly folder: string
  /** Clears up what was fetched. */
  readonly close: () => void
}

/** The folder with the files of a plugin, fetched if need be. Close it. May write to disk and start `git`. @throws PluginError */
export async function openPlugin(
  layout: HomeLayout,
  { origin, name }: OfferedPlugin,
  options: FetchOptions,
): Promise<OpenedPlugin> {
  if (origin.type === 'local') return { folder: origin.path, close: () => {} }
  if (origin.type === 'npm')
    throw new PluginError('not-available', `plugin \`${name}\` is an npm package, which is not installed`)
  const { folder, remove } = await fetchRepository(layout, gitSource(origin.url, origin.ref), options, origin.sha)
  return { folder: origin.path === null ? folder : join(folder, origin.path), close: remove }
}

async function withPlugin(
  layout: HomeLayout,
  offered: OfferedPlugin,
  options: FetchOptions,
  use: (folder: string) => Promise<unknown>,
): Promise<void> {
  const { folder, close } = await openPlugin(layout, offered, options)
  try {
    await use(folder)
  } finally {
    close()
  }
}

async function place(
  layout: HomeLayout,
  marketplace: string,
  plugin: string,
  folder: string,
  { addFiles }: InstallOptions,
): Promise<MergeToml> {
  const read = readPlugin(plugin, folder)
  const files = [...read.tree.files, ...((await addFiles?.(folder, read)) ?? [])]
  const tree = { files, folders: read.tree.folders }
  const wanted = { marketplace, plugin, version: read.version, tree, replace: false }
  const [copy, config] = installPluginChanges(layout, wanted)
  await putTree(layout, copy)
  return config
}
