import type { MaybePromise, RequestContext } from '../handler.js'
import type { LoadedThread } from './loaded-thread.js'

/**
 * Tells a client that took up a thread what it has used so far. The event names the last
 * turn: nothing where there is none, where the client was given none, or where nothing is known. Source: reference 0.169.0.
 */
export function tellUsage(
  { threadId, agent }: LoadedThread,
  turnId: string | undefined,
  context: RequestContext,
): MaybePromise<void> {
  const { tokenUsage } = agent
  if (turnId === undefined || tokenUsage === null) return
  return context.emit('thread/tokenUsage/updated', { threadId, turnId, tokenUsage })
}
