import type { ThreadItem } from '@gangway/protocol'

/** An item as `exec --json` prints it, without its id. */
export type JsonlItem = { readonly type: string; readonly [member: string]: unknown }

/**
 * An item in the words of `exec --json`; undefined for what is not shown there. Source: reference 0.169.0,
 * docs/observations/exec.md. One difference: the reference prints `id` twice for a search, we print it once.
 */
export function jsonlItem(item: ThreadItem): JsonlItem | undefined {
  switch (item.type) {
    case 'agentMessage':
      return { type: 'agent_message', text: item.text }
    case 'plan':
      return { type: 'plan', text: item.text }
    case 'reasoning': {
      const text = (item.summary ?? []).join('\n')
      return text.trim() === '' ? undefined : { type: 'reasoning', text }
    }
    case 'commandExecution':
      return {
        type: 'command_execution',
        command: item.command,
        aggregated_output: item.aggregatedOutput ?? '',
        exit_code: item.exitCode ?? null,
        status: snakeCase(item.status),
      }
    case 'fileChange':
      return {
        type: 'file_change',
        changes: item.changes.map(({ path, kind }) => ({ path, kind: kind.type })),
        // Source: reference 0.169.0 has no `declined` here.
        status: item.status === 'declined' ? 'failed' : snakeCase(item.status),
      }
    case 'mcpToolCall':
      return {
        type: 'mcp_tool_call',
        server: item.server,
        tool: item.tool,
        arguments: item.arguments ?? null,
        result: item.result
          ? { content: item.result.content, structured_content: item.result.structuredContent ?? null }
          : null,
        error: item.error ? { message: item.error.message } : null,
        status: snakeCase(item.status),
      }
    case 'collabAgentToolCall':
      return {
        type: 'collab_tool_call',
        tool: snakeCase(item.tool),
        sender_thread_id: item.senderThreadId,
        receiver_thread_ids: item.receiverThreadIds,
        prompt: item.prompt ?? null,
        agents_states: Object.fromEntries(
          Object.entries(item.agentsStates).map(([id, { status, message }]) => [
            id,
            { status: snakeCase(status), message: message ?? null },
          ]),
        ),
        status: snakeCase(item.status),
      }
    case 'webSearch':
      return { type: 'web_search', query: item.query, action: webAction(item.action) }
    default:
      return undefined
  }
}

/** Items that are told only when they are done. */
export function isToldWhenDone(item: ThreadItem): boolean {
  return item.type === 'agentMessage' || item.type === 'reasoning' || item.type === 'plan'
}

function webAction(action: Extract<ThreadItem, { type: 'webSearch' }>['action']): JsonlItem {
  if (!action) return { type: 'other' }
  const given = Object.entries(action).filter(([, value]) => value !== null && value !== undefined)
  return { ...Object.fromEntries(given), type: snakeCase(action.type) }
}

function snakeCase(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
