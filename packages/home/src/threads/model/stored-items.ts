import { commandText } from './command-text.js'
import { fileChanges } from './file-changes.js'
import {
  camelCase,
  camelKeys,
  durationMs,
  list,
  type Members,
  members,
  numberOrNull,
  plainPath,
  text,
  textOrNull,
  texts,
} from './members.js'
import { reviewText } from './review-text.js'
import type { StoredItem } from './thread-item.js'
import { userInputs } from './user-input.js'

/** When an item was under way, in milliseconds since the epoch. */
export interface ItemTimes {
  readonly startedAtMs: number | null
  readonly completedAtMs: number | null
}

/**
 * An item as the wire shows it, from an `item_completed` event's `item`. Types not known here come through with their
 * members in camel case. Undefined when it has no type or no id.
 */
export function storedItem(item: Members, times: ItemTimes): StoredItem | undefined {
  const { type, id } = item
  if (typeof type !== 'string' || typeof id !== 'string') return undefined
  return Object.assign(shape(type, id, item), times)
}

function shape(type: string, id: string, item: Members): StoredItem {
  switch (type) {
    case 'UserMessage':
      return { type: 'userMessage', id, clientId: textOrNull(item.client_id), content: userInputs(item.content) }
    case 'AgentMessage':
      return agentMessage(
        id,
        list(item.content)
          .map((part) => text(members(part).text))
          .join(''),
        item,
      )
    case 'Reasoning':
      return { type: 'reasoning', id, summary: texts(item.summary_text), content: texts(item.raw_content) }
    case 'CommandExecution':
      return commandExecution(id, item)
    case 'FileChange':
      return fileChangeItem(id, item)
    case 'McpToolCall':
      return mcpToolCall(id, item)
    case 'DynamicToolCall':
      return dynamicToolCall(id, item)
    case 'WebSearch':
      return webSearch(id, item)
    case 'CollabAgentToolCall':
      return collabAgentToolCall(id, item)
    case 'ImageView':
      return { type: 'imageView', id, path: plainPath(item.path) }
    case 'Plan':
      return { type: 'plan', id, text: text(item.text) }
    case 'ContextCompaction':
      return { type: 'contextCompaction', id }
    case 'EnteredReviewMode':
      return { type: 'enteredReviewMode', id, review: text(item.user_facing_hint) }
    case 'ExitedReviewMode':
      return { type: 'exitedReviewMode', id, review: reviewText(item.review_output) }
    case 'ImageGeneration':
      return imageGeneration(id, item)
    default:
      return anyItem(type, id, item)
  }
}

export function agentMessage(id: string, message: string, item: Members): StoredItem {
  return {
    type: 'agentMessage',
    moderation: item.moderation ?? null,
    id,
    text: message,
    phase: textOrNull(item.phase),
    memoryCitation: memoryCitation(item.memory_citation),
    delivery: item.delivery ?? null,
    questions: item.questions ?? null,
  }
}

export function commandExecution(id: string, item: Members): StoredItem {
  const output = text(item.aggregated_output)
  return {
    type: 'commandExecution',
    id,
    pluginId: textOrNull(item.plugin_id),
    scriptPath: textOrNull(item.script_path),
    command: commandText(texts(item.command)),
    cwd: plainPath(item.cwd),
    processId: textOrNull(item.process_id),
    source: camelCase(text(item.source) || 'agent'),
    status: camelCase(text(item.status) || 'completed'),
    commandActions: list(item.parsed_cmd).map((action) => commandAction(members(action))),
    aggregatedOutput: output === '' ? null : output,
    exitCode: numberOrNull(item.exit_code),
    durationMs: durationMs(item.duration),
  }
}

export function fileChangeItem(id: string, item: Members): StoredItem {
  const status = camelCase(text(item.status) || 'inProgress')
  return { type: 'fileChange', id, changes: fileChanges(item.changes), status }
}

export function mcpToolCall(id: string, item: Members): StoredItem {
  return {
    type: 'mcpToolCall',
    id,
    server: text(item.server),
    tool: text(item.tool),
    status: camelCase(text(item.status) || 'completed'),
    arguments: item.arguments ?? null,
    appContext: camelKeys(item.app_context),
    mcpAppUi: camelKeys(item.mcp_app_ui),
    ...(typeof item.mcp_app_resource_uri === 'string' ? { mcpAppResourceUri: item.mcp_app_resource_uri } : {}),
    pluginId: textOrNull(item.plugin_id),
    readOnlyHint: typeof item.read_only_hint === 'boolean' ? item.read_only_hint : null,
    result: mcpResult(item.result),
    error: typeof members(item.error).message === 'string' ? { message: members(item.error).message } : null,
    durationMs: durationMs(item.duration),
  }
}

