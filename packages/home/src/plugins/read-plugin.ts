import { PluginError } from './plugin-error.js'
import { type PluginManifest, readPluginManifest, versionFolder } from './plugin-manifest.js'
import { pluginLimits, readTree, type Tree } from './read-tree.js'

/** A plugin as it stands in a folder, all of it looked through. */
export interface ReadPlugin {
  readonly manifest: PluginManifest
  /** The folder of its version in the cache. */
  readonly version: string
  readonly tree: Tree
}

/**
 * The plugin in a folder, which a marketplace calls `name`. Reads the disk, runs nothing.
 *
 * @throws PluginError: links and odd files in it, no or a bad manifest, another name, too large
 */
export function readPlugin(name: string, folder: string): ReadPlugin {
  // Looked through first: no manifest behind a link is read.
  const tree = treeOf(folder)
  const manifest = readPluginManifest(folder)
  if (manifest.name !== null && manifest.name !== name) {
    const message = `plugin.json name \`${manifest.name}\` does not match marketplace plugin name \`${name}\``
    throw new PluginError('conflict', message)
  }
  return { manifest, version: versionFolder(manifest), tree }
}

function treeOf(folder: string): Tree {
  try {
    return readTree(folder, pluginLimits)
  } catch (error) {
    if (error instanceof PluginError && error.fault === 'not-found')
      throw new PluginError('not-found', 'missing plugin.json', { cause: error })
    throw error
  }
}
