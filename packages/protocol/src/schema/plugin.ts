import { z } from 'zod'
import { named, path } from './named.js'
import { AppSummary } from './plugin-detail.js'
import {
  MarketplaceLoadErrorInfo,
  PluginAuthPolicy,
  PluginListMarketplaceKind,
  PluginMarketplaceEntry,
} from './plugin-summary.js'

/** Params of `plugin/list`. */
export const PluginListParams = named(
  'PluginListParams',
  'Params of `plugin/list`.',
  z.object({
    cwds: z.array(path).nullish().describe('Folders whose projects may have marketplaces.'),
    forceRefetch: z.boolean().optional().describe('Asks the catalog anew.'),
    marketplaceKinds: z
      .array(PluginListMarketplaceKind)
      .nullish()
      .describe('Null: those on this machine, and the catalog where it is switched on.'),
  }),
)

/** Result of `plugin/list`. */
export const PluginListResponse = named(
  'PluginListResponse',
  'Result of `plugin/list`.',
  z.object({
    featuredPluginIds: z.array(z.string()).optional(),
    marketplaceLoadErrors: z.array(MarketplaceLoadErrorInfo).optional(),
    marketplaces: z.array(PluginMarketplaceEntry),
  }),
)

/** Params of `plugin/installed`. */
export const PluginInstalledParams = named(
  'PluginInstalledParams',
  'Params of `plugin/installed`.',
  z.object({
    cwds: z.array(path).nullish().describe('Folders whose projects may have marketplaces.'),
    installSuggestionPluginNames: z
      .array(z.string())
      .nullish()
      .describe('Plugins that are wanted although they are not installed.'),
  }),
)

/** Result of `plugin/installed`. */
export const PluginInstalledResponse = named(
  'PluginInstalledResponse',
  'Result of `plugin/installed`.',
  z.object({
    marketplaceLoadErrors: z.array(MarketplaceLoadErrorInfo).optional(),
    marketplaces: z.array(PluginMarketplaceEntry),
  }),
)

/** Params of `plugin/install`. */
export const PluginInstallParams = named(
  'PluginInstallParams',
  'Params of `plugin/install`.',
  z.object({
    installAttemptId: z.string().nullish(),
    marketplacePath: path.nullish(),
    pluginName: z.string(),
    remoteMarketplaceName: z.string().nullish(),
  }),
)

/** Result of `plugin/install`. */
export const PluginInstallResponse = named(
  'PluginInstallResponse',
  'Result of `plugin/install`.',
  z.object({ appsNeedingAuth: z.array(AppSummary), authPolicy: PluginAuthPolicy }),
)

/** Params of `plugin/uninstall`. */
export const PluginUninstallParams = named(
  'PluginUninstallParams',
  'Params of `plugin/uninstall`.',
  z.object({ pluginId: z.string() }),
)

/** Result of `plugin/uninstall`. */
export const PluginUninstallResponse = named('PluginUninstallResponse', 'Result of `plugin/uninstall`.', z.object({}))

/** Params of `plugin/reconcile`. */
export const PluginReconcileParams = named(
  'PluginReconcileParams',
  'Params of `plugin/reconcile`.',
  z.object({ reason: z.string().nullish() }),
)

const PluginReconcileChangedPlugin = named(
  'PluginReconcileChangedPlugin',
  'A plugin that has changed, and which kinds of things it declares.',
  z.object({
    hasApps: z.boolean(),
    hasHooks: z.boolean(),
    hasMcps: z.boolean(),
    hasSkills: z.boolean(),
    id: z.string(),
  }),
)

/** Result of `plugin/reconcile`. */
export const PluginReconcileResponse = named(
  'PluginReconcileResponse',
  'Result of `plugin/reconcile`.',
  z.object({
    changedPlugins: z.array(PluginReconcileChangedPlugin),
    failedMaterializationRemotePluginIds: z
      .array(z.string())
      .describe('Those of the failed whose files are not there.'),
    failedRemotePluginIds: z.array(z.string()),
  }),
)
