// A face for those who read marketplaces and plugins, and plan what becomes of them: it loads no program that fetches, and
// nothing that edits.
export {
  type Marketplace,
  marketplaceManifests,
  type OfferedPlugin,
  readMarketplace,
  readMarketplaceFile,
} from './plugins/marketplace-manifest.js'
export { type GitSource, gitSource, gitUrl, type MarketplaceSource } from './plugins/marketplace-source.js'
export { parsePluginId } from './plugins/names.js'
export { installPluginChanges, keepMarketplace, registerMarketplace } from './plugins/plugin-changes.js'
export { type PluginConfig, pluginConfigOf } from './plugins/plugin-config.js'
export { type PluginContents, type PluginHook, readPluginContents } from './plugins/plugin-contents.js'
export { PluginError, type PluginFault } from './plugins/plugin-error.js'
export {
  findPluginManifest,
  type PluginManifest,
  readPluginManifest,
  versionFolder,
} from './plugins/plugin-manifest.js'
export { fetchedMarketplace, pluginFolder } from './plugins/plugin-paths.js'
export { type ReadPlugin, readPlugin } from './plugins/read-plugin.js'
export { marketplaceLimits, readTree, type Tree } from './plugins/read-tree.js'
