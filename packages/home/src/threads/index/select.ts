import { cursorAfter, cursorBefore, parseCursor, sortTimeOf } from './cursor.js'
import { descendantsOf, threadFilter } from './filter.js'
import type { ThreadPage, ThreadQuery, ThreadRecord, ThreadSortKey } from './query.js'

const defaultLimit = 25

/** The threads that `query` asks for, all pages of them from its cursor on, in its order. @throws as {@link parseCursor} */
export function selectThreads(sorted: readonly ThreadRecord[], query: ThreadQuery): ThreadRecord[] {
  const passes = threadFilter(query)
  const family = query.ancestorThreadId === undefined ? undefined : descendantsOf(sorted, query.ancestorThreadId)
  const isBehind = behindCursor(query)
  const selected = sorted.filter((record) => passes(record) && (!family || family.has(record.id)) && isBehind(record))
  return isDescending(query) ? selected : selected.reverse()
}

/** Newest first, ids in between. */
export function sortNewestFirst(records: readonly ThreadRecord[], key: ThreadSortKey): ThreadRecord[] {
  return [...records].sort(
    (left, right) => sortTimeOf(right, key) - sortTimeOf(left, key) || (left.id < right.id ? 1 : -1),
  )
}

/** The first page of `selected`. A limit of 0 counts as 1. Source: reference 0.169.0. */
export function pageOf(selected: readonly ThreadRecord[], query: ThreadQuery): ThreadPage {
  const key = query.sortKey ?? 'created_at'
  const threads = selected.slice(0, pageSize(query))
  const [first, last] = [threads[0], threads.at(-1)]
  return {
    threads,
    nextCursor: last && selected.length > threads.length ? cursorAfter(last, key) : null,
    backwardsCursor: first ? cursorBefore(first, key, isDescending(query)) : null,
  }
}

/** How many threads a page of `query` holds. */
export function pageSize({ limit }: ThreadQuery): number {
  return Math.max(1, Math.floor(limit ?? defaultLimit))
}

function isDescending({ sortDirection }: ThreadQuery): boolean {
  return sortDirection !== 'asc'
}

function behindCursor(query: ThreadQuery): (record: ThreadRecord) => boolean {
  if (query.cursor === undefined) return () => true
  const { atMs, id } = parseCursor(query.cursor)
  const key = query.sortKey ?? 'created_at'
  const sign = isDescending(query) ? 1 : -1
  return (record) => {
    const difference = (atMs - sortTimeOf(record, key)) * sign
    if (difference !== 0) return difference > 0
    return id !== null && (id < record.id ? -1 : id > record.id ? 1 : 0) * sign > 0
  }
}
