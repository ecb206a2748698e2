// A face for those who read marketplaces and plugins, and plan what becomes of them: it loads no program that fetches, and
// nothing that edits.
export {
  type Marketplace,
  type OfferedPlugin,
  readMarketplace,
  readMarketplaceFile,
} from './plugins/marketplace-manifest.js'
export { gitSource, gitUrl, type MarketplaceSource } from './plugins/marketplace-source.js'
export { parsePluginId } from './plugins/names.js'
export { installPluginChanges, keepMarketplace, registerMarketplace } from './plugins/plugin-changes.js'
export { type PluginConfig, pluginConfigOf } from './plugins/plugin-config.js'
export { type PluginHook, readPluginContents } from './plugins/plugin-contents.js'
export { PluginError } from './plugins/plugin-error.js'
export { lookOf } from './plugins/plugin-interface.js'
export { findPluginManifest, type PluginManifest } from './plugins/plugin-manifest.js'
export { fetchedMarketplace, pluginFolder } from './plugins/plugin-paths.js'
export { type ReadPlugin, readPlugin } from './plugins/read-plugin.js'
export { marketplaceLimits, pluginLimits, readTree } from './plugins/read-tree.js'
