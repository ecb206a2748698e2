import type { ThreadItem, Turn } from '@gangway/protocol'
import { withoutLive } from './live-items.js'
import type { SessionItem, SessionState } from './session-shape.js'

/** `state` with an item that has begun. One that is known already stays as it is. */
export function startItem(state: SessionState, turnId: string, item: ThreadItem): SessionState {
  const at = positionOf(state.items, item.id)
  if (at === -1) return { ...state, items: [...state.items, { turnId, item, stage: 'running' }] }
  // A delta made room for it, or the start is told again after a reconnect.
  return state.items[at]?.stage === 'running' ? replaceAt(state, at, { turnId, item, stage: 'running' }) : state
}

/** `state` with an item as it ended: what the server says then is the truth, whatever came before. */
export function completeItem(state: SessionState, turnId: string, item: ThreadItem): SessionState {
  const done: SessionItem = { turnId, item, stage: 'done' }
  const at = positionOf(state.items, item.id)
  const next = at === -1 ? { ...state, items: [...state.items, done] } : replaceAt(state, at, done)
  return withoutLive(next, item.id)
}

/** Puts `item` in the place where a delta tells of an item whose start was not told. */
export function ensureItem(state: SessionState, turnId: string, item: ThreadItem): SessionState {
  return positionOf(state.items, item.id) === -1 ? startItem(state, turnId, item) : state
}

/** The item of this id, in whatever stage. */
export function itemOf(state: SessionState, itemId: string): SessionItem | undefined {
  return state.items[positionOf(state.items, itemId)]
}

/** `state` with what `change` makes of a running item. */
export function changeItem(
  state: SessionState,
  itemId: string,
  change: (item: ThreadItem) => ThreadItem,
): SessionState {
  const at = positionOf(state.items, itemId)
  const entry = state.items[at]
  return entry === undefined || entry.stage === 'done'
    ? state
    : replaceAt(state, at, { ...entry, item: change(entry.item) })
}

/** `state` at the end of a turn: items that it lists are as it lists them, and what still ran is left. */
export function endItems(state: SessionState, turn: Turn): SessionState {
  let next = state
  for (const item of turn.items) if (itemOf(next, item.id)?.stage !== 'done') next = completeItem(next, turn.id, item)
  if (!next.items.some((entry) => entry.turnId === turn.id && entry.stage === 'running')) return next
  const items = next.items.map(
    (entry): SessionItem =>
      entry.turnId === turn.id && entry.stage === 'running' ? { ...entry, stage: 'left' } : entry,
  )
  return { ...next, items }
}

/** `state` with items of earlier turns before everything that is there. Those that are there already are left out. */
export function prependTurns(state: SessionState, turns: readonly Turn[]): SessionState {
  const known = new Set(state.items.map(({ item }) => item.id))
  const earlier = turns.flatMap((turn) =>
    turn.items
      .filter((item) => !known.has(item.id))
      .map((item): SessionItem => ({ turnId: turn.id, item, stage: stageIn(turn, item) })),
  )
  return earlier.length === 0 ? state : { ...state, items: [...earlier, ...state.items] }
}

function stageIn(turn: Turn, item: ThreadItem): SessionItem['stage'] {
  return turn.status === 'inProgress' && item.completedAtMs == null ? 'running' : 'done'
}

/** From the end, where what is talked about nearly always is. */
function positionOf(items: readonly SessionItem[], itemId: string): number {
  for (let at = items.length - 1; at >= 0; at -= 1) if (items[at]?.item.id === itemId) return at
  return -1
}

function replaceAt(state: SessionState, at: number, entry: SessionItem): SessionState {
  const items = [...state.items]
  items[at] = entry
  return { ...state, items }
}
