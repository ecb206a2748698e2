import type { Config } from '@gangway/protocol'
import { McpConnection } from './connection.js'
import type { ReachFrom } from './reach.js'
import { mcpServersOf } from './server-config.js'

/** Whose servers are started. */
export interface PassingServersOptions extends ReachFrom {
  readonly config: Config
  readonly version: string
  /** Only this one; null: all. */
  readonly name: string | null
}

/**
 * Starts the servers of a configuration that belong to no thread, for as long as `work` takes. All have started, or
 * failed to, before it begins. What they ask of a person is declined.
 */
export async function withPassingServers<T>(
  { config, name, version, env, cwd }: PassingServersOptions,
  work: (connections: readonly McpConnection[]) => Promise<T>,
): Promise<T> {
  const outlet = { env, cwd, version, changed: () => {}, elicit: async () => ({ action: 'decline' as const }) }
  const connections = mcpServersOf(config)
    .filter((server) => name === null || server.name === name)
    .map((server) => new McpConnection(server, outlet))
  try {
    await Promise.all(connections.map((connection) => connection.start()))
    return await work(connections)
  } finally {
    await Promise.all(connections.map((connection) => connection.close()))
  }
}
