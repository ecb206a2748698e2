// A face for those who add marketplaces and install plugins: it loads what edits, and starts `git`.
export { type FetchOptions, fetchRepository } from './plugins/fetch-repository.js'
export { type FoundMarketplaces, findMarketplaces, type MarketplaceScope } from './plugins/find-marketplaces.js'
export {
  type AddFiles,
  findOffered,
  type InstallOptions,
  installedVersion,
  installPlugin,
  type OpenedPlugin,
  openPlugin,
  refreshPlugins,
  uninstallPlugin,
} from './plugins/install-plugin.js'
export {
  type AddedMarketplace,
  addMarketplace,
  assertFree,
  marketplaceRecordOf,
  readFetchedMarketplace,
  removeMarketplace,
  type UpgradedMarketplaces,
  upgradeMarketplaces,
} from './plugins/marketplaces.js'
export { readPluginConfig } from './plugins/read-plugin-config.js'
