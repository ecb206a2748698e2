import type { ToolFamily } from '../tool.js'
import { mcpServersOf } from './server-config.js'

/** Tools and resources of MCP servers. Nothing of it is loaded for a thread that has no servers. */
export const mcpFamily: ToolFamily = {
  name: 'mcp',
  async open(thread) {
    const configs = mcpServersOf(await thread.host.readConfig(thread.settings().cwd))
    if (!configs.some(({ enabled }) => enabled)) return { tools: () => [], close: async () => {} }
    const [{ ThreadServers }, { serverTools }, { resourceTools }] = await Promise.all([
      import('./thread-servers.js'),
      import('./server-tools.js'),
      import('./resource-tools.js'),
    ])
    const servers = await ThreadServers.open(thread)
    return {
      tools: async () => ((await servers.connected()).length === 0 ? [] : resourceTools(servers)),
      deferred: () => serverTools(servers),
      close: () => servers.close(),
    }
  },
}
