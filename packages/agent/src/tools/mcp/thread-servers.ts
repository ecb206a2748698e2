import type { ElicitRequest, ElicitResult } from '@modelcontextprotocol/client'
import type { ThreadHost } from '../../thread-host.js'
import type { ToolContext, ToolThread } from '../tool.js'
import type { ApprovedTools } from './approval.js'
import { McpConnection } from './connection.js'
import { type McpServerConfig, mcpServersOf } from './server-config.js'

const openServers = new WeakMap<ThreadHost, ThreadServers>()

/** The MCP servers of a loaded thread; undefined for one that has none open. */
export function mcpServersOfThread(host: ThreadHost): ThreadServers | undefined {
  return openServers.get(host)
}

/** The MCP servers of one thread, by the configuration at its start or at the last reload. */
export class ThreadServers {
  readonly approved: ApprovedTools = new Set()
  #connections = new Map<string, McpConnection>()
  /** Calls under way: what a server asks, it asks for the newest of its own. */
  readonly #calls: { readonly server: string; readonly context: ToolContext }[] = []
  #isClosed = false

  /** Starts them all, and waits for none, but for those that a thread must have. @throws Error that names those that failed */
  static async open(thread: ToolThread): Promise<ThreadServers> {
    const servers = new ThreadServers(thread)
    const configs = await servers.#configs()
    servers.#connections = new Map(configs.map((config) => [config.name, servers.#connect(config)]))
    openServers.set(thread.host, servers)
    const starts = [...servers.#connections.values()].map((connection) => ({ connection, start: connection.start() }))
    const required = starts.filter(({ connection }) => connection.config.required && connection.config.enabled)
    await Promise.all(required.map(({ start }) => start))
    const failed = required.filter(({ connection }) => connection.state !== 'connected')
    if (failed.length > 0) {
      await servers.close()
      const words = failed.map(({ connection: { config, error } }) => `${config.name}: ${error}`)
      throw new Error(`required MCP servers failed to initialize: ${words.join(', ')}`)
    }
    return servers
  }

  private constructor(readonly thread: ToolThread) {}

  get connections(): readonly McpConnection[] {
    return [...this.#connections.values()]
  }

  /** @throws Error `unknown MCP server '…'` */
  connection(name: string): McpConnection {
    const found = this.#connections.get(name)
    if (found === undefined) throw new Error(`unknown MCP server '${name}'`)
    return found
  }

  /** Those that are connected, once every start has ended. */
  async connected(): Promise<readonly McpConnection[]> {
    await Promise.all(
      this.connections.filter(({ state }) => state === 'starting').map((connection) => connection.start()),
    )
    return this.connections.filter(
      ({ tools, state }) => state === 'connected' || (state === 'notStarted' && tools.length > 0),
    )
  }

  /** Does `work` as the call that a question of this server belongs to. */
  async during<T>(server: string, context: ToolContext, work: () => Promise<T>): Promise<T> {
    const call = { server, context }
    this.#calls.push(call)
    try {
      return await work()
    } finally {
      this.#calls.splice(this.#calls.indexOf(call), 1)
    }
  }

  /** Reads the configuration again: what is new or changed is started, what is gone is ended. */
  async reload(): Promise<void> {
    const configs = await this.#configs()
    const before = this.#connections
    this.#connections = new Map(
      configs.map((config) => {
        const old = before.get(config.name)
        return [config.name, old && isSame(old.config, config) ? old : this.#connect(config)]
      }),
    )
    const kept = new Set(this.#connections.values())
    await Promise.all([...before.values()].filter((connection) => !kept.has(connection)).map((old) => old.close()))
    await Promise.all(this.connections.filter(({ state }) => state === 'notStarted').map((added) => added.start()))
  }

  /** Ends all servers, with what they started. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (openServers.get(this.thread.host) === this) openServers.delete(this.thread.host)
    await Promise.all(this.connections.map((connection) => connection.close()))
  }

  async #configs(): Promise<McpServerConfig[]> {
    const { host } = this.thread
    return mcpServersOf(await host.readConfig(this.thread.settings().cwd))
  }

  #connect(config: McpServerConfig): McpConnection {
    const { host, threadId } = this.thread
    const { name } = config
    return new McpConnection(config, {
      env: host.env,
      cwd: this.thread.settings().cwd,
      version: host.version,
      changed: (status, error) => {
        const told = host.notify('mcpServer/startupStatus/updated', {
          threadId,
          name,
          status,
          error,
          failureReason: null,
        })
        if (told !== undefined) host.track('the state of an MCP server', told)
      },
      elicit: (request, signal) => this.#elicit(name, request, signal),
    })
  }

  async #elicit(serverName: string, request: ElicitRequest['params'], signal: AbortSignal): Promise<ElicitResult> {
    const { host, threadId } = this.thread
    const context = this.#calls.findLast(({ server }) => server === serverName)?.context
    const settings = context?.settings ?? this.thread.settings()
    if (settings.approvalPolicy === 'never' || this.#isClosed) return { action: 'decline' }
    const common = {
      serverName,
      threadId,
      turnId: context?.turnId ?? null,
      _meta: request._meta ?? null,
      message: request.message,
    }
    const params =
      request.mode === 'url'
        ? { ...common, mode: 'url' as const, url: request.url, elicitationId: request.elicitationId }
        : { ...common, mode: 'form' as const, requestedSchema: request.requestedSchema }
    const asked = params as Parameters<typeof host.ask<'mcpServer/elicitation/request'>>[1]
    const answer = context
      ? await context.ask('mcpServer/elicitation/request', asked)
      : await host.ask('mcpServer/elicitation/request', asked, signal)
    const { action, content, _meta } = answer
    return {
      action,
      ...(action === 'accept' && content !== undefined && content !== null
        ? { content: content as NonNullable<ElicitResult['content']> }
        : {}),
      ...(_meta === undefined || _meta === null ? {} : { _meta: _meta as NonNullable<ElicitResult['_meta']> }),
    }
  }
}

function isSame(before: McpServerConfig, after: McpServerConfig): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}
