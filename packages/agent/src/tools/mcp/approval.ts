import type { Tool as McpTool } from '@modelcontextprotocol/client'
import type { ToolCall, ToolContext } from '../tool.js'
import type { McpServerConfig } from './server-config.js'

/** What a thread remembers of the person's answers: `<server>/<tool>`. */
export type ApprovedTools = Set<string>

type Answer = { readonly action: string; readonly _meta?: unknown }

/**
 * Asks the person before a tool runs, where its hints or the configuration want it so.
 *
 * A tool that says nothing of itself is asked for, too. In full access without questions nothing is asked.
 * Source: reference 0.169.0
 *
 * @throws Error in the words for the model when it may not run
 */
export async function checkApproval(
  call: ToolCall,
  tool: McpTool,
  input: unknown,
  server: McpServerConfig,
  approved: ApprovedTools,
  context: ToolContext,
): Promise<void> {
  const key = `${server.name}/${tool.name}`
  const mode = server.approvals[tool.name] ?? server.defaultApproval
  if (mode === 'approve' || approved.has(key)) return
  if (mode === 'auto' && !isRisky(tool)) return
  if (mode === 'writes' && tool.annotations?.readOnlyHint === true) return
  const { approvalPolicy, sandboxPolicy } = context.settings
  if (approvalPolicy === 'never' && sandboxPolicy.type === 'dangerFullAccess') return
  const { permission, blocked } = await askHooks(call, server, tool, input, context)
  if (permission === 'allow') return
  if (permission === 'deny') throw new Error(blocked ?? 'PermissionRequest hook denied approval')
  if (approvalPolicy === 'never') throw new Error('MCP tool call requires approval, but approval policy is never')
  const { action, _meta } = (await context.ask(
    'mcpServer/elicitation/request',
    questionOf(tool, input, server, context),
  )) as Answer
  if (action === 'accept')
    return remember((_meta as { persist?: unknown } | null | undefined)?.persist, key, server, tool, approved, context)
  if (action === 'cancel') {
    context.cancelTurn()
    throw new Error('user cancelled MCP tool call')
  }
  throw new Error('user rejected MCP tool call')
}

/** Whether a tool may change or reach what it should not, as far as it says itself. */
function isRisky({ annotations }: McpTool): boolean {
  if (annotations?.destructiveHint === true) return true
  if (annotations?.readOnlyHint === true) return false
  return annotations?.destructiveHint !== false || annotations?.openWorldHint !== false
}

async function askHooks(call: ToolCall, server: McpServerConfig, tool: McpTool, input: unknown, context: ToolContext) {
  if (context.hooks === undefined) return { permission: null, blocked: null }
  const payload = {
    turnId: context.turnId,
    toolName: `mcp__${server.name}__${tool.name}`,
    toolUseId: call.callId,
    toolInput: input,
  }
  return context.hooks.run('PermissionRequest', payload, context.signal)
}

function questionOf(tool: McpTool, input: unknown, server: McpServerConfig, context: ToolContext) {
  const shown = typeof input === 'object' && input !== null ? Object.entries(input) : []
  return {
    serverName: server.name,
    threadId: context.threadId,
    turnId: context.turnId,
    mode: 'form' as const,
    _meta: {
      codex_approval_kind: 'mcp_tool_call',
      persist: ['session', 'always'],
      tool_name: tool.name,
      ...(tool.title === undefined ? {} : { tool_title: tool.title }),
      ...(tool.annotations === undefined ? {} : { tool_annotations: tool.annotations }),
      ...(tool.description === undefined ? {} : { tool_description: tool.description }),
      tool_params: input,
      tool_params_display: shown.map(([name, value]) => ({ name, value, display_name: name })),
    },
    message: `Allow the ${server.name} MCP server to run tool "${tool.name}"?`,
    requestedSchema: { type: 'object' as const, properties: {} },
  }
}

async function remember(
  persist: unknown,
  key: string,
  server: McpServerConfig,
  tool: McpTool,
  approved: ApprovedTools,
  { host }: ToolContext,
): Promise<void> {
  if (persist !== 'session' && persist !== 'always') return
  approved.add(key)
  if (persist !== 'always') return
  const keyPath = `mcp_servers.${JSON.stringify(server.name)}.tools.${JSON.stringify(tool.name)}.approval_mode`
  try {
    const { writeConfig } = await import('@gangway/home/editing')
    await writeConfig({ layout: host.layout, edits: [{ keyPath, value: 'approve', mergeStrategy: 'upsert' }] })
  } catch (error) {
    host.report(`keeping the approval of ${key}`, error)
  }
}
