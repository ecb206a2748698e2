import { homedir } from 'node:os'
import { isAbsolute } from 'node:path'
import type { AddFiles, FetchOptions } from '@gangway/home/plugin-store'
import type { Marketplace } from '@gangway/home/plugins'
import { type ClientRequests, RpcError, rpcCodes } from '@gangway/protocol'
import type { Handlers, RequestContext, ServerContext } from '../handler.js'
import { detailOf } from '../plugins/plugin-detail.js'
import { type PluginState, shownMarketplace } from '../plugins/plugin-summary.js'
import { invalidRequest, relativePath } from '../refusals.js'

/** What only the vendor can answer. Source: reference 0.169.0, its words. */
const noCatalog = 'chatgpt authentication required for remote plugin catalog'

/** Marketplaces and their plugins: what there is, and what is installed. Source: reference 0.169.0, messages and order. */
export function pluginHandlers(server: ServerContext): Handlers {
  return { ...marketplaceHandlers(server), ...listHandlers(server), ...installHandlers(server) }
}

function marketplaceHandlers(server: ServerContext): Handlers {
  return {
    'marketplace/add': ({ source, refName = null, sparsePaths = null }, context) =>
      refusing('internal', async ({ addMarketplace }) => {
        const options = { ...fetchOptions(server, context), cwd: server.cwd, userHome: userHome(server) }
        const added = await addMarketplace(server.layout, source, { ...options, refName, sparsePaths })
        return { marketplaceName: added.name, installedRoot: added.root, alreadyAdded: added.alreadyAdded }
      }),

    'marketplace/remove': ({ marketplaceName }) =>
      refusing('invalid', async ({ removeMarketplace }) => {
        const { root } = await removeMarketplace(server.layout, marketplaceName)
        return { marketplaceName, installedRoot: root }
      }),

    'marketplace/upgrade': ({ marketplaceName = null }, context) =>
      refusing('invalid', async ({ upgradeMarketplaces, refreshPlugins }) => {
        const options = fetchOptions(server, context)
        const { selected, upgraded, errors } = await upgradeMarketplaces(server.layout, marketplaceName, options)
        for (const marketplace of upgraded) await refreshPlugins(server.layout, marketplace, { ...options, addFiles })
        return {
          selectedMarketplaces: [...selected],
          upgradedRoots: upgraded.map(({ root }) => root),
          errors: errors.map(({ name, message }) => ({ marketplaceName: name, message })),
        }
      }),
  }
}

function listHandlers(server: ServerContext): Handlers {
  return {
    'plugin/list': async ({ cwds, marketplaceKinds }) => {
      refuseRelative(cwds)
      const isWanted = !marketplaceKinds || marketplaceKinds.includes('local')
      const found = isWanted ? await listed(server, cwds ?? []) : nothing
      return { ...found, featuredPluginIds: [] }
    },

    'plugin/installed': async ({ cwds, installSuggestionPluginNames }) => {
      refuseRelative(cwds)
      const wanted = new Set(installSuggestionPluginNames ?? [])
      const { marketplaces, marketplaceLoadErrors } = await listed(server, cwds ?? [])
      const installed = marketplaces.map((marketplace) => ({
        ...marketplace,
        plugins: marketplace.plugins.filter((plugin) => plugin.installed || wanted.has(plugin.name)),
      }))
      return { marketplaces: installed.filter(({ plugins }) => plugins.length > 0), marketplaceLoadErrors }
    },

    'plugin/read': (params) =>
      refusing('invalid', async (store) => {
        const path = pathOf('plugin/read', 'read remote plugin details', params)
        const { readMarketplaceFile } = await import('@gangway/home/plugins')
        const marketplace = readMarketplaceFile(path)
        const offered = store.findOffered(marketplace, params.pluginName)
        return { plugin: await detailOf(marketplace, offered, await stateOf(server)) }
      }),

    // What the catalog of the vendor has is never here.
    'plugin/reconcile': () => ({
      changedPlugins: [],
      failedRemotePluginIds: [],
      failedMaterializationRemotePluginIds: [],
    }),
  }
}

