import { coalescingKeyOf, deliveryClassOf, deltaRuleOf } from '@gangway/protocol'
import { type LaggedEvent, type QueueEvent, sizeOfEvent } from '@gangway/protocol/channel'
import { LogReader, type LogReading } from './log-reader.js'
import { PullIterator } from './pull-iterator.js'
import { TextReader } from './text-reader.js'

/** An event of the log; deltas that follow each other are joined while nobody has read them. */
interface Slot {
  readonly event: QueueEvent
  /** The text of all deltas that were joined; `undefined` while there is one. */
  text: string | undefined
  /** What two deltas must have in common to be joined. */
  readonly key: string | undefined
  bytes: number
}

/** As much of `maxBytes` is kept when something has to go. */
const KEPT_SHARE = 0.75

/** What a joined delta costs beside its characters. */
const JOIN_BYTES = 8

/**
 * The events of one turn, for any number of readers, each from the first event on.
 *
 * Beyond `maxBytes` the oldest events that every open reader has had are let go of, and best-effort events are not
 * taken; either is told by a `lagged`. What an open reader has still to get, and is lossless, always waits for it.
 */
export class TurnLog implements LogReading {
  readonly #maxBytes: number
  #slots: Slot[] = []
  /** Place in the turn of the first slot. */
  #first = 0
  #bytes = 0
  #lost = new Map<string, number>()
  #end: { readonly failure: unknown } | undefined
  readonly #readers = new Set<{ readonly reader: LogReader | TextReader; notify(): void }>()
  #whenHandedOver: (() => void)[] = []

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get end(): { readonly failure: unknown } | undefined {
    return this.#end
  }

  /** Place behind the last event. */
  get length(): number {
    return this.#first + this.#slots.length
  }

