import type { RolloutLine } from '../rollout/line.js'
import { type EventItem, eventItem, keysOfItem, rawKey, summaryKey } from './event-items.js'
import { type Members, members, numberOrNull, text, textOrNull, texts } from './members.js'
import { storedItem } from './stored-items.js'
import type { StoredTurn } from './thread-item.js'
import type { TurnDraft } from './turn-draft.js'
import { TurnList } from './turn-list.js'

/** Turns the lines of a rollout, in order, into the turns that a person saw. Never throws for what a line holds. */
export class ThreadBuilder {
  readonly #turns: TurnList

  /** @param itemCount how many items were counted before the first line, where only a part of a thread is read */
  constructor(historyMode: 'legacy' | 'paginated', itemCount = 0) {
    this.#turns = new TurnList(historyMode === 'paginated', itemCount)
  }

  /** Items counted so far: those that have no id of their own are named by it. */
  get itemCount(): number {
    return this.#turns.itemCount
  }

  /** Whether everything before `line` is over when it comes: it opens a turn. */
  isBoundary({ type, payload }: Pick<RolloutLine, 'type' | 'payload'>): boolean {
    if (type !== 'event_msg') return false
    if (payload.type === 'task_started' || payload.type === 'turn_started') return true
    return payload.type === 'user_message' && !this.#turns.isInsideTurn
  }

  /** @param index the line's place among the lines that a rollout reader knows: it names turns that were never started */
  push(line: Pick<RolloutLine, 'type' | 'payload'>, index: number): void {
    if (line.type === 'event_msg') this.#event(line.payload, index)
    else if (line.type === 'compacted') this.compacted(index)
  }

  /** The model's view was made anew: seen by the turn that is open, or opens one. */
  compacted(index: number): void {
    this.#turns.current(index).sawCompaction = true
  }

  /** @param isLive whether a turn that did not end may still be running */
  turns(isLive: boolean): StoredTurn[] {
    return this.#turns.toTurns(isLive)
  }

  #event(event: Members, index: number): void {
    switch (event.type) {
      case 'task_started':
      case 'turn_started':
        this.#turns.start(event)
        return
      case 'task_complete':
      case 'turn_complete':
        this.#turns.complete(event)
        return
      case 'turn_aborted':
        this.#turns.abort(event)
        return
      case 'thread_rolled_back':
        this.#turns.rollBack(event)
        return
      case 'item_completed':
        this.#item(event, index)
        return
      case 'agent_reasoning':
        this.#reasoning(event, 'summary', index)
        return
      case 'agent_reasoning_raw_content':
        this.#reasoning(event, 'content', index)
        return
      default:
        this.#eventItem(event, index)
    }
  }

  #item(event: Members, index: number): void {
    const item = members(event.item)
    const stored = storedItem(item, {
      startedAtMs: numberOrNull(event.started_at_ms),
      completedAtMs: numberOrNull(event.completed_at_ms),
    })
    if (stored) this.#turns.named(textOrNull(event.turn_id), index).items.addItem(stored, keysOfItem(item))
  }

  #eventItem(event: Members, index: number): void {
    const found = eventItem(event)
    if (!found) return
    const turn = this.#turnOf(event, found, index)
    turn.items.addEvent(found.id, found.keyOf, () => found.make(() => this.#turns.nextItemId()))
  }

  #turnOf(event: Members, { turnId, opensTurn }: EventItem, index: number): TurnDraft {
    if (event.type === 'user_message') return this.#turns.forUserMessage(index)
    return opensTurn ? this.#turns.named(turnId, index) : this.#turns.namedOrCurrent(turnId, index)
  }

  /** Thoughts that follow each other are one item. */
  #reasoning(event: Members, member: 'summary' | 'content', index: number): void {
    const thought = text(event.text)
    if (thought === '') return
    const keyOf = () => (member === 'summary' ? summaryKey(thought) : rawKey(thought))
    const { items } = this.#turns.current(index)
    if (items.takeTold(keyOf)) return
    const isLonger = items.extendLast('reasoning', keyOf, (item) => ({
      ...item,
      [member]: [...texts(item[member]), thought],
    }))
    if (isLonger) return
    items.addEvent(null, keyOf, () => ({
      type: 'reasoning',
      id: this.#turns.nextItemId(),
      summary: member === 'summary' ? [thought] : [],
      content: member === 'content' ? [thought] : [],
      startedAtMs: numberOrNull(event.started_at_ms),
      completedAtMs: numberOrNull(event.completed_at_ms),
    }))
  }
}
