import { list, type Members, members, numberOrNull, text, textOrNull, texts } from './members.js'
import { reviewText } from './review-text.js'
import {
  agentMessage,
  commandExecution,
  dynamicToolCall,
  fileChangeItem,
  imageGeneration,
  mcpToolCall,
  webSearch,
} from './stored-items.js'
import type { StoredItem } from './thread-item.js'
import type { KeyOf } from './turn-items.js'
import { textOfInputs, userInputsOfEvent } from './user-input.js'

/** An event of the older form that shows an item: how it is paired with the whole item, and the item it makes. */
export interface EventItem {
  readonly keyOf: KeyOf
  /** Id that the event itself has, or null. */
  readonly id: string | null
  /** Turn it names, or null: the open one. */
  readonly turnId: string | null
  /** Whether it makes the turn it names when that is not there yet. */
  readonly opensTurn: boolean
  /** @param nextId gives an id to an item whose event has none */
  readonly make: (nextId: () => string) => StoredItem
}

/** Events of the older form do not say when they happened, except in threads that were brought over. */
function timesOf(event: Members) {
  return { startedAtMs: numberOrNull(event.started_at_ms), completedAtMs: numberOrNull(event.completed_at_ms) }
}

/** The item that an event of the older form shows, or undefined when it shows none. Reasoning is apart. */
export function eventItem(event: Members): EventItem | undefined {
  const callId = text(event.call_id)
  const turnId = textOrNull(event.turn_id)
  const byId = (make: (id: string) => StoredItem): EventItem | undefined =>
    callId === ''
      ? undefined
      : {
          keyOf: () => `call:${callId}`,
          id: callId,
          turnId,
          opensTurn: false,
          make: () => Object.assign(make(callId), timesOf(event)),
        }
  const bySaying = (keyOf: KeyOf, make: (id: string) => StoredItem): EventItem => ({
    keyOf,
    id: textOrNull(event.item_id),
    turnId,
    opensTurn: typeof event.item_id === 'string',
    make: (nextId) => Object.assign(make(textOrNull(event.item_id) ?? nextId()), timesOf(event)),
  })

  switch (event.type) {
    case 'user_message':
      return bySaying(
        () => `user:${text(event.message)}`,
        (id) => ({
          type: 'userMessage',
          id,
          clientId: textOrNull(event.client_id),
          content: userInputsOfEvent(event),
        }),
      )
    case 'agent_message': {
      const message = text(event.message)
      return message === ''
        ? undefined
        : bySaying(
            () => `agent:${message}`,
            (id) => agentMessage(id, message, event),
          )
    }
    case 'context_compacted':
      return bySaying(
        () => 'compaction',
        (id) => ({ type: 'contextCompaction', id }),
      )
    case 'entered_review_mode':
      return bySaying(
        () => 'review entered',
        (id) => ({
          type: 'enteredReviewMode',
          id,
          review: text(event.user_facing_hint) || 'Review requested.',
        }),
      )
    case 'exited_review_mode':
      return bySaying(
        () => 'review exited',
        (id) => ({
          type: 'exitedReviewMode',
          id,
          review: reviewText(event.review_output),
        }),
      )
    case 'exec_command_end':
      return byId((id) => commandExecution(id, event))
    case 'patch_apply_end':
      return byId((id) => fileChangeItem(id, event))
    case 'mcp_tool_call_end':
      return byId((id) => mcpToolCall(id, mcpItemOf(event)))
    case 'web_search_end':
      return byId((id) => webSearch(id, event))
    case 'dynamic_tool_call_response':
      return byId((id) => dynamicToolCall(id, event))
    case 'image_generation_end':
      return byId((id) => imageGeneration(id, event))
    case 'view_image_tool_call':
      return byId((id) => ({ type: 'imageView', id, path: text(event.path) }))
    default:
      return undefined
  }
}

/** The keys of the events that may tell the same as a whole item does. */
export function keysOfItem(item: Members): string[] {
  switch (item.type) {
    case 'UserMessage':
      return [`user:${textOfInputs(item.content)}`]
    case 'AgentMessage':
      return [
        `agent:${list(item.content)
          .map((part) => text(members(part).text))
          .join('')}`,
      ]
    case 'Reasoning':
      return [...texts(item.summary_text).map(summaryKey), ...texts(item.raw_content).map(rawKey)]
    case 'ContextCompaction':
      return ['compaction']
    case 'EnteredReviewMode':
      return ['review entered']
    case 'ExitedReviewMode':
      return ['review exited']
    default:
      return [`call:${text(item.id)}`]
  }
}

export function summaryKey(summary: string): string {
  return `summary:${summary}`
}

export function rawKey(raw: string): string {
  return `raw:${raw}`
}

/** The event keeps the call and its result apart; the item has them beside each other. */
function mcpItemOf(event: Members): Members {
  const { server, tool, arguments: given } = members(event.invocation)
  const { Ok: result, Err: message } = members(event.result)
  const failed = message !== undefined || members(result).is_error === true || members(result).isError === true
  return {
    ...event,
    server,
    tool,
    arguments: given,
    status: failed ? 'failed' : 'completed',
    result: result ?? null,
    error: typeof message === 'string' ? { message } : null,
  }
}
