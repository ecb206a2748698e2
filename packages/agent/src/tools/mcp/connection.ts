import type { CallToolResult, Client, ElicitRequest, ElicitResult, Tool as McpTool } from '@modelcontextprotocol/client'
import { ProcessTransport } from './process-transport.js'
import { type ReachFrom, transportTo } from './reach.js'
import type { McpServerConfig } from './server-config.js'

/** How far a connection is. */
export type McpState = 'notStarted' | 'starting' | 'connected' | 'failed' | 'cancelled' | 'disabled'

/** What a connection needs of those who hold it. */
export interface McpOutlet extends ReachFrom {
  readonly version: string
  /** The start began, ended well, or did not. `error` names the server. */
  changed(state: 'starting' | 'ready' | 'failed' | 'cancelled', error: string | null): void
  /** The server asks the person something. */
  elicit(request: ElicitRequest['params'], signal: AbortSignal): Promise<ElicitResult>
}

/** How one call is made. */
export interface McpCallOptions {
  readonly signal?: AbortSignal
  readonly meta?: Record<string, unknown>
  /** What the server says while it works. */
  onProgress?(message: string): void
}

/** The connection to one server: started once, and again when it is used after the server died. */
export class McpConnection {
  #client: Client | undefined
  #starting: Promise<void> | undefined
  #state: McpState
  #tools: readonly McpTool[] = []
  #error: string | null = null
  readonly #closing = new AbortController()

  constructor(
    readonly config: McpServerConfig,
    readonly outlet: McpOutlet,
  ) {
    this.#state = config.enabled ? 'notStarted' : 'disabled'
  }

  get state(): McpState {
    return this.#state
  }

  /** Why it did not start, without the server's name; null else. */
  get error(): string | null {
    return this.#error
  }

  /** Tools that the configuration lets through, as the server describes them. */
  get tools(): readonly McpTool[] {
    const { enabledTools, disabledTools } = this.config
    return this.#tools.filter(({ name }) => (enabledTools?.includes(name) ?? true) && !disabledTools.includes(name))
  }

  /** The connected client; undefined before, and after the server died. */
  get client(): Client | undefined {
    return this.#state === 'connected' ? this.#client : undefined
  }

  /** Resolves, never rejects, when the start has ended, well or not. Within the start-up time limit. */
  start(): Promise<void> {
    if (this.#state === 'disabled' || this.#state === 'connected' || this.#closing.signal.aborted)
      return Promise.resolve()
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined
    })
    return this.#starting
  }

  /** @throws Error in the reference's words: time limit, closed connection, the server's own error; the signal's reason */
  async callTool(name: string, input: Record<string, unknown>, options: McpCallOptions = {}): Promise<CallToolResult> {
    const { toolTimeoutMs } = this.config
    const { signal, meta, onProgress } = options
    const client = await this.connected()
    const params = { name, arguments: input, ...(meta === undefined ? {} : { _meta: meta }) }
    return (await client.request(
      { method: 'tools/call', params },
      {
        timeout: toolTimeoutMs,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined ? {} : { onprogress: (progress) => onProgress(progress.message ?? '') }),
      },
    )) as CallToolResult
  }

  /** The client, started again where the server died. @throws Error why there is none */
  async connected(): Promise<Client> {
    if (this.client === undefined) await this.start()
    const { client } = this
    if (client === undefined) throw new Error(this.#error ?? `MCP server '${this.config.name}' is ${this.#state}`)
    return client
  }

  /** Ends the server, with all that it started. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort(new Error(`MCP server '${this.config.name}' was closed`))
    await this.#starting
    const client = this.#client
    this.#client = undefined
    if (this.#state === 'connected') this.#state = 'notStarted'
    await client?.close().catch(() => {})
  }

  async #start(): Promise<void> {
    const { config, outlet } = this
    this.#state = 'starting'
    this.#error = null
    outlet.changed('starting', null)
    const timeout = AbortSignal.timeout(config.startupTimeoutMs)
    const signal = AbortSignal.any([timeout, this.#closing.signal])
    try {
      this.#client = await this.#connect(signal)
      this.#state = 'connected'
      outlet.changed('ready', null)
    } catch (error) {
      const wasCancelled = this.#closing.signal.aborted
      this.#state = wasCancelled ? 'cancelled' : 'failed'
      this.#error = timeout.aborted ? timedOut(config) : `MCP startup failed: ${wordsOf(error)}`
      const told = timeout.aborted ? this.#error : `MCP client for \`${config.name}\` failed to start: ${this.#error}`
      outlet.changed(wasCancelled ? 'cancelled' : 'failed', wasCancelled ? null : told)
    }
  }

  async #connect(signal: AbortSignal): Promise<Client> {
    const { config, outlet } = this
    const { Client } = await import('@modelcontextprotocol/client')
    const transport = await transportTo(config.name, config.reach, outlet)
    const client = new Client(
      { name: 'gangway-mcp-client', title: 'Gangway', version: outlet.version },
      { capabilities: { elicitation: { form: {}, url: {} } } },
    )
    client.setRequestHandler('elicitation/create', ({ params }, context) =>
      outlet.elicit(params, context.mcpReq.signal),
    )
    client.setNotificationHandler('notifications/tools/list_changed', () => {
      void this.#listTools(client).catch(() => {})
    })
    const stop = () => void client.close().catch(() => {})
    signal.addEventListener('abort', stop, { once: true })
    try {
      signal.throwIfAborted()
      await client.connect(transport, { signal, timeout: config.startupTimeoutMs })
      await this.#listTools(client, signal)
      signal.throwIfAborted()
    } catch (error) {
      await client.close().catch(() => {})
      await transport.close().catch(() => {})
      const said = transport instanceof ProcessTransport ? transport.errorText.trim() : ''
      throw said === '' || signal.aborted ? error : new Error(`${wordsOf(error)}: ${said}`, { cause: error })
    } finally {
      signal.removeEventListener('abort', stop)
    }
    client.onclose = () => {
      if (this.#client !== client) return
      this.#client = undefined
      if (this.#state === 'connected') this.#state = 'notStarted'
    }
    return client
  }

  async #listTools(client: Client, signal?: AbortSignal): Promise<void> {
    if (client.getServerCapabilities()?.tools === undefined) return
    const tools: McpTool[] = []
    let cursor: string | undefined
    do {
      const page = await client.request(
        { method: 'tools/list', ...(cursor === undefined ? {} : { params: { cursor } }) },
        signal === undefined ? {} : { signal },
      )
      tools.push(...page.tools)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    this.#tools = tools
  }
}

/** Source: reference 0.169.0 */
function timedOut({ name, startupTimeoutMs }: McpServerConfig): string {
  return `MCP client for \`${name}\` timed out after ${startupTimeoutMs / 1_000} seconds. Add or adjust \`startup_timeout_sec\` in your config.toml:\n[mcp_servers.${name}]\nstartup_timeout_sec = XX`
}

function wordsOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException)?.code as string | undefined
  if (code === 'NOT_FOUND') return 'No such file or directory (os error 2)'
  return error instanceof Error ? error.message : String(error)
}
