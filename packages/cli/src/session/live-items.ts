import type { ThreadItem } from '@gangway/protocol'
import type { LiveItem, SessionItem, SessionState } from './session-shape.js'

/** An item of which nothing has come yet. */
const nothingYet: LiveItem = { text: '', summary: [], content: [], progress: null, hasGap: false }

/** What is there of an item, running or not: what was streamed so far, else what the item itself says. */
export function liveOf(state: SessionState, { item }: SessionItem): LiveItem {
  return state.live.get(item.id) ?? startOf(item)
}

/** Delta notifications, and what is missing of an item when one of them was dropped. */
const droppable = new Set([
  'item/agentMessage/delta',
  'item/plan/delta',
  'item/commandExecution/outputDelta',
  'item/fileChange/outputDelta',
  'item/reasoning/summaryTextDelta',
  'item/reasoning/textDelta',
])

/**
 * `state` with what `change` makes of one item's live part.
 *
 * Costs as much as there are items that run, however much has come of them: the list of items is not touched, and texts
 * grow by concatenation, which copies nothing until they are read.
 */
export function withLive(
  state: SessionState,
  itemId: string,
  item: ThreadItem | undefined,
  change: (live: LiveItem) => LiveItem,
): SessionState {
  const live = new Map(state.live)
  live.set(itemId, change(live.get(itemId) ?? (item === undefined ? nothingYet : startOf(item))))
  return { ...state, live }
}

function startOf(item: ThreadItem): LiveItem {
  switch (item.type) {
    case 'agentMessage':
    case 'plan':
      return { ...nothingYet, text: item.text }
    case 'commandExecution':
      return { ...nothingYet, text: item.aggregatedOutput ?? '' }
    case 'reasoning':
      return { ...nothingYet, summary: item.summary ?? [], content: item.content ?? [] }
    default:
      return nothingYet
  }
}

/** `state` without the live part of one item. */
export function withoutLive(state: SessionState, itemId: string): SessionState {
  if (!state.live.has(itemId)) return state
  const live = new Map(state.live)
  live.delete(itemId)
  return { ...state, live }
}

/** Marks every live part as possibly incomplete when a delta is among what was dropped. */
export function withGap(state: SessionState, byMethod: Readonly<Record<string, number>>): SessionState {
  if (state.live.size === 0 || !Object.keys(byMethod).some((method) => droppable.has(method))) return state
  const live = new Map([...state.live].map(([id, item]) => [id, { ...item, hasGap: true }]))
  return { ...state, live }
}

/** `parts` with `delta` at the end of the part of this number; parts that never came are empty. */
export function withPart(parts: readonly string[], index: number, delta: string): readonly string[] {
  const next = [...parts]
  while (next.length <= index) next.push('')
  next[index] += delta
  return next
}
