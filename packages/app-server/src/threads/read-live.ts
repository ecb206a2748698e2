import type { StoredTurn } from '@gangway/home'
import type { Turn } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'
import { type TurnSource, turnsInMemory, turnsOfAgent, withActive, withActiveTurn } from './live-pages.js'
import type { LoadedThread } from './loaded-thread.js'
import type { ThreadStore } from './thread-store.js'
import { turnView } from './turn-page.js'

/** All turns of a thread, loaded or not. A loaded one that nobody has spoken in has none. */
export async function wholeTurns(store: ThreadStore, threadId: string, signal: AbortSignal): Promise<Turn[]> {
  const loaded = store.loaded(threadId)
  if (loaded && (loaded.agent.isEphemeral || !(await store.index.get(threadId)))) return turnsOfAgent(loaded.agent)
  const active = loaded?.agent.activeTurn ?? null
  const whole = await store.index.read(threadId, { signal, isLive: active !== null })
  const turns: readonly StoredTurn[] = whole?.turns ?? []
  return withActive(turns, active).map((turn) => turnView(turn, 'full'))
}

/**
 * The turns of a thread to be read in pages.
 *
 * @throws RpcError for what has no pages, in the reference's words
 */
export async function pagesOf(
  store: ThreadStore,
  threadId: string,
  method: string,
  signal: AbortSignal,
): Promise<TurnSource> {
  const loaded = store.loaded(threadId)
  if (loaded?.agent.isEphemeral) throw invalidRequest(`ephemeral threads do not support ${method}`)
  const pages = await store.index.pages(threadId, signal)
  if (pages) return withActiveTurn(pages, loaded?.agent.activeTurn ?? null)
  if (!loaded) throw invalidRequest(`thread not loaded: ${threadId}`)
  return unwritten(loaded, method)
}

function unwritten({ threadId, agent }: LoadedThread, method: string): TurnSource {
  const turns = turnsOfAgent(agent)
  if (turns.length > 0 || method !== 'thread/turns/list') return turnsInMemory(turns)
  throw invalidRequest(`thread ${threadId} is not materialized yet; ${method} is unavailable before first user message`)
}
