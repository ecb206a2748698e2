import type { ResponseItem, ThreadItem } from '@gangway/protocol'
import { uuidV7 } from '../ids.js'
import type { ToolCall } from '../tools/tool.js'

type Members = { readonly [member: string]: unknown }

/** What a person sees of an item of the model, when it begins or, with all of it there, at its end; undefined: nothing. */
export function shownItem(item: Members): ThreadItem | undefined {
  const id = typeof item.id === 'string' ? item.id : uuidV7()
  switch (item.type) {
    case 'message':
      return item.role === 'assistant'
        ? {
            type: 'agentMessage',
            moderation: null,
            id,
            text: texts(item.content, 'output_text').join(''),
            phase: item.phase === 'commentary' || item.phase === 'final_answer' ? item.phase : null,
            memoryCitation: null,
            delivery: null,
            questions: null,
          }
        : undefined
    case 'reasoning':
      return {
        type: 'reasoning',
        id,
        summary: texts(item.summary, 'summary_text'),
        content: texts(item.content, 'reasoning_text', 'text'),
      }
    case 'web_search_call':
      return { type: 'webSearch', id, ...searched(item.action), results: null }
    default:
      return undefined
  }
}

/** The call of a tool of ours that an item is; undefined for any other. */
export function callOf(item: Members): ToolCall | undefined {
  if (item.type === 'tool_search_call') return searchCall(item)
  const isCustom = item.type === 'custom_tool_call'
  if (!isCustom && item.type !== 'function_call') return undefined
  const input = isCustom ? item.input : item.arguments
  return {
    callId: String(item.call_id ?? item.id ?? ''),
    kind: isCustom ? 'custom' : 'function',
    name: String(item.name ?? ''),
    namespace: typeof item.namespace === 'string' ? item.namespace : null,
    input: typeof input === 'string' ? input : '',
  }
}

/** A search for tools that the client is to make; the server makes others itself. */
function searchCall(item: Members): ToolCall | undefined {
  if (item.execution !== 'client') return undefined
  const callId = String(item.call_id ?? item.id ?? '')
  const input = typeof item.arguments === 'string' ? item.arguments : JSON.stringify(item.arguments ?? {})
  return { callId, kind: 'search', name: 'tool_search', namespace: null, input }
}

/** Whether an item belongs into the history. */
export function isForHistory(item: Members): item is ResponseItem & Members {
  return typeof item.type === 'string' && item.type !== 'other'
}

function texts(parts: unknown, ...types: readonly string[]): string[] {
  if (!Array.isArray(parts)) return []
  return parts.flatMap((part: unknown) => {
    const { type, text } = (part ?? {}) as Members
    return types.includes(String(type)) && typeof text === 'string' ? [text] : []
  })
}

function searched(value: unknown): Pick<Extract<ThreadItem, { type: 'webSearch' }>, 'query' | 'action'> {
  const action = (value ?? {}) as Members
  const text = (member: unknown) => (typeof member === 'string' ? member : null)
  switch (action.type) {
    case 'search': {
      const queries = Array.isArray(action.queries) ? action.queries.map(String) : null
      const query = text(action.query)
      return { query: query ?? queries?.[0] ?? '', action: { type: 'search', query, queries } }
    }
    case 'open_page':
      return { query: text(action.url) ?? '', action: { type: 'openPage', url: text(action.url) } }
    case 'find_in_page':
      return {
        query: text(action.pattern) ?? '',
        action: { type: 'findInPage', url: text(action.url), pattern: text(action.pattern) },
      }
    default:
      return { query: '', action: null }
  }
}
