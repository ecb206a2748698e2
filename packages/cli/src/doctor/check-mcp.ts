import { type Check, type DoctorContext, type Finding, findingsOf } from './finding.js'
import { findProgram } from './programs.js'

const { ok, info, warning, problem } = findingsOf('mcp')

type Table = Readonly<Record<string, unknown>>

/** All servers are started at once, each within its own time. */
const startMs = 60_000

/** The MCP servers of the configuration: whether they can be started; with `--start-servers`, whether they start. */
export const checkMcp: Check = async (context) => {
  const { client, cwd, signal, startServers } = context
  const answer = await client.requestRaw('config/read', { cwd }, { signal })
  if (!answer.ok) return [info('mcp-unknown', 'the configuration cannot be read, so no MCP server was looked at')]
  const tables = Object.entries(tableOf((answer.result.config as Table).mcp_servers))
  if (tables.length === 0) return [info('mcp-none', 'no MCP server is configured')]
  const found = tables.map(([name, table]) => [name, findingOf(name, tableOf(table), context)] as const)
  if (!startServers) return found.map(([, finding]) => finding)
  const failures = await startFailures(context)
  return found.map(([name, finding]) => {
    if (finding.status === 'problem' || !failures.has(name)) return finding
    const failure = failures.get(name) ?? null
    if (failure === null) return ok('mcp-started', `${name} starts and tells its tools`)
    return problem(
      'mcp-failed',
      `${name} does not start: ${failure}`,
      `correct mcp_servers.${name}, or set its enabled = false`,
    )
  })
}

function findingOf(name: string, server: Table, { env, cwd }: DoctorContext): Finding {
  const key = `mcp_servers.${name}`
  const { command, url } = server
  if (server.enabled === false) return info('mcp-off', `${name} is switched off`)
  if (typeof command === 'string') {
    const folder = typeof server.cwd === 'string' ? server.cwd : cwd
    const path = findProgram(command, { ...env, ...(tableOf(server.env) as NodeJS.ProcessEnv) }, folder)
    if (path === undefined) {
      return problem('mcp-command', `${name}: ${command} is not on PATH`, `install it, or correct ${key}.command`)
    }
    const missing = namesIn(server.env_vars).filter((variable) => !env[variable])
    if (missing.length > 0)
      return warning('mcp-variable', `${name}: ${missing.join(', ')} not set`, `export ${missing[0]}=…`)
    return ok('mcp', `${name}: ${command} is there`, { path })
  }
  if (typeof url !== 'string')
    return problem('mcp-incomplete', `${name} has neither command nor url`, `add one to ${key}`)
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    return problem('mcp-url', `${name}: ${url} is no address`, `correct ${key}.url`)
  }
  const variable = server.bearer_token_env_var
  if (typeof variable === 'string' && !env[variable]) {
    return warning('mcp-variable', `${name}: ${variable} is not set`, `export ${variable}=…`)
  }
  return ok('mcp', `${name}: ${url}`)
}

/** By name, why a server does not start; null for one that does. */
async function startFailures({ client, signal }: DoctorContext): Promise<ReadonlyMap<string, string | null>> {
  const answer = await client
    .requestRaw('mcpServerStatus/list', { limit: 100 }, { signal, timeoutMs: startMs })
    .catch(() => undefined)
  if (answer?.ok !== true) return new Map()
  return new Map(answer.result.data.map(({ name, toolsError }) => [name, toolsError ?? null]))
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}
