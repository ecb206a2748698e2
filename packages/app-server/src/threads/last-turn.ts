import type { ThreadStore } from './thread-store.js'

/** A turn seldom writes more lines than these; one that does is not found. */
const maxLines = 2_000

/** The id of the turn that a rollout tells of last, read from its end. Undefined where none is found. */
export function lastTurnIn(store: ThreadStore, path: string): string | undefined {
  let lines = 0
  for (const { type, payload } of store.home.readRolloutBackwards(path)) {
    if (type === 'event_msg' && payload.type === 'task_started') {
      return typeof payload.turn_id === 'string' ? payload.turn_id : undefined
    }
    if (++lines === maxLines) return undefined
  }
  return undefined
}
