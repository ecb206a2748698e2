import { BoundedQueue } from './bounded-queue.js'
import { deltaOf, dropOldest, finished, ItemTails, itemIdOf, join, joinedSize } from './coalesce.js'
import { defaultRules } from './default-rules.js'
import { type DeliveryRule, type DeliveryRules, losslessRules, referenceRules, requestRule } from './delivery-rules.js'
import type { Entry } from './entry.js'
import type { DeliveryMode, LaggedEvent, PushOutcome, Queueable, QueueEvent, WritableEvent } from './event.js'
import { sizeOfEvent } from './event-size.js'
import { Gap } from './gap.js'
import type { EventQueueOptions, Interceptor } from './queue-options.js'
import { Reader } from './reader.js'
import { UNSUPPORTED_IN_PROCESS } from './refusal.js'

const DEFAULT_CAPACITY = 128
const DEFAULT_MAX_BYTES = 8 * 1024 * 1024
const DEFAULT_MAX_OUTPUT_LENGTH = 256 * 1024

/**
 * The events that wait for one client: bounded by entries and bytes, read by one reader at a time.
 *
 * Lossless events are never dropped while the queue is open. Whatever else is dropped is announced by a `lagged` entry
 * in the place of the gap as soon as one slot is free (in `reference` mode: with the next event that finds room).
 * Deltas of one item are joined while they wait, in the place of the first, never across another event of that item.
 */
export class EventQueue implements AsyncIterable<QueueEvent> {
  readonly capacity: number
  readonly maxBytes: number
  readonly delivery: DeliveryMode

  readonly #maxOutputLength: number
  readonly #ruleOf: DeliveryRules
  readonly #rules = new Map<string, DeliveryRule>()
  readonly #entries: BoundedQueue<Entry>
  readonly #tails = new ItemTails()
  readonly #gap = new Gap()
  readonly #interceptors = new Set<Interceptor>()
  /** Events that wait for room and were shown to the interceptors. */
  readonly #shown = new WeakSet<WritableEvent>()
  #bytes = 0
  /** The `lagged` entry while it is the last one: drops still count into it. */
  #openLagged: Entry | undefined
  #reader: { notify(): void } | undefined
  #isBlocked = false
  #isAbandoned = false
  #stretchers = 0
  #waiting: (() => void)[] = []
  #closeReason: string | undefined

  constructor(options: EventQueueOptions = {}) {
    this.capacity = Math.max(1, Math.floor(options.capacity ?? DEFAULT_CAPACITY))
    this.maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES
    this.delivery = options.delivery ?? 'tiered'
    this.#maxOutputLength = options.maxOutputLength ?? DEFAULT_MAX_OUTPUT_LENGTH
    this.#entries = new BoundedQueue(this.capacity)
    const tiered = options.rules ?? defaultRules
    this.#ruleOf = { tiered, lossless: losslessRules, reference: referenceRules }[this.delivery]
  }

