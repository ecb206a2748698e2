import { invalidRequest } from '../refusals.js'

/** The place that a cursor names: an entry, and whether it belongs to the page. */
export type Anchor<Names extends string> = { readonly [N in Names]: string } & { readonly includeAnchor: boolean }

/** The cursor of the newest entry, whichever that is when it is used: made without looking at the thread. */
export const endCursor = JSON.stringify({ end: true })

/** Whether a cursor is {@link endCursor}. */
export function isEndCursor(cursor: unknown): boolean {
  return cursor === endCursor
}

/** The place in a cursor that we gave out. @throws RpcError when it is none, in the reference's words */
export function parseAnchor<Names extends string>(cursor: string, names: readonly Names[]): Anchor<Names> {
  const value = parsed(cursor)
  const isAnchor =
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'includeAnchor') === 'boolean' &&
    names.every((name) => typeof Reflect.get(value, name) === 'string')
  if (!isAnchor) throw invalidRequest(`invalid cursor: ${cursor}`)
  return value as Anchor<Names>
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(cursor)
  } catch {
    return undefined
  }
}