function mcpResult(value: unknown): unknown {
  if (value === null || value === undefined) return null
  const result = members(value)
  return {
    content: list(result.content),
    structuredContent: result.structuredContent ?? null,
    _meta: result._meta ?? null,
  }
}

export function dynamicToolCall(id: string, item: Members): StoredItem {
  return {
    type: 'dynamicToolCall',
    id,
    namespace: textOrNull(item.namespace),
    tool: text(item.tool),
    arguments: item.arguments ?? null,
    status: camelCase(text(item.status) || (item.success === false ? 'failed' : 'completed')),
    contentItems: Array.isArray(item.content_items) ? item.content_items : null,
    success: typeof item.success === 'boolean' ? item.success : null,
    durationMs: durationMs(item.duration),
  }
}

function collabAgentToolCall(id: string, item: Members): StoredItem {
  const states = Object.entries(members(item.agents_states)).map(([agent, state]) => [agent, agentState(state)])
  return {
    type: 'collabAgentToolCall',
    id,
    tool: camelCase(text(item.tool)),
    status: camelCase(text(item.status) || 'completed'),
    senderThreadId: text(item.sender_thread_id),
    receiverThreadIds: texts(item.receiver_thread_ids),
    prompt: textOrNull(item.prompt),
    model: textOrNull(item.model),
    reasoningEffort: textOrNull(item.reasoning_effort),
    agentsStates: Object.fromEntries(states),
  }
}

/** `running`, or the state with its message: `{completed: …}`. */
function agentState(state: unknown): unknown {
  if (typeof state === 'string') return { status: camelCase(state), message: null }
  const [[status, message] = ['', null]] = Object.entries(members(state))
  return { status: camelCase(status), message: textOrNull(message) }
}

export function webSearch(id: string, item: Members): StoredItem {
  const results = Array.isArray(item.results) ? item.results : null
  return { type: 'webSearch', id, query: text(item.query), action: webSearchAction(item.action), results }
}

export function imageGeneration(id: string, item: Members): StoredItem {
  return {
    type: 'imageGeneration',
    id,
    status: text(item.status),
    revisedPrompt: textOrNull(item.revised_prompt),
    result: text(item.result),
    transparentBackground: item.transparent_background ?? null,
    failure: camelKeys(item.failure),
    ...(typeof item.saved_path === 'string' ? { savedPath: item.saved_path } : {}),
    generationId: textOrNull(item.generation_id),
  }
}

function anyItem(type: string, id: string, item: Members): StoredItem {
  const name = type.charAt(0).toLowerCase() + type.slice(1)
  const rest = Object.entries(item).map(([key, value]) => [camelCase(key), value])
  return { ...Object.fromEntries(rest), type: name, id }
}

function memoryCitation(value: unknown): unknown {
  if (value === null || value === undefined) return null
  const { entries, rollout_ids: threadIds } = members(value)
  return { entries: list(entries).map(camelKeys), threadIds: list(threadIds) }
}

function commandAction(action: Members): unknown {
  const command = text(action.cmd)
  switch (action.type) {
    case 'read':
      return { type: 'read', command, name: text(action.name), path: plainPath(action.path) }
    case 'list_files':
      return { type: 'listFiles', command, path: textOrNull(action.path) }
    case 'search':
      return { type: 'search', command, query: textOrNull(action.query), path: textOrNull(action.path) }
    default:
      return { type: 'unknown', command }
  }
}

function webSearchAction(value: unknown): unknown {
  if (value === null || value === undefined) return null
  const action = members(value)
  switch (action.type) {
    case 'search':
      return { type: 'search', query: textOrNull(action.query), queries: action.queries ?? null }
    case 'open_page':
      return { type: 'openPage', url: textOrNull(action.url) }
    case 'find_in_page':
      return { type: 'findInPage', url: textOrNull(action.url), pattern: textOrNull(action.pattern) }
    default:
      return { type: 'other' }
  }
}
