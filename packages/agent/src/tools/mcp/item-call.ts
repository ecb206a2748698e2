import type { ThreadItem } from '@gangway/protocol'
import type { OutputPart, ToolCall, ToolContext, ToolResult } from '../tool.js'

type McpItem = Extract<ThreadItem, { type: 'mcpToolCall' }>

/** What an MCP server gave back, in the parts that an item shows. */
export interface McpGiven {
  readonly content: readonly unknown[]
  readonly structuredContent?: unknown
  readonly _meta?: unknown
  readonly isError?: boolean | undefined
}

/** A call as an item shows it. */
export interface McpItemFacts {
  readonly server: string
  readonly tool: string
  readonly readOnlyHint: boolean | null
  readonly arguments: unknown
}

/**
 * Does `work` as an `mcpToolCall` item: shown when it begins, and when it ends with what it gave or why it failed.
 *
 * @returns what it gave, or the failure's words
 */
export async function asMcpItem(
  call: ToolCall,
  context: ToolContext,
  facts: McpItemFacts,
  work: () => Promise<McpGiven>,
): Promise<McpGiven | string> {
  const item: McpItem = {
    type: 'mcpToolCall',
    id: call.callId,
    ...facts,
    status: 'inProgress',
    appContext: null,
    mcpAppUi: null,
    pluginId: null,
    result: null,
    error: null,
    durationMs: null,
  }
  context.items.started(item)
  const startedAt = performance.now()
  const ended = () => ({ durationMs: Math.round(performance.now() - startedAt) })
  try {
    const given = await work()
    const { content, structuredContent = null, _meta = null } = given
    const status = given.isError === true ? 'failed' : 'completed'
    await context.items.completed({
      ...item,
      status,
      result: { content: [...content], structuredContent, _meta },
      ...ended(),
    })
    return given
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await context.items.completed({ ...item, status: 'failed', error: { message }, ...ended() })
    context.signal.throwIfAborted()
    return message
  }
}

/** What the model gets: how long it took, then the content. Source: reference 0.169.0 */
export function mcpOutput(given: McpGiven | string, seconds: number): ToolResult {
  const head = `Wall time: ${seconds.toFixed(4)} seconds\nOutput:`
  if (typeof given === 'string') return { output: [text(head), text(given)], success: false }
  const { content, structuredContent, isError } = given
  const success = isError !== true
  const hookResponse = { content, ...(structuredContent === undefined ? {} : { structuredContent }) }
  if (structuredContent !== undefined && structuredContent !== null) {
    return { output: `${head}\n${JSON.stringify(structuredContent)}`, success, hookResponse }
  }
  return { output: [text(head), ...content.map(partOf)], success, hookResponse }
}

function partOf(part: unknown): OutputPart {
  const { type, text: words, data, mimeType } = (part ?? {}) as { readonly [member: string]: unknown }
  if (type === 'text' && typeof words === 'string') return text(words)
  if (type === 'image' && typeof data === 'string') {
    const url = data.startsWith('data:') ? data : `data:${String(mimeType ?? 'image/png')};base64,${data}`
    return { type: 'input_image', image_url: url, detail: 'original' }
  }
  return text(JSON.stringify(part))
}

const text = (words: string): OutputPart => ({ type: 'input_text', text: words })
