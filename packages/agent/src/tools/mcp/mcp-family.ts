import type { ToolFamily } from '../tool.js'
import { resourceTools } from './resource-tools.js'
import { serverTools } from './server-tools.js'
import { ThreadServers } from './thread-servers.js'

/** Tools and resources of MCP servers. The protocol's library is loaded with the first server that is started. */
export const mcpFamily: ToolFamily = {
  name: 'mcp',
  async open(thread) {
    const servers = await ThreadServers.open(thread)
    return {
      tools: async () => ((await servers.connected()).length === 0 ? [] : resourceTools(servers)),
      deferred: () => serverTools(servers),
      close: () => servers.close(),
    }
  },
}
