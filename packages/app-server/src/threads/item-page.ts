import type {
  ThreadItemEntry,
  ThreadItemsListParams,
  ThreadItemsListResponse,
  ThreadItemsReadParams,
} from '@gangway/protocol'
import { invalidParams, invalidRequest } from '../refusals.js'
import { isEndCursor, parseAnchor } from './anchor.js'
import { withoutDeferredOutput } from './deferred-output.js'
import type { TurnSource } from './live-pages.js'
import { pageLimit } from './page-limit.js'
import { turnView } from './turn-page.js'

/** Turns read at once while a page of items is filled. */
const turnsAtOnce = 25
const maxItemIds = 100

/** A page of items, oldest first unless asked otherwise, of one turn or of all. @throws RpcError for a bad cursor */
export async function itemPage(
  pages: TurnSource,
  params: ThreadItemsListParams,
  signal: AbortSignal,
): Promise<ThreadItemsListResponse> {
  const isDescending = params.sortDirection === 'desc'
  const limit = pageLimit(params.limit)
  const start = await startOf(pages, params, isDescending, signal)
  const data: ThreadItemEntry[] = []
  for await (const entry of entriesFrom(pages, params.turnId, start, isDescending, signal)) {
    data.push(entry)
    if (data.length > limit) break
  }
  const shown = data.slice(0, limit)
  const [first, last] = [shown[0], shown.at(-1)]
  const isOneTurn = typeof params.turnId === 'string'
  return {
    data:
      isOneTurn && params.deferOutput ? shown.map((entry) => withoutDeferredOutput(entry, params.deferOutput!)) : shown,
    nextCursor: last && data.length > limit ? cursorAt(last, false) : null,
    backwardsCursor: first ? cursorAt(first, true) : null,
  }
}

/** Items of one turn, whole, in the turn's order; those that are not there are left out. @throws RpcError for too many */
export async function itemsOf(
  pages: TurnSource,
  { turnId, itemIds }: ThreadItemsReadParams,
  signal: AbortSignal,
): Promise<ThreadItemEntry[]> {
  if (itemIds.length === 0 || itemIds.length > maxItemIds) {
    throw invalidRequest(`itemIds must contain 1 to ${maxItemIds} IDs`)
  }
  const wanted = new Set(itemIds)
  const at = pages.turnIds.indexOf(turnId)
  const entries = at === -1 ? [] : await entriesOf(pages, at, at + 1, signal)
  return entries.filter(({ item }) => wanted.has(item.id))
}

/** Where a page begins: a turn, and an item of it that comes before the page. */
interface Start {
  readonly turnAt: number
  readonly after: { readonly itemId: string; readonly isIncluded: boolean } | null
}

async function startOf(
  pages: TurnSource,
  { turnId, cursor }: ThreadItemsListParams,
  isDescending: boolean,
  signal: AbortSignal,
): Promise<Start> {
  if (cursor === null || cursor === undefined) {
    const edge = isDescending ? pages.turnIds.length - 1 : 0
    return { turnAt: typeof turnId === 'string' ? pages.turnIds.indexOf(turnId) : edge, after: null }
  }
  if (isEndCursor(cursor)) return { turnAt: pages.turnIds.length - 1, after: null }
  if (typeof cursor === 'object') return startBehind(pages, turnId, cursor.itemId, signal)
  const anchor = parseAnchor(cursor, ['turnId', 'itemId'])
  const turnAt = pages.turnIds.indexOf(anchor.turnId)
  if (turnAt === -1) throw invalidRequest('invalid cursor: anchor turn is no longer present')
  if (typeof turnId === 'string' && turnId !== anchor.turnId) throw invalidRequest(`invalid cursor: ${cursor}`)
  return { turnAt, after: { itemId: anchor.itemId, isIncluded: anchor.includeAnchor } }
}

// Source: reference 0.169.0, for the refusals.
async function startBehind(
  pages: TurnSource,
  turnId: string | null | undefined,
  itemId: string,
  signal: AbortSignal,
): Promise<Start> {
  if (typeof turnId !== 'string' || turnId === '') {
    throw invalidParams('turnId is required when cursor is an item anchor')
  }
  const turnAt = pages.turnIds.indexOf(turnId)
  const entries = turnAt === -1 ? [] : await entriesOf(pages, turnAt, turnAt + 1, signal)
  if (!entries.some(({ item }) => item.id === itemId)) {
    throw invalidParams('cursor.itemId does not identify an item in the requested history scope')
  }
  return { turnAt, after: { itemId, isIncluded: false } }
}

async function* entriesFrom(
  pages: TurnSource,
  turnId: string | null | undefined,
  { turnAt, after }: Start,
  isDescending: boolean,
  signal: AbortSignal,
): AsyncGenerator<ThreadItemEntry> {
  if (turnAt < 0) return
  const end =
    typeof turnId === 'string' ? (isDescending ? turnAt - 1 : turnAt + 1) : isDescending ? -1 : pages.turnIds.length
  let skip = after
  for (let at = turnAt; isDescending ? at > end : at < end; ) {
    // The anchor's turn comes alone: it is cut.
    const count = skip ? 1 : Math.min(turnsAtOnce, Math.abs(end - at))
    const [from, to] = isDescending ? [at - count + 1, at + 1] : [at, at + count]
    const entries = await entriesOf(pages, from, to, signal)
    if (isDescending) entries.reverse()
    yield* skip ? entriesBehind(entries, skip) : entries
    skip = null
    at += isDescending ? -count : count
  }
}

function entriesBehind(
  entries: ThreadItemEntry[],
  { itemId, isIncluded }: NonNullable<Start['after']>,
): ThreadItemEntry[] {
  const at = entries.findIndex(({ item }) => item.id === itemId)
  if (at === -1) throw invalidRequest('invalid cursor: anchor item is no longer present')
  return entries.slice(isIncluded ? at : at + 1)
}

async function entriesOf(pages: TurnSource, from: number, to: number, signal: AbortSignal): Promise<ThreadItemEntry[]> {
  const turns = await pages.turns(from, to, { signal })
  return turns.flatMap((stored) => {
    const turn = turnView(stored, 'full')
    return turn.items.map((item) => ({
      turnId: turn.id,
      item,
      startedAtMs: item.startedAtMs ?? null,
      completedAtMs: item.completedAtMs ?? null,
    }))
  })
}

function cursorAt({ turnId, item }: ThreadItemEntry, includeAnchor: boolean): string {
  return JSON.stringify({ turnId, itemId: item.id, includeAnchor })
}
