import type { Transport } from '@modelcontextprotocol/client'
import { ProcessTransport } from './process-transport.js'
import type { McpReach } from './server-config.js'

/** What every server inherits: enough to find programs and a home, and no keys. Source: reference 0.169.0 */
const inherited = [
  'HOME',
  'LOGNAME',
  'PATH',
  'SHELL',
  'USER',
  'LANG',
  'LC_ALL',
  'TERM',
  'TMPDIR',
  'TZ',
  'SystemRoot',
  'APPDATA',
  'TEMP',
]

/** Where servers are started from. */
export interface ReachFrom {
  readonly env: { readonly [name: string]: string | undefined }
  /** Absolute; where no other folder is named. */
  readonly cwd: string
}

/** The way to a server, not yet taken. @throws Error that names the variable that is not set */
export async function transportTo(name: string, reach: McpReach, { env, cwd }: ReachFrom): Promise<Transport> {
  if (reach.type === 'stdio') {
    const names = [...inherited, ...reach.envVars]
    const passed = Object.fromEntries(names.map((variable) => [variable, env[variable]]))
    return new ProcessTransport({
      argv: [reach.command, ...reach.args],
      cwd: reach.cwd ?? cwd,
      env: { ...passed, ...reach.env },
    })
  }
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client')
  return new StreamableHTTPClientTransport(new URL(reach.url), {
    requestInit: { headers: headersOf(name, reach, env) },
  })
}

function headersOf(
  name: string,
  reach: Extract<McpReach, { type: 'http' }>,
  env: ReachFrom['env'],
): Record<string, string> {
  const headers: Record<string, string> = { ...reach.headers }
  for (const [header, variable] of Object.entries(reach.envHeaders)) {
    const value = env[variable]
    if (value !== undefined && value !== '') headers[header] = value
  }
  if (reach.bearerTokenEnvVar !== null) {
    const token = env[reach.bearerTokenEnvVar]
    if (!token) throw new Error(`Environment variable ${reach.bearerTokenEnvVar} for MCP server '${name}' is not set`)
    headers.Authorization = `Bearer ${token}`
  }
  return headers
}
