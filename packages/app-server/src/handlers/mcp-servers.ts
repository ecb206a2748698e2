import type { McpConnection } from '@gangway/agent'
import { RpcError, rpcCodes } from '@gangway/protocol'
import type { Handlers, ServerContext } from '../handler.js'
import { pageOf } from '../page-of.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { agent } from './agent.js'
import { readConfig, readFailure } from './config-view.js'

/** MCP servers: those of loaded threads, and, where no thread is named, those of the configuration, started for the answer. */
export function mcpServerHandlers(registry: ThreadRegistry): Handlers {
  const { server } = registry

  /** Servers of a thread, or passing ones. */
  async function withServers<T>(
    threadId: string | null | undefined,
    name: string | null,
    work: (connections: readonly McpConnection[], isLive: boolean) => Promise<T>,
  ): Promise<T> {
    const { mcpServersOfThread, withPassingServers } = await agent()
    if (threadId !== null && threadId !== undefined) {
      const connections = mcpServersOfThread(registry.require(threadId))?.connections ?? []
      return work(name === null ? connections : connections.filter(({ config }) => config.name === name), true)
    }
    const { env, cwd, version } = server
    const options = { config: await configOf(server), env, cwd, version, name }
    return withPassingServers(options, (connections) => work(connections, false))
  }

  return {
    async 'mcpServerStatus/list'({ cursor, limit, detail, threadId, serverName }) {
      const { serverStatus } = await agent()
      return withServers(threadId, serverName ?? null, async (connections, isLive) => {
        const page = pageOf(connections, { cursor, limit }, 'MCP servers')
        const options = { withResources: detail !== 'toolsAndAuthOnly', isLive }
        return { ...page, data: await Promise.all(page.data.map((connection) => serverStatus(connection, options))) }
      })
    },

    'mcpServer/tool/call': ({ threadId, server: name, tool, arguments: input, _meta }) =>
      withServers(threadId, name, async ([connection]) => {
        const known = required(connection, name)
        const meta = typeof _meta === 'object' && _meta !== null ? { meta: _meta as Record<string, unknown> } : {}
        return asked(() => known.callTool(tool, (input ?? {}) as Record<string, unknown>, meta))
      }),

    'mcpServer/resource/read': ({ threadId, server: name, uri, originCallId }) =>
      withServers(threadId, name, async ([connection]) => {
        const known = required(connection, name)
        const read = async () => (await known.connected()).request({ method: 'resources/read', params: { uri } })
        const { contents } = await asked(read)
        return { contents, originCallId: originCallId ?? null }
      }),

    async 'config/mcpServer/reload'() {
      const { mcpServersOfThread } = await agent()
      for (const id of registry.ids()) {
        const thread = registry.get(id)
        const servers = thread && mcpServersOfThread(thread)
        if (servers) server.track('MCP servers after a reload', servers.reload())
      }
      return {}
    },

    async 'mcpServer/oauth/login'({ name }) {
      const { mcpServersOf } = await agent()
      const found = mcpServersOf(await configOf(server)).find((known) => known.name === name)
      if (found === undefined) throw invalidRequest(`No MCP server named '${name}' found.`)
      if (found.reach.type !== 'http') {
        throw invalidRequest('OAuth login is only supported for streamable HTTP servers.')
      }
      throw invalidRequest(
        `mcpServer/oauth/login is not supported for '${name}': set bearer_token_env_var or http_headers in its configuration`,
      )
    },
  }
}

async function configOf(server: ServerContext) {
  try {
    return (await readConfig(server, server.cwd)).config
  } catch (error) {
    throw await readFailure(error, 'load configuration')
  }
}

/** Source: reference 0.169.0 */
function required(connection: McpConnection | undefined, name: string): McpConnection {
  if (connection === undefined) throw new RpcError(rpcCodes.internalError, `unknown MCP server '${name}'`)
  return connection
}

/** A refusal of the MCP server goes to the client with its own code. Source: reference 0.169.0 */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: string }
    if (typeof code !== 'number') throw error
    throw new RpcError(code, message ?? `MCP error ${code}`, undefined, { cause: error })
  }
}
