import { invalidRequest } from './refusals.js'

/** A piece of a list. */
export interface Page<T> {
  readonly data: T[]
  /** For the piece behind it; null at the end. */
  readonly nextCursor: string | null
}

/**
 * A piece of a list that is small enough to be made whole; the cursor counts entries.
 *
 * Source: reference 0.169.0, cursors of its short lists, both refusals, and that a limit of 0 means 1.
 *
 * @param limit at most so many; all where it is null
 * @param what the list's entries, for the refusal
 */
export function pageOf<T>(
  entries: readonly T[],
  { cursor, limit }: { readonly cursor?: string | null | undefined; readonly limit?: number | null | undefined },
  what: string,
): Page<T> {
  const start = startOf(cursor ?? null)
  if (start > entries.length) throw invalidRequest(`cursor ${start} exceeds total ${what} ${entries.length}`)
  const end = limit === null || limit === undefined ? entries.length : start + Math.max(1, limit)
  return { data: entries.slice(start, end), nextCursor: end < entries.length ? String(end) : null }
}

function startOf(cursor: string | null): number {
  if (cursor === null) return 0
  if (!/^\d{1,15}$/.test(cursor)) throw invalidRequest(`invalid cursor: ${cursor}`)
  return Number(cursor)
}
