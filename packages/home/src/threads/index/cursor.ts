import { HomeError } from '../../errors.js'
import type { ThreadRecord, ThreadSortKey } from './query.js'

/** A place in a list: behind the thread `id` of that time, or, without one, behind that time. */
export interface CursorPlace {
  readonly atMs: number
  readonly id: string | null
}

/** What a list sorted by `key` goes by. Milliseconds since the epoch. */
export function sortTimeOf(record: ThreadRecord, key: ThreadSortKey): number {
  switch (key) {
    case 'created_at':
      return record.createdAtMs
    case 'updated_at':
      return record.updatedAtMs
    case 'recency_at':
      return record.recencyAtMs
  }
}

/** @throws HomeError `BAD_CURSOR`, in the reference's words */
export function parseCursor(cursor: string): CursorPlace {
  const [time = '', id = null, ...rest] = cursor.split('|')
  const atMs = /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : Number.NaN
  if (Number.isNaN(atMs) || rest.length > 0 || id === '') throw new HomeError('BAD_CURSOR', `invalid cursor: ${cursor}`)
  return { atMs, id }
}

/** The place behind a thread. */
export function cursorAfter(record: ThreadRecord, key: ThreadSortKey): string {
  return `${new Date(sortTimeOf(record, key)).toISOString()}|${record.id}`
}

/** The place to list from in the other direction, so that the thread itself and what is newer comes. */
export function cursorBefore(record: ThreadRecord, key: ThreadSortKey, isDescending: boolean): string {
  return new Date(sortTimeOf(record, key) + (isDescending ? -1 : 1)).toISOString()
}
