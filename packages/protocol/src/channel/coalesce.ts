import type { Entry } from './entry.js'
import type { QueueEvent } from './event.js'
import { JoinedText } from './joined-text.js'

/** What a further delta costs beside its characters. */
const JOIN_BYTES = 8

type Members = Readonly<Record<string, unknown>>

/**
 * The last waiting event of every item, so that a delta may join it.
 *
 * Only the last one: no event of an item is ever moved over another event of that item.
 */
export class ItemTails {
  readonly #tails = new Map<string, Entry>()

  /** Notes that `entry` now waits behind all others. */
  added(entry: Entry): void {
    if (entry.itemId !== undefined) this.#tails.set(entry.itemId, entry)
  }

  /** Notes that `entry` waits no more. */
  taken(entry: Entry): void {
    if (entry.itemId !== undefined && this.#tails.get(entry.itemId) === entry) this.#tails.delete(entry.itemId)
  }

  /** The waiting delta that `event`, a delta of the same item, may join; they differ in `params.delta` only. */
  joinable(itemId: string, event: QueueEvent): Entry | undefined {
    const tail = this.#tails.get(itemId)
    return tail !== undefined && isContinuation(tail.event, event) ? tail : undefined
  }
}

/** The item that an event with `params` is about. */
export function itemIdOf(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null) return undefined
  const { itemId, item } = params as { itemId?: unknown; item?: { id?: unknown } | null }
  if (typeof itemId === 'string') return itemId
  return typeof item?.id === 'string' ? item.id : undefined
}

/** The text of a delta event, or `undefined` when it has none. */
export function deltaOf(event: QueueEvent): string | undefined {
  if (event.type !== 'notification') return undefined
  const delta = (event.params as { delta?: unknown } | null | undefined)?.delta
  return typeof delta === 'string' ? delta : undefined
}

/** Bytes that joining `delta` adds to an entry. */
export function joinedSize(delta: string): number {
  return delta.length + JOIN_BYTES
}

/** Appends `delta` to a waiting delta entry. The event that was given first stays as it is: others may hold it. */
export function join(entry: Entry, delta: string): void {
  if (entry.text === undefined) {
    entry.text = new JoinedText()
    entry.text.append(deltaOf(entry.event) ?? '')
  }
  entry.text.append(delta)
  entry.bytes += joinedSize(delta)
}

/** Drops oldest joined deltas of `entry` until about `excess` bytes are free, counts them, and keeps the newest. */
export function dropOldest(entry: Entry, excess: number): void {
  if (entry.text === undefined || excess <= 0) return
  const dropped = entry.text.dropOldest(excess)
  entry.droppedDeltas += dropped.deltas
  entry.bytes -= dropped.length + dropped.deltas * JOIN_BYTES
}

/** The event to hand over: with the text of all deltas that joined. */
export function finished(entry: Entry): QueueEvent {
  const { event, text } = entry
  if (text === undefined || event.type !== 'notification') return event
  return { ...event, params: { ...(event.params as Members), delta: text.toString() } }
}

function isContinuation(first: QueueEvent, next: QueueEvent): boolean {
  if (first.type !== 'notification' || next.type !== 'notification' || first.method !== next.method) return false
  const a = first.params as Members
  const b = next.params as Members
  let members = 0
  for (const name in b) {
    if (name !== 'delta' && a[name] !== b[name]) return false
    members += 1
  }
  for (const _ in a) members -= 1
  return members === 0 && typeof a.delta === 'string'
}