  /** Whether someone reads the events, not only their text. */
  get hasEventReader(): boolean {
    for (const { reader } of this.#readers) if (reader instanceof LogReader) return true
    return false
  }

  add(event: QueueEvent): void {
    if (this.#end !== undefined) return
    if (this.#join(event)) this.#tell(event)
    else if (this.#bytes <= this.#maxBytes || isLossless(event)) {
      this.#append(event, sizeOfEvent(event))
      this.#tell(event)
    } else this.#skip(event)
    if (this.#bytes > this.#maxBytes) this.#letGo()
  }

  /** Nothing comes any more. @param failure what readers end with after the last event */
  finish(failure?: unknown): void {
    if (this.#end !== undefined) return
    this.#end = { failure }
    for (const open of this.#readers) {
      if (open.reader instanceof TextReader) open.reader.end()
      open.notify()
    }
  }

  /** The events from the first on, as `show` makes them; what it gives `undefined` for is left out. */
  events<T>(show: (event: QueueEvent) => T | undefined): AsyncIterableIterator<T, void> {
    const reader = new LogReader(this)
    return this.#open(reader, () => reader.take(show))
  }

  /** The agent's words from the first on. */
  text(): AsyncIterableIterator<string, void> {
    const reader = new TextReader()
    for (const slot of this.#slots) reader.saw(finished(slot))
    if (this.#end !== undefined) reader.end()
    return this.#open(reader, () => reader.take())
  }

  /** Resolves when every open reader has been given everything, or has left. */
  handedOver(): Promise<void> {
    if (this.#isHandedOver()) return Promise.resolve()
    return new Promise((resolve) => this.#whenHandedOver.push(resolve))
  }

  at(place: number): { readonly event: QueueEvent; readonly next: number } | undefined {
    if (place < this.#first) return { event: this.#lagged(), next: this.#first }
    const slot = this.#slots[place - this.#first]
    return slot === undefined ? undefined : { event: finished(slot), next: place + 1 }
  }

  #open<T>(reader: LogReader | TextReader, take: () => T | undefined): AsyncIterableIterator<T, void> {
    const log = this
    const iterator = new PullIterator<T>({
      take() {
        const taken = take()
        log.#checkHandedOver()
        return taken
      },
      get end() {
        return log.#end
      },
      left() {
        log.#readers.delete(open)
        log.#checkHandedOver()
      },
    })
    const open = { reader, notify: () => iterator.notify() }
    this.#readers.add(open)
    return iterator
  }

  #tell(event: QueueEvent): void {
    for (const open of this.#readers) {
      if (open.reader instanceof TextReader) open.reader.saw(event)
      open.notify()
    }
  }

  #append(event: QueueEvent, bytes: number): void {
    const key = 'method' in event ? joiningKeyOf(event) : undefined
    this.#slots.push({ event, text: undefined, key, bytes })
    this.#bytes += bytes
  }

  #join(event: QueueEvent): boolean {
    const last = this.#slots.at(-1)
    if (last?.key === undefined || event.type !== 'notification' || this.#isRead(this.length - 1)) return false
    if (joiningKeyOf(event) !== last.key) return false
    const delta = deltaOf(event)
    last.text = (last.text ?? deltaOf(last.event)) + delta
    last.bytes += delta.length + JOIN_BYTES
    this.#bytes += delta.length + JOIN_BYTES
    return true
  }

  #isRead(place: number): boolean {
    for (const { reader } of this.#readers) if (reader instanceof LogReader && reader.place > place) return true
    return false
  }

  #skip(event: QueueEvent): void {
    const method = 'method' in event ? event.method : event.type
    const last = this.#slots.at(-1)?.event
    if (last?.type === 'lagged' && !this.#isRead(this.length - 1)) this.#slots.pop()
    const before = last?.type === 'lagged' && this.#slots.at(-1)?.event !== last ? last : undefined
    const byMethod = { ...before?.byMethod, [method]: (before?.byMethod[method] ?? 0) + 1 }
    const lagged: LaggedEvent = { type: 'lagged', skipped: (before?.skipped ?? 0) + 1, byMethod }
    this.#append(lagged, 0)
    this.#tell(lagged)
  }

  #letGo(): void {
    let passed = this.length
    for (const { reader } of this.#readers) if (reader instanceof LogReader) passed = Math.min(passed, reader.place)
    let count = 0
    // Some at once: letting go of one at a time would move all the others each time.
    const enough = this.#maxBytes * KEPT_SHARE
    while (this.#bytes > enough && this.#first + count < passed && count < this.#slots.length - 1) {
      const { event, bytes } = this.#slots[count] as Slot
      if ('method' in event) this.#lost.set(event.method, (this.#lost.get(event.method) ?? 0) + 1)
      this.#bytes -= bytes
      count += 1
    }
    if (count > 0) this.#slots = this.#slots.slice(count)
    this.#first += count
  }

  #lagged(): LaggedEvent {
    let skipped = 0
    for (const count of this.#lost.values()) skipped += count
    return { type: 'lagged', skipped, byMethod: Object.fromEntries(this.#lost) }
  }

  #isHandedOver(): boolean {
    for (const { reader } of this.#readers) if (!reader.hasAll(this.length)) return false
    return true
  }

  #checkHandedOver(): void {
    if (this.#whenHandedOver.length === 0 || !this.#isHandedOver()) return
    const waiting = this.#whenHandedOver
    this.#whenHandedOver = []
    for (const resolve of waiting) resolve()
  }
}

function isLossless(event: QueueEvent): boolean {
  return event.type !== 'notification' || deliveryClassOf(event.method) === 'lossless'
}

function joiningKeyOf({ method, params }: { readonly method: string; readonly params: unknown }): string | undefined {
  return deltaRuleOf(method)?.field === 'delta' ? coalescingKeyOf(method, params) : undefined
}

function deltaOf(event: QueueEvent): string {
  return event.type === 'notification' ? String((event.params as { delta?: unknown }).delta ?? '') : ''
}

function finished({ event, text }: Slot): QueueEvent {
  if (text === undefined || event.type !== 'notification') return event
  return { ...event, params: { ...(event.params as object), delta: text } }
}
