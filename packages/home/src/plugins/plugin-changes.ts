import type { Change, MergeToml, Table, TreeFile } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'
import type { MarketplaceSource } from './marketplace-source.js'
import { checkMarketplaceName, checkPluginName, checkPluginVersion, isReservedMarketplace } from './names.js'
import { PluginError } from './plugin-error.js'
import { fetchedMarketplace, pluginFolder } from './plugin-paths.js'
import type { Tree } from './read-tree.js'

/** A configuration that we make is for its owner's eyes. Source: reference 0.169.0. */
const configMode = 0o600

/** Says in config.toml where a marketplace is. @throws PluginError for a name that is none */
export function registerMarketplace(layout: HomeLayout, name: string, source: MarketplaceSource): MergeToml {
  const { type } = source
  const git = type === 'git' ? source : undefined
  const entry: Table = {
    source_type: type,
    source: type === 'git' ? source.url : source.path,
    ...(git?.ref ? { ref: git.ref } : {}),
    ...(git && git.sparsePaths.length > 0 ? { sparse_paths: git.sparsePaths } : {}),
  }
  if (isReservedMarketplace(name))
    throw new PluginError('conflict', `marketplace \`${name}\` is reserved and cannot be added from this source`)
  return mergeConfig(layout, { marketplaces: { [checkMarketplaceName(name)]: entry } })
}

/** Puts the files of a fetched marketplace where the home keeps them. @throws PluginError for a name that is none */
export function keepMarketplace(
  layout: HomeLayout,
  name: string,
  tree: Tree,
  record: TreeFile,
  replace: boolean,
): Change {
  const path = fetchedMarketplace(layout, checkMarketplaceName(name))
  return { type: 'copyTree', path, files: [...tree.files, record], folders: tree.folders, ...(replace && { replace }) }
}

/** A plugin that is to be installed. */
export interface PluginToInstall {
  readonly marketplace: string
  readonly plugin: string
  /** The folder of its version: see `versionFolder`. */
  readonly version: string
  readonly tree: Pick<Tree, 'files' | 'folders'>
  /** Something stands where it goes, and gives way. */
  readonly replace: boolean
}

/** Copies a plugin into the cache, and switches it on. @throws PluginError for names that are none */
export function installPluginChanges(layout: HomeLayout, wanted: PluginToInstall): readonly [Change, MergeToml] {
  const plugin = checkPluginName(wanted.plugin)
  const marketplace = checkMarketplaceName(wanted.marketplace)
  const version = checkPluginVersion(wanted.version)
  const { files, folders } = wanted.tree
  const tree: Change = {
    type: 'copyTree',
    path: pluginFolder(layout, marketplace, plugin),
    files: files.map((file) => ({ ...file, relativePath: `${version}/${file.relativePath}` })),
    folders: [version, ...folders.map((folder) => `${version}/${folder}`)],
    ...(wanted.replace && { replace: true }),
  }
  return [tree, mergeConfig(layout, { plugins: { [`${plugin}@${marketplace}`]: { enabled: true } } })]
}

function mergeConfig(layout: HomeLayout, patch: Table): MergeToml {
  return { type: 'mergeToml', path: layout.configToml, patch, mode: configMode }
}
