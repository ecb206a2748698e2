import type { Config } from '@gangway/protocol'

type Members = { readonly [member: string]: unknown }

/** How a server is reached. */
export type McpReach =
  | {
      readonly type: 'stdio'
      readonly command: string
      readonly args: readonly string[]
      readonly env: Readonly<Record<string, string>>
      /** Names of variables that the server inherits beside the usual ones. */
      readonly envVars: readonly string[]
      readonly cwd: string | null
    }
  | {
      readonly type: 'http'
      readonly url: string
      readonly bearerTokenEnvVar: string | null
      readonly headers: Readonly<Record<string, string>>
      /** Header to the variable that holds it. */
      readonly envHeaders: Readonly<Record<string, string>>
    }

/** When a person is asked before a tool runs: as its hints say, always, unless it only reads, or never. */
type McpApproval = 'auto' | 'prompt' | 'writes' | 'approve'

/** One server of `mcp_servers.*`. */
export interface McpServerConfig {
  readonly name: string
  readonly reach: McpReach
  readonly enabled: boolean
  /** A thread does not start without it. */
  readonly required: boolean
  readonly startupTimeoutMs: number
  readonly toolTimeoutMs: number
  /** Null: all. */
  readonly enabledTools: readonly string[] | null
  readonly disabledTools: readonly string[]
  /** By tool; `defaultApproval` for the rest. */
  readonly approvals: Readonly<Record<string, McpApproval>>
  readonly defaultApproval: McpApproval
}

/** Source: reference 0.169.0 */
const defaultStartupSec = 30
/** Source: reference 0.169.0 */
const defaultToolSec = 300

/** The servers of a configuration, by name. Those that say neither a command nor a URL are left out. */
export function mcpServersOf(config: Config): McpServerConfig[] {
  const servers = tableOf((config as Members).mcp_servers)
  return Object.keys(servers)
    .sort()
    .flatMap((name) => {
      const entry = tableOf(servers[name])
      const reach = reachOf(entry)
      return reach === undefined ? [] : [{ name, reach, ...rulesOf(entry) }]
    })
}

function reachOf(entry: Members): McpReach | undefined {
  if (typeof entry.command === 'string') {
    const { command, cwd } = entry
    return {
      type: 'stdio',
      command,
      args: textsOf(entry.args),
      env: textTable(entry.env),
      envVars: textsOf(entry.env_vars),
      cwd: typeof cwd === 'string' ? cwd : null,
    }
  }
  if (typeof entry.url !== 'string') return undefined
  return {
    type: 'http',
    url: entry.url,
    bearerTokenEnvVar: typeof entry.bearer_token_env_var === 'string' ? entry.bearer_token_env_var : null,
    headers: textTable(entry.http_headers),
    envHeaders: textTable(entry.env_http_headers),
  }
}

function rulesOf(entry: Members): Omit<McpServerConfig, 'name' | 'reach'> {
  const tools = tableOf(entry.tools)
  const approvals = Object.keys(tools).flatMap((tool) => {
    const mode = approvalOf(tableOf(tools[tool]).approval_mode)
    return mode === undefined ? [] : [[tool, mode] as const]
  })
  const startupMs = typeof entry.startup_timeout_ms === 'number' ? entry.startup_timeout_ms : undefined
  return {
    enabled: entry.enabled !== false,
    required: entry.required === true,
    startupTimeoutMs: startupMs ?? secondsOf(entry.startup_timeout_sec, defaultStartupSec),
    toolTimeoutMs: secondsOf(entry.tool_timeout_sec, defaultToolSec),
    enabledTools: Array.isArray(entry.enabled_tools) ? textsOf(entry.enabled_tools) : null,
    disabledTools: textsOf(entry.disabled_tools),
    approvals: Object.fromEntries(approvals),
    defaultApproval: approvalOf(entry.default_tools_approval_mode) ?? 'auto',
  }
}

function approvalOf(value: unknown): McpApproval | undefined {
  return value === 'auto' || value === 'prompt' || value === 'writes' || value === 'approve' ? value : undefined
}

function secondsOf(value: unknown, otherwise: number): number {
  return (typeof value === 'number' && value > 0 ? value : otherwise) * 1_000
}

function tableOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {}
}

/** Entries that are texts; of tables, such as an `env_vars` entry with its source, their `name`. */
function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    const text = typeof entry === 'string' ? entry : tableOf(entry).name
    return typeof text === 'string' ? [text] : []
  })
}

function textTable(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tableOf(value)).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}
