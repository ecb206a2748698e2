import type { ListMcpServerStatusResponse } from '@gangway/protocol'
import type { McpConnection } from './connection.js'
import { allResources, allTemplates } from './resources.js'

type Status = ListMcpServerStatusResponse['data'][number]

/** What is asked of a server. */
export interface StatusOptions {
  /** Also what it can give to read: it is asked for that now. */
  readonly withResources: boolean
  /** Whether a thread has it: only then is there a state to tell. */
  readonly isLive: boolean
}

/** A server, its state, and what it offers. Never rejects: what it does not answer is left out. */
export async function serverStatus(
  connection: McpConnection,
  { withResources, isLive }: StatusOptions,
): Promise<Status> {
  const { config, client, error, state, tools } = connection
  const { reach } = config
  const info = client?.getServerVersion()
  const canRead = withResources && client !== undefined
  const [resources, resourceTemplates] = await Promise.all([
    canRead ? allResources(client).catch(() => []) : [],
    canRead ? allTemplates(client).catch(() => []) : [],
  ])
  return {
    name: config.name,
    runtimeStatus: isLive ? state : null,
    pluginId: null,
    httpOrigin: reach.type === 'http' ? originOf(reach.url) : null,
    serverInfo: info === undefined ? null : infoOf(info),
    serverCapabilities: client?.getServerCapabilities() ?? null,
    toolListMeta: null,
    tools: Object.fromEntries(tools.map((tool) => [tool.name, tool])),
    toolsError: error,
    resources: resources as Status['resources'],
    resourceTemplates: resourceTemplates as Status['resourceTemplates'],
    authStatus: reach.type === 'http' && reach.bearerTokenEnvVar !== null ? 'bearerToken' : 'unsupported',
  }
}

type Info = NonNullable<Status['serverInfo']>

function infoOf(info: {
  readonly name: string
  readonly version: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly icons?: readonly unknown[] | undefined
  readonly websiteUrl?: string | undefined
}): Info {
  const { name, version, title = null, description = null, icons, websiteUrl = null } = info
  return { name, title, version, description, icons: icons === undefined ? null : [...icons], websiteUrl }
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
