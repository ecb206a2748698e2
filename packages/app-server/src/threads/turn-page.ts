import type { StoredTurn } from '@gangway/home'
import type { ThreadTurnsListParams, ThreadTurnsListResponse, Turn } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'
import { isEndCursor, parseAnchor } from './anchor.js'
import type { TurnSource } from './live-pages.js'
import { pageLimit } from './page-limit.js'

/** A page of a thread's turns, newest first unless asked otherwise. @throws RpcError for a cursor that is none */
export async function turnPage(
  pages: TurnSource,
  params: ThreadTurnsListParams,
  signal: AbortSignal,
): Promise<ThreadTurnsListResponse> {
  const { turnIds } = pages
  const isDescending = params.sortDirection !== 'asc'
  const start = startOf(turnIds, params.cursor, isDescending)
  const limit = pageLimit(params.limit)
  const [from, to] = isDescending ? [Math.max(0, start - limit + 1), start + 1] : [start, start + limit]
  const stored = await pages.turns(from, to, { signal })
  if (isDescending) stored.reverse()
  const [first, last] = [stored[0], stored.at(-1)]
  const hasMore = isDescending ? from > 0 : to < turnIds.length
  return {
    data: stored.map((turn) => turnView(turn, params.itemsView ?? 'summary')),
    nextCursor: last && hasMore ? cursorAt(last.id, false) : null,
    backwardsCursor: first ? cursorAt(first.id, true) : null,
  }
}

/** A turn with all of its items, some, or none. */
export function turnView(turn: StoredTurn, itemsView: NonNullable<Turn['itemsView']>): Turn {
  // What the home reads from files it gives in the wire's words.
  const whole = turn as unknown as Turn
  switch (itemsView) {
    case 'full':
      return whole
    case 'summary':
      return { ...whole, itemsView, items: summary(whole.items) }
    case 'notLoaded':
      return { ...whole, itemsView, items: [] }
    default:
      return itemsView satisfies never
  }
}

/** What a person said first, and what the agent said last. Source: reference 0.169.0. */
function summary(items: Turn['items']): Turn['items'] {
  const first = items.find(({ type }) => type === 'userMessage')
  const last = items.findLast(({ type }) => type === 'agentMessage')
  return [first, last].filter((item) => item !== undefined)
}

function startOf(turnIds: readonly string[], cursor: string | null | undefined, isDescending: boolean): number {
  if (cursor === null || cursor === undefined) return isDescending ? turnIds.length - 1 : 0
  if (isEndCursor(cursor)) return turnIds.length - 1
  const { turnId, includeAnchor } = parseAnchor(cursor, ['turnId'])
  const at = turnIds.indexOf(turnId)
  if (at === -1) throw invalidRequest('invalid cursor: anchor turn is no longer present')
  if (includeAnchor) return at
  return isDescending ? at - 1 : at + 1
}

function cursorAt(turnId: string, includeAnchor: boolean): string {
  return JSON.stringify({ turnId, includeAnchor })
}
