import type { Turn } from '@gangway/protocol'
import type { MaybePromise, RequestContext } from '../handler.js'
import type { LoadedThread } from './loaded-thread.js'

/**
 * Tells a client that took up a thread what it has used so far. Nothing where that is not known, or the client was given no turns: the
 * event names the last of them. Source: reference 0.169.0.
 */
export function tellUsage(
  { threadId, agent }: LoadedThread,
  turns: readonly Turn[],
  context: RequestContext,
): MaybePromise<void> {
  const turnId = turns.at(-1)?.id
  const { tokenUsage } = agent
  if (turnId === undefined || tokenUsage === null) return
  return context.emit('thread/tokenUsage/updated', { threadId, turnId, tokenUsage })
}
