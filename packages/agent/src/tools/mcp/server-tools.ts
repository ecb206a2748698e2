import type { Tool as McpTool } from '@modelcontextprotocol/client'
import { ToolArgumentError, ToolArguments } from '../arguments.js'
import type { DeferredTool, ToolCall, ToolContext, ToolResult } from '../tool.js'
import { checkApproval } from './approval.js'
import { callFailure } from './call-failure.js'
import type { McpConnection } from './connection.js'
import { asMcpItem, mcpOutput } from './item-call.js'
import type { ThreadServers } from './thread-servers.js'

/** The tools of all connected servers, in namespaces `mcp__<server>`. */
export async function serverTools(servers: ThreadServers): Promise<DeferredTool[]> {
  const connected = await servers.connected()
  return connected.flatMap((connection) => connection.tools.map((tool) => serverTool(servers, connection, tool)))
}

/** The namespace that a server's tools are in. Characters that a model server does not take become `_`. */
function namespaceOf(server: string): string {
  return `mcp__${server.replace(/[^\w-]/g, '_')}`
}

function serverTool(servers: ThreadServers, connection: McpConnection, tool: McpTool): DeferredTool {
  return {
    name: tool.name.replace(/[^\w-]/g, '_'),
    namespace: namespaceOf(connection.config.name),
    namespaceDescription: connection.client?.getInstructions() ?? '',
    spec: {
      type: 'function',
      name: tool.name.replace(/[^\w-]/g, '_'),
      description: tool.description ?? '',
      strict: false,
      parameters: { ...tool.inputSchema, properties: tool.inputSchema.properties ?? {} },
    },
    // Calls that may change something run one after the other. Source: reference 0.169.0
    isParallel: tool.annotations?.readOnlyHint === true,
    run: (call, context) => run(servers, connection, tool, call, context),
  }
}

async function run(
  servers: ThreadServers,
  connection: McpConnection,
  tool: McpTool,
  call: ToolCall,
  context: ToolContext,
): Promise<ToolResult> {
  const server = connection.config.name
  let input: Record<string, unknown>
  try {
    input = ToolArguments.parse(call.input).all
  } catch (error) {
    if (error instanceof ToolArgumentError) return { output: error.message, success: false }
    throw error
  }
  const startedAt = performance.now()
  const facts = { server, tool: tool.name, readOnlyHint: tool.annotations?.readOnlyHint ?? null, arguments: input }
  const given = await asMcpItem(call, context, facts, () =>
    servers.during(server, context, async () => {
      await checkApproval(call, tool, input, connection.config, servers.approved, context)
      const { threadId, turnId } = context
      const onProgress = (message: string) => {
        const told = context.notify('item/mcpToolCall/progress', { itemId: call.callId, message, threadId, turnId })
        if (told !== undefined) context.host.track('progress of an MCP tool', told)
      }
      try {
        return await connection.callTool(tool.name, input, { signal: context.signal, onProgress })
      } catch (error) {
        throw callFailure(error, server, tool.name, connection.config.toolTimeoutMs)
      }
    }),
  )
  return mcpOutput(given, (performance.now() - startedAt) / 1_000)
}
