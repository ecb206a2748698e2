import type { NotificationEvent } from '@gangway/protocol/channel'
import { synthesize } from './synthetic.js'
import { isOver, type ThreadItem, type Turn, type TurnName } from './turn-shapes.js'

/** Items that grow by deltas: the last one of a running turn may not be whole. */
const GROWING: ReadonlySet<string> = new Set(['agentMessage', 'reasoning', 'plan'])

/** What has been told of a turn so far, so that the rest can be told from a reading of the thread. */
export class SeenTurn {
  /** Id and type of every completed item. */
  readonly #completed = new Map<string, string>()
  /** Messages of the agent that have begun. */
  readonly #openMessages = new Set<string>()
  #hasStarted = false

  /** Notes a notification about this turn. */
  saw({ method, params }: NotificationEvent): void {
    const { itemId, item } = (params ?? {}) as { readonly itemId?: string; readonly item?: ThreadItem }
    this.#hasStarted = true
    if (method === 'item/agentMessage/delta' && itemId !== undefined) this.#openMessages.add(itemId)
    else if (method === 'item/started' && item?.type === 'agentMessage') this.#openMessages.add(item.id)
    else if (method === 'item/completed' && item !== undefined) {
      this.#openMessages.delete(item.id)
      this.#completed.set(item.id, item.type)
    }
  }

  hasCompleted(itemId: string): boolean {
    return this.#completed.has(itemId)
  }

  /** The notifications that `turn`, as it was read, is ahead of what was told; its completion last, if it is over. */
  missing(name: TurnName, turn: Turn): NotificationEvent[] {
    const events: NotificationEvent[] = []
    const { threadId } = name
    if (!this.#hasStarted) events.push(synthesize('turn/started', { threadId, turn: { ...turn, items: [] } }))
    for (const item of this.#missingItems(turn)) events.push(synthesize('item/completed', { ...name, item }))
    if (isOver(turn)) events.push(synthesize('turn/completed', { threadId, turn }))
    return events
  }

  #missingItems(turn: Turn): ThreadItem[] {
    const items = turn.items.filter((item, index) => isWhole(turn, item, index))
    if (this.#knowsIdsOf(turn)) return items.filter(({ id }) => !this.#completed.has(id))
    // Older rollouts give their items new ids when they are read: then the order within a type tells which is which.
    const told = new Map<string, number>()
    for (const type of this.#completed.values()) told.set(type, (told.get(type) ?? 0) + 1)
    const openIds = [...this.#openMessages]
    const missing: ThreadItem[] = []
    for (const item of items) {
      const count = told.get(item.type) ?? 0
      told.set(item.type, count - 1)
      if (count > 0) continue
      const id = item.type === 'agentMessage' ? (openIds.shift() ?? item.id) : item.id
      missing.push({ ...item, id })
    }
    return missing
  }

  #knowsIdsOf(turn: Turn): boolean {
    if (this.#completed.size === 0 && this.#openMessages.size === 0) return true
    return turn.items.some(({ id }) => this.#completed.has(id) || this.#openMessages.has(id))
  }
}

function isWhole(turn: Turn, item: ThreadItem, index: number): boolean {
  if (isOver(turn)) return true
  const isLast = index === turn.items.length - 1
  return item.status !== 'inProgress' && !(isLast && GROWING.has(item.type))
}
