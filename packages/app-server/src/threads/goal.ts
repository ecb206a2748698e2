import type { ThreadGoal } from '@gangway/protocol'
import type { ThreadStore } from './thread-store.js'

/** What a thread works towards; null: nothing was set. */
export function goalOf(store: ThreadStore, threadId: string): ThreadGoal | null {
  const { goal } = store.marks.get(threadId)
  return goal === undefined ? null : ({ ...goal, threadId } as ThreadGoal)
}
