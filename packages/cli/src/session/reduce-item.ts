import type { ClientEvent } from '@gangway/client'
import { withLive, withPart } from './live-items.js'
import { changeItem, completeItem, ensureItem, itemOf, startItem } from './session-items.js'
import type { LiveItem, SessionState } from './session-shape.js'

type Notification = Extract<ClientEvent, { type: 'notification' }>

/** `state` after a notification about an item; undefined when it is about none. */
export function reduceItemNotification(state: SessionState, event: Notification): SessionState | undefined {
  switch (event.method) {
    case 'item/started':
      return startItem(state, event.params.turnId, event.params.item)
    case 'item/completed':
      return completeItem(state, event.params.turnId, event.params.item)
    case 'item/agentMessage/delta':
    case 'item/plan/delta': {
      const { turnId, itemId, delta } = event.params
      const type = event.method === 'item/plan/delta' ? 'plan' : 'agentMessage'
      return grown(ensureItem(state, turnId, { type, id: itemId, text: '' }), itemId, (live) => ({
        ...live,
        text: live.text + delta,
      }))
    }
    case 'item/commandExecution/outputDelta':
    case 'item/fileChange/outputDelta': {
      const { itemId, delta } = event.params
      return grown(state, itemId, (live) => ({ ...live, text: live.text + delta }))
    }
    case 'item/reasoning/summaryPartAdded': {
      const { turnId, itemId, summaryIndex } = event.params
      return reasoned(state, turnId, itemId, 'summary', Number(summaryIndex), '')
    }
    case 'item/reasoning/summaryTextDelta': {
      const { turnId, itemId, summaryIndex, delta } = event.params
      return reasoned(state, turnId, itemId, 'summary', Number(summaryIndex), delta)
    }
    case 'item/reasoning/textDelta': {
      const { turnId, itemId, contentIndex, delta } = event.params
      return reasoned(state, turnId, itemId, 'content', Number(contentIndex), delta)
    }
    case 'item/mcpToolCall/progress': {
      const { itemId, message } = event.params
      return grown(state, itemId, (live) => ({ ...live, progress: message }))
    }
    case 'item/fileChange/patchUpdated': {
      const { itemId, changes } = event.params
      return changeItem(state, itemId, (item) => (item.type === 'fileChange' ? { ...item, changes } : item))
    }
    default:
      return undefined
  }
}

function reasoned(
  state: SessionState,
  turnId: string,
  itemId: string,
  member: 'summary' | 'content',
  index: number,
  delta: string,
): SessionState {
  const there = ensureItem(state, turnId, { type: 'reasoning', id: itemId, summary: [], content: [] })
  return grown(there, itemId, (live) => ({ ...live, [member]: withPart(live[member], index, delta) }))
}

/** A delta that comes behind the completed item says nothing new. */
function grown(state: SessionState, itemId: string, change: (live: LiveItem) => LiveItem): SessionState {
  const entry = itemOf(state, itemId)
  return entry?.stage === 'done' ? state : withLive(state, itemId, entry?.item, change)
}
