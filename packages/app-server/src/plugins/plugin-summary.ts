import type {
  findPluginManifest,
  lookOf,
  Marketplace,
  OfferedPlugin,
  PluginConfig,
  PluginManifest,
} from '@gangway/home/plugins'
import type { ClientRequests } from '@gangway/protocol'

/** A marketplace as lists show it. */
type ShownMarketplace = ClientRequests['plugin/installed']['result']['marketplaces'][number]

/** A plugin as lists show it. */
type ShownPlugin = ShownMarketplace['plugins'][number]

/** What a home says of plugins, and how to look further. */
export interface PluginState {
  readonly config: PluginConfig
  readonly installedVersion: (marketplace: string, plugin: string) => string | undefined
  readonly findPluginManifest: typeof findPluginManifest
  readonly lookOf: typeof lookOf
}

/** A marketplace and its plugins. Reads their manifests. */
export function shownMarketplace(marketplace: Marketplace, state: PluginState): ShownMarketplace {
  const { name, path, displayName } = marketplace
  return {
    name,
    path,
    interface: displayName === null ? null : { displayName },
    plugins: marketplace.plugins.map((offered) => shownPlugin(marketplace, offered, state).summary),
  }
}

/** A plugin, and its manifest where its files are on this machine. Reads the manifest. */
export function shownPlugin(
  { name: marketplace }: Marketplace,
  { name, origin, category, installPolicy, authPolicy }: OfferedPlugin,
  state: PluginState,
): { readonly summary: ShownPlugin; readonly manifest: PluginManifest | undefined } {
  const id = `${name}@${marketplace}`
  const folder = origin.type === 'local' ? origin.path : null
  const manifest = folder === null ? undefined : manifestIn(folder, state)
  const version = state.installedVersion(marketplace, name)
  const summary: ShownPlugin = {
    id,
    remotePluginId: null,
    version: null,
    localVersion: manifest ? manifest.version : installedName(version),
    name,
    shareContext: null,
    source: sourceOf(origin),
    installed: version !== undefined,
    installedAt: null,
    enabled: version !== undefined && state.config.plugins.get(id)?.enabled === true,
    installPolicy,
    installPolicySource: null,
    mustShowInstallationInterstitial: null,
    authPolicy,
    availability: 'AVAILABLE',
    disabledReason: null,
    eligiblePlanTypes: null,
    interface: lookIn(state.lookOf(manifest, folder, category)),
    keywords: [...(manifest?.keywords ?? [])],
  }
  return { summary, manifest }
}

/** `local` is the folder of one without a version. */
function installedName(version: string | undefined): string | null {
  return version === undefined || version === 'local' ? null : version
}

/** Images that only the catalog of the vendor has. */
function lookIn(look: ReturnType<typeof lookOf>): ShownPlugin['interface'] {
  return look && { ...look, composerIconUrl: null, logoUrl: null, logoUrlDark: null, screenshotUrls: [] }
}

/** One that cannot be read is shown without what it says. */
function manifestIn(folder: string, state: PluginState): PluginManifest | undefined {
  try {
    return state.findPluginManifest(folder)
  } catch {
    return undefined
  }
}

function sourceOf(origin: OfferedPlugin['origin']): ShownPlugin['source'] {
  if (origin.type !== 'git') return { ...origin }
  const { type, url, path, ref, sha } = origin
  return { type, url, path, refName: ref, sha }
}
