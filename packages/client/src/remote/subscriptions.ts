import type { NotificationEvent, WritableEvent } from '@gangway/protocol/channel'
import { SeenTurn } from '../turns/seen-turn.js'
import { isSynthetic, synthesize } from '../turns/synthetic.js'
import { type Thread, type ThreadItem, type Turn, turnNameOf } from '../turns/turn-shapes.js'

/** What has been told of a thread. */
interface Subscription {
  /** Turns that were begun and not completed. */
  readonly live: Map<string, SeenTurn>
  /** The turns that ended last, newest behind. */
  readonly ended: Set<string>
  status: string | undefined
}

/** Ended turns that are remembered per thread. */
const MAX_ENDED = 16

/** Requests after which the server tells the client of a thread. */
const SUBSCRIBING: ReadonlySet<string> = new Set(['thread/start', 'thread/resume', 'thread/fork'])

/** Requests, and notifications, after which it does not any more. */
const ENDING: ReadonlySet<string> = new Set([
  'thread/unsubscribe',
  'thread/archive',
  'thread/delete',
  'thread/closed',
  'thread/archived',
  'thread/deleted',
])

/** The threads that a client is told of, and how far: so that after a reconnect the difference can be told. */
export class Subscriptions {
  readonly #threads = new Map<string, Subscription>()

  /** The ids of the threads. */
  get threadIds(): string[] {
    return [...this.#threads.keys()]
  }

  /** A request was answered. */
  answered(method: string, params: unknown, result: unknown): void {
    if (SUBSCRIBING.has(method)) {
      const { thread } = (result ?? {}) as { readonly thread?: Thread }
      if (typeof thread?.id === 'string') this.#subscribe(thread)
    } else if (ENDING.has(method)) this.forget(String((params as { threadId?: unknown } | null)?.threadId))
  }

  forget(threadId: string): void {
    this.#threads.delete(threadId)
  }

  /** An event has come. */
  saw(event: WritableEvent): void {
    if (event.type !== 'notification' || this.#threads.size === 0) return
    const { threadId, status } = (event.params ?? {}) as { threadId?: string; status?: { type?: string } }
    const thread = this.#threads.get(threadId ?? '')
    if (thread === undefined || threadId === undefined) return
    if (event.method === 'thread/status/changed') thread.status = status?.type
    else if (ENDING.has(event.method)) this.forget(threadId)
    const turnId = turnNameOf(event.params)?.turnId
    if (turnId !== undefined && !thread.ended.has(turnId)) sawTurn(thread, turnId, event)
  }

  /** Whether an event tells again what the difference has told. */
  isRepeated(event: WritableEvent): boolean {
    if (event.type !== 'notification' || isSynthetic(event)) return false
    const name = turnNameOf(event.params)
    const thread = name === undefined ? undefined : this.#threads.get(name.threadId)
    if (name === undefined || thread === undefined) return false
    if (thread.ended.has(name.turnId)) return true
    const { item } = event.params as { readonly item?: ThreadItem }
    const isItem = event.method === 'item/started' || event.method === 'item/completed'
    return isItem && item !== undefined && thread.live.get(name.turnId)?.hasCompleted(item.id) === true
  }

  /** What `thread`, as the server shows it now, is ahead of what was told: items, completions, new turns, its status. */
  difference(thread: Thread): NotificationEvent[] {
    const known = this.#threads.get(thread.id)
    if (known === undefined) return []
    const events: NotificationEvent[] = []
    const turns = thread.turns ?? []
    const lastKnown = turns.findLastIndex(({ id }) => known.ended.has(id) || known.live.has(id))
    turns.forEach((turn, index) => {
      const seen = known.live.get(turn.id) ?? (index > lastKnown ? new SeenTurn() : undefined)
      if (seen !== undefined) events.push(...seen.missing({ threadId: thread.id, turnId: turn.id }, turn))
    })
    const { status } = thread
    if (status !== undefined && status.type !== known.status) {
      events.push(synthesize('thread/status/changed', { threadId: thread.id, status }))
    }
    return events
  }

  #subscribe(thread: Thread): void {
    if (this.#threads.has(thread.id)) return
    const live = new Map<string, SeenTurn>()
    const ended = new Set<string>()
    for (const turn of thread.turns ?? []) {
      if (turn.status === 'inProgress') live.set(turn.id, seenTurn(thread.id, turn))
      else remember(ended, turn.id)
    }
    this.#threads.set(thread.id, { live, ended, status: thread.status?.type })
  }
}

function sawTurn(thread: Subscription, turnId: string, event: NotificationEvent): void {
  if (event.method === 'turn/completed') {
    thread.live.delete(turnId)
    remember(thread.ended, turnId)
    return
  }
  let seen = thread.live.get(turnId)
  if (seen === undefined) {
    seen = new SeenTurn()
    thread.live.set(turnId, seen)
  }
  seen.saw(event)
}

function remember(ended: Set<string>, turnId: string): void {
  ended.add(turnId)
  if (ended.size <= MAX_ENDED) return
  for (const oldest of ended) {
    ended.delete(oldest)
    return
  }
}

/** A running turn whose items so far are known from the thread itself. */
function seenTurn(threadId: string, turn: Turn): SeenTurn {
  const seen = new SeenTurn()
  const name = { threadId, turnId: turn.id }
  for (const event of new SeenTurn().missing(name, turn)) seen.saw(event)
  return seen
}