  /** Entries that wait. At most `capacity`, unless `force` was used. */
  get length(): number {
    return this.#entries.length
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether a writer was told to wait and nothing has been read since. */
  get isBlocked(): boolean {
    return this.#isBlocked
  }

  get isClosed(): boolean {
    return this.#closeReason !== undefined
  }
  /** What `close` was given. */
  get closeReason(): string | undefined {
    return this.#closeReason
  }

  /**
   * Gives `event` to the reader. Never throws, never waits.
   *
   * A `disconnected` event is always taken, and closes the queue. On a closed queue requests are `refused`, all else
   * `dropped`, both without a count.
   *
   * @param bytes the event's size where it is known; it is estimated otherwise
   */
  push(event: WritableEvent, bytes?: number): PushOutcome {
    if (this.#closeReason !== undefined) return event.type === 'request' ? 'refused' : 'dropped'
    if (event.type === 'disconnected') {
      this.#add(event, 0, undefined)
      this.close(event.reason)
      return 'queued'
    }
    if (this.#interceptors.size > 0 && !this.#shown.delete(event) && this.#isTaken(event)) return 'queued'
    const outcome = this.delivery === 'reference' ? this.#pushAsReference(event) : this.#pushBounded(event, bytes)
    if (this.#interceptors.size > 0 && outcome !== 'queued' && outcome !== 'coalesced') this.#followUp(event, outcome)
    return outcome
  }

  /** Queues an event for which `push` said `wait` all the same. For readers of a shared stream that cannot stop there. */
  force(event: Queueable, bytes?: number): void {
    if (this.#closeReason !== undefined) return
    if (this.#gap.skipped > 0 && this.#openLagged === undefined) this.#add(this.#gap.take(), 0, undefined)
    this.#add(event, bytes ?? sizeOfEvent(event), this.delivery === 'tiered' ? itemIdOf(event.params) : undefined)
    this.#shown.delete(event)
  }

  /** Resolves when a push that was told to `wait` may try again: something was read, or the queue is closed. */
  room(): Promise<void> {
    if (!this.#isBlocked) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** The next event, or `undefined` when none waits. For a reader that is not an iterator. */
  take(): QueueEvent | undefined {
    const entry = this.#entries.peek()
    if (entry === undefined) return undefined
    if (entry.droppedDeltas > 0) return takeDropped(entry)
    this.#entries.shift()
    this.#bytes -= entry.bytes
    this.#tails.taken(entry)
    if (entry === this.#openLagged) this.#sealLagged()
    this.#tellOfGap()
    if (this.#isBlocked && !this.#entries.isFull) this.#unblock()
    return finished(entry)
  }

  /** The one reader. It ends after what is queued once the queue is closed. @throws Error while there is another */
  [Symbol.asyncIterator](): AsyncIterableIterator<QueueEvent, void> {
    return this.read(() => this.take())
  }

  /**
   * The one reader, of what `take` makes of the queue's own `take`; `undefined` when nothing waits.
   *
   * @param left called once when the reader is through, for whatever reason
   * @throws Error while there is another
   */
  read<T>(take: () => T | undefined, left?: () => void): AsyncIterableIterator<T, void> {
    if (this.#reader !== undefined) throw new Error('the event queue has a reader already')
    const reader = new Reader<T>({ take, isClosed: () => this.isClosed }, () => {
      this.#reader = undefined
      left?.()
    })
    this.#reader = reader
    return reader
  }

  /** Until what it gives is called nothing waits for room: lossless events pass the bounds, without a reader not `maxBytes`. */
  stretch(): () => void {
    this.#stretchers += 1
    this.#unblock()
    let isStretched = true
    return () => {
      if (isStretched) this.#stretchers -= 1
      isStretched = false
    }
  }

  /** Nobody will read: from now on nothing waits for room. What finds none is dropped, lossless or not. */
  abandon(): void {
    this.#isAbandoned = true
    this.#unblock()
  }

  /** Lets `interceptor` look at every event from now on. @returns what ends that */
  intercept(interceptor: Interceptor): () => void {
    this.#interceptors.add(interceptor)
    return () => this.#interceptors.delete(interceptor)
  }

  /** Stops writing. The reader still gets what is queued, and then ends. The first reason counts. */
  close(reason = 'closed'): void {
    if (this.#closeReason !== undefined) return
    this.#closeReason = reason
    this.#unblock()
    this.#reader?.notify()
  }

  #pushBounded(event: Queueable, bytes: number | undefined): PushOutcome {
    const rule = this.#rule(event)
    const itemId = this.delivery === 'tiered' ? itemIdOf(event.params) : undefined
    if (rule.joining !== undefined && itemId !== undefined) {
      const outcome = this.#joinTail(event, itemId, rule)
      if (outcome !== undefined) return outcome
    }
    if (this.#entries.isFull) return this.#withoutRoom(event, rule)
    const size = bytes ?? sizeOfEvent(event)
    if (this.#entries.length > 0 && this.#bytes + size > this.maxBytes) return this.#withoutRoom(event, rule)
    this.#add(event, size, itemId)
    return 'queued'
  }

  #joinTail(event: QueueEvent, itemId: string, rule: DeliveryRule): PushOutcome | undefined {
    const delta = deltaOf(event)
    const tail = delta === undefined ? undefined : this.#tails.joinable(itemId, event)
    if (delta === undefined || tail === undefined) return undefined
    if (rule.joining === 'output') this.#makeRoom(tail, delta)
    if (this.#bytes + joinedSize(delta) > this.maxBytes) return undefined
    join(tail, delta)
    this.#bytes += joinedSize(delta)
    return 'coalesced'
  }

  /** The newest output is worth more than the oldest: lets go of what is too much once `delta` has joined. */
  #makeRoom(tail: Entry, delta: string): void {
    const before = tail.bytes
    const tooLong = (tail.text?.length ?? 0) + delta.length - this.#maxOutputLength
    const tooHeavy = this.#bytes + joinedSize(delta) - this.maxBytes
    dropOldest(tail, Math.max(tooLong, tooHeavy))
    this.#bytes += tail.bytes - before
  }

  #pushAsReference(event: Queueable): PushOutcome {
    if (event.type === 'request' && event.method === UNSUPPORTED_IN_PROCESS) return 'refused'
    const rule = this.#rule(event)
    if (this.#gap.skipped > 0) {
      if (this.#entries.isFull) return this.#withoutRoom(event, rule)
      this.#add(this.#gap.take(), 0, undefined)
    }
    if (this.#entries.isFull) return this.#withoutRoom(event, rule)
    this.#add(event, 0, undefined)
    return 'queued'
  }

  #withoutRoom(event: Queueable, rule: DeliveryRule): PushOutcome {
    const isStretched = this.#stretchers > 0
    if (rule.isLossless && isStretched && (this.#reader !== undefined || this.#bytes < this.maxBytes)) {
      this.force(event)
      return 'queued'
    }
    if (rule.isLossless && !isStretched && !this.#isAbandoned) {
      this.#isBlocked = true
      return 'wait'
    }
    this.#gap.add(event.method)
    this.#tellOfGap()
    return event.type === 'request' ? 'refused' : 'dropped'
  }

  #rule(event: Queueable): DeliveryRule {
    if (event.type === 'request') return requestRule(this.delivery)
    let rule = this.#rules.get(event.method)
    if (rule === undefined) {
      rule = this.#ruleOf(event.method)
      this.#rules.set(event.method, rule)
    }
    return rule
  }

  #add(event: QueueEvent, bytes: number, itemId: string | undefined): Entry {
    if (this.#openLagged !== undefined) this.#sealLagged()
    const entry: Entry = { event, bytes, itemId, text: undefined, droppedDeltas: 0 }
    this.#entries.push(entry)
    this.#bytes += bytes
    this.#tails.added(entry)
    this.#reader?.notify()
    return entry
  }

  /** Puts a `lagged` entry at the end, where it still counts what is dropped until something else comes behind it. */
  #tellOfGap(): void {
    if (this.delivery === 'reference' || this.#gap.skipped === 0) return
    if (this.#openLagged !== undefined || this.#entries.isFull) return
    this.#openLagged = this.#add(EMPTY_LAGGED, 0, undefined)
  }

  #sealLagged(): void {
    if (this.#openLagged !== undefined) this.#openLagged.event = this.#gap.take()
    this.#openLagged = undefined
  }

  #unblock(): void {
    this.#isBlocked = false
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  #isTaken(event: WritableEvent): boolean {
    for (const interceptor of this.#interceptors) if (interceptor.takes(event)) return true
    return false
  }

  #followUp(event: WritableEvent, outcome: 'dropped' | 'refused' | 'wait'): void {
    if (outcome === 'wait') this.#shown.add(event)
    else for (const interceptor of this.#interceptors) interceptor.lost?.(event)
  }
}

const EMPTY_LAGGED: LaggedEvent = { type: 'lagged', skipped: 0, byMethod: {} }

function takeDropped(entry: Entry): LaggedEvent {
  const skipped = entry.droppedDeltas
  entry.droppedDeltas = 0
  const method = entry.event.type === 'notification' ? entry.event.method : ''
  return { type: 'lagged', skipped, byMethod: { [method]: skipped } }
}