function installHandlers(server: ServerContext): Handlers {
  return {
    'plugin/install': (params, context) =>
      refusing('invalid', async ({ installPlugin }) => {
        const path = pathOf('plugin/install', 'read remote plugin details before install', params)
        const { readMarketplaceFile } = await import('@gangway/home/plugins')
        const options = { ...fetchOptions(server, context), addFiles }
        const { authPolicy } = await installPlugin(server.layout, readMarketplaceFile(path), params.pluginName, options)
        return { authPolicy, appsNeedingAuth: [] }
      }),

    'plugin/uninstall': ({ pluginId }) =>
      refusing('invalid', async ({ uninstallPlugin }) => {
        const { parsePluginId } = await import('@gangway/home/plugins')
        if (!pluginId.includes('@')) throw invalidRequest(`resolve remote plugin before uninstall: ${noCatalog}`)
        if (!parsePluginId(pluginId)) throw invalidRequest('invalid remote plugin id')
        await uninstallPlugin(server.layout, pluginId)
        return {}
      }),
  }
}

const nothing: Pick<ClientRequests['plugin/installed']['result'], 'marketplaces' | 'marketplaceLoadErrors'> = {
  marketplaces: [],
  marketplaceLoadErrors: [],
}

type Store = typeof import('@gangway/home/plugin-store')

/** Does what needs the store, which is loaded with the first such request. Its refusals are answers. */
async function refusing<T>(gitFailure: 'internal' | 'invalid', work: (store: Store) => Promise<T>): Promise<T> {
  const [store, { PluginError }] = await Promise.all([
    import('@gangway/home/plugin-store'),
    import('@gangway/home/plugins'),
  ])
  try {
    return await work(store)
  } catch (error) {
    if (!(error instanceof PluginError)) throw error
    const isGit = error.fault === 'git' || error.fault === 'time-out'
    const code = isGit && gitFailure === 'internal' ? rpcCodes.internalError : rpcCodes.invalidRequest
    const reason = error.fault.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    throw new RpcError(code, error.message, { reason }, { cause: error })
  }
}

const addFiles: AddFiles = async (folder, plugin) => {
  const { loadPluginCommandSkills } = await import('@gangway/external-agents/plugins')
  return loadPluginCommandSkills(folder, plugin)
}

async function listed(server: ServerContext, cwds: readonly string[]) {
  const { findMarketplaces } = await import('@gangway/home/plugin-store')
  const state = await stateOf(server)
  const found = findMarketplaces(server.layout, { userHome: userHome(server), cwds })
  return {
    marketplaces: found.marketplaces.map((marketplace: Marketplace) => shownMarketplace(marketplace, state)),
    marketplaceLoadErrors: found.errors.map(({ path, message }) => ({ marketplacePath: path, message })),
  }
}

async function stateOf(server: ServerContext): Promise<PluginState> {
  const { installedVersion, readPluginConfig } = await import('@gangway/home/plugin-store')
  const { findPluginManifest, lookOf } = await import('@gangway/home/plugins')
  return {
    config: readPluginConfig(server.layout),
    installedVersion: (marketplace, plugin) => installedVersion(server.layout, marketplace, plugin),
    findPluginManifest,
    lookOf,
  }
}

function fetchOptions({ env }: ServerContext, { signal }: RequestContext): FetchOptions {
  return { env, signal }
}

function userHome({ env }: ServerContext): string {
  return env.HOME || env.USERPROFILE || homedir()
}

function refuseRelative(cwds: readonly string[] | null | undefined): void {
  if (cwds?.some((cwd) => !isAbsolute(cwd))) throw relativePath()
}

/** The marketplace that a request is about. */
function pathOf(
  method: string,
  remote: string,
  params: {
    readonly marketplacePath?: string | null | undefined
    readonly remoteMarketplaceName?: string | null | undefined
  },
): string {
  const { marketplacePath = null, remoteMarketplaceName = null } = params
  if (marketplacePath !== null && !isAbsolute(marketplacePath)) throw relativePath()
  if ((marketplacePath === null) === (remoteMarketplaceName === null))
    throw invalidRequest(`${method} requires exactly one of marketplacePath or remoteMarketplaceName`)
  if (marketplacePath === null) throw invalidRequest(`${remote}: ${noCatalog}`)
  return marketplacePath
}
