import type { EventQueue, WritableEvent } from '@gangway/protocol/channel'

/** How often it is looked whether the reader goes on, in milliseconds. */
const TICK_MS = 250

/** A reader that takes nothing for so many ticks may itself be waiting for what stands behind: it is not waited for. */
const STALLED_TICKS = 4

/**
 * Watches the reader of a client's events on behalf of those who depend on what comes behind: turns and imports.
 *
 * While there are any, nothing waits for a reader who is not there, or who has taken nothing for a second.
 */
export class ReaderWatch {
  readonly #events: EventQueue
  readonly #awaited = new Map<WritableEvent, () => void>()
  #dependents = 0
  #hasReader = false
  #idleTicks = 0
  #relax: (() => void) | undefined
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(events: EventQueue) {
    this.#events = events
  }

  /** Someone depends on what comes behind, until what it gives is called. */
  begin(): () => void {
    this.#dependents += 1
    this.#adjust()
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#dependents -= 1
      this.#adjust()
    }
  }

  readerChanged(hasReader: boolean): void {
    this.#hasReader = hasReader
    this.#idleTicks = 0
    if (!hasReader) this.#releaseAll()
    this.#adjust()
  }

  /** The reader was given `event`. */
  took(event: unknown): void {
    if (this.#timer === undefined) return
    this.#idleTicks = 0
    if (this.#awaited.size > 0) this.#release(event as WritableEvent)
    if (this.#relax !== undefined) this.#adjust()
  }

  /** Resolves when the reader was given `event`, which is about to be queued; at once without a reader. */
  handedOver(event: WritableEvent): Promise<void> {
    if (!this.#hasReader) return Promise.resolve()
    return new Promise((resolve) => {
      this.#awaited.set(event, resolve)
      this.#adjust()
    })
  }

  /** The client has ended. */
  close(): void {
    this.#dependents = 0
    this.#releaseAll()
    this.#adjust()
  }

  #tick(): void {
    this.#idleTicks += 1
    if (this.#idleTicks >= STALLED_TICKS) this.#releaseAll()
    this.#adjust()
  }

  #adjust(): void {
    const isNeeded = this.#dependents > 0 || this.#awaited.size > 0
    if (isNeeded && this.#timer === undefined) {
      this.#idleTicks = 0
      this.#timer = setInterval(() => this.#tick(), TICK_MS)
    } else if (!isNeeded) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    const isStalled = this.#idleTicks >= STALLED_TICKS && this.#events.isBlocked
    const isStretched = this.#relax !== undefined
    const stretches = this.#dependents > 0 && (!this.#hasReader || isStalled || (isStretched && this.#idleTicks > 0))
    if (stretches && !isStretched) this.#relax = this.#events.stretch()
    else if (!stretches && isStretched) {
      this.#relax?.()
      this.#relax = undefined
    }
  }

  #release(event: WritableEvent): void {
    const resolve = this.#awaited.get(event)
    this.#awaited.delete(event)
    resolve?.()
    if (resolve !== undefined) this.#adjust()
  }

  #releaseAll(): void {
    for (const event of [...this.#awaited.keys()]) this.#release(event)
  }
}
