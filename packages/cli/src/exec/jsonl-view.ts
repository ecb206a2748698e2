import type { ClientEvent } from '@gangway/client'
import type { ThreadItem } from '@gangway/protocol'
import type { EndedTurn, SessionState, ThreadFacts } from '../session/session-shape.js'
import type { ExecView } from './exec-view.js'
import { isToldWhenDone, type JsonlItem, jsonlItem } from './jsonl-item.js'
import { jsonlUsage, noTokens, type Tokens, tokensBetween } from './jsonl-usage.js'

type Notification = Extract<ClientEvent, { type: 'notification' }>

/**
 * Shows a run as JSON lines: the events of `codex exec --json`, in its order and with its members.
 *
 * That this reader lagged is not among them: it is no fault of the run, and every item is whole when it is told as done.
 */
export class JsonlView implements ExecView {
  readonly #print: (line: string) => void
  /** By the server's id. */
  readonly #ids = new Map<string, string>()
  #count = 0
  #turnId: string | undefined
  #todo: { readonly id: string; readonly item: JsonlItem } | undefined
  #lastNotice = 0
  /** Of the thread, before this turn. */
  #before: Tokens | undefined

  /** @param print writes one line */
  constructor(print: (line: string) => void) {
    this.#print = print
  }

  opened(thread: ThreadFacts): void {
    this.#tell({ type: 'thread.started', thread_id: thread.id })
  }

  saw(event: ClientEvent, state: SessionState): void {
    this.#notices(state)
    if (event.type === 'notification') this.#notification(event, state)
  }

  note(): void {
    // What was declined shows in the item itself.
  }

  ended(turn: EndedTurn, state: SessionState): void {
    this.#endTodo()
    if (turn.status === 'completed') {
      const total = state.usage?.total ?? noTokens
      // The thread's totals are what scripts know; what this turn took stands beside them.
      const own = tokensBetween(this.#before ?? total, total)
      this.#tell({ type: 'turn.completed', usage: jsonlUsage(total), turn_usage: jsonlUsage(own) })
    } else if (turn.status === 'failed') {
      this.failed(turn.error?.message ?? 'turn failed')
    }
  }

  failed(message: string): void {
    this.#tell({ type: 'turn.failed', error: { message } })
  }

  #notification(event: Notification, state: SessionState): void {
    switch (event.method) {
      case 'turn/started':
        if (event.params.threadId !== state.thread?.id || this.#turnId === event.params.turn.id) return
        this.#turnId = event.params.turn.id
        this.#before = state.usage?.total
        this.#tell({ type: 'turn.started' })
        return
      case 'thread/tokenUsage/updated': {
        const { total, last } = event.params.tokenUsage
        if (event.params.turnId === this.#turnId) this.#before ??= tokensBetween(last, total)
        return
      }
      case 'item/started':
        if (event.params.turnId === this.#turnId) this.#started(event.params.item)
        return
      case 'item/completed':
        if (event.params.turnId === this.#turnId) this.#completed(event.params.item)
        return
      case 'turn/plan/updated':
        if (event.params.turnId === this.#turnId) this.#planned(state)
        return
      default:
        return
    }
  }

  #started(item: ThreadItem): void {
    const shown = jsonlItem(item)
    if (shown === undefined || isToldWhenDone(item) || this.#ids.has(item.id)) return
    const id = this.#nextId()
    this.#ids.set(item.id, id)
    this.#tell({ type: 'item.started', item: { id, ...shown } })
  }

  #completed(item: ThreadItem): void {
    const shown = jsonlItem(item)
    if (shown === undefined) return
    const id = this.#ids.get(item.id) ?? this.#nextId()
    this.#ids.delete(item.id)
    this.#tell({ type: 'item.completed', item: { id, ...shown } })
  }

  #planned({ plan }: SessionState): void {
    const items = (plan?.steps ?? []).map(({ step, status }) => ({ text: step, completed: status === 'completed' }))
    const type = this.#todo === undefined ? 'item.started' : 'item.updated'
    this.#todo = { id: this.#todo?.id ?? this.#nextId(), item: { type: 'todo_list', items } }
    this.#tell({ type, item: { id: this.#todo.id, ...this.#todo.item } })
  }

  #endTodo(): void {
    if (this.#todo === undefined) return
    this.#tell({ type: 'item.completed', item: { id: this.#todo.id, ...this.#todo.item } })
    this.#todo = undefined
  }

  /** Failures are events of their own; what is said beside is an item. Source: reference 0.169.0, which leaves MCP out. */
  #notices({ notices }: SessionState): void {
    for (const { number, kind, message } of notices) {
      if (number <= this.#lastNotice) continue
      this.#lastNotice = number
      if (kind === 'error' || kind === 'retry') this.#tell({ type: 'error', message })
      else if (kind !== 'mcp')
        this.#tell({ type: 'item.completed', item: { id: this.#nextId(), type: 'error', message } })
    }
  }

  #nextId(): string {
    const id = `item_${this.#count}`
    this.#count += 1
    return id
  }

  #tell(event: { readonly type: string; readonly [member: string]: unknown }): void {
    this.#print(JSON.stringify(event))
  }
}
