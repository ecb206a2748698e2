import { deliveryClassOf } from '@gangway/protocol'
import type { EventQueue, LegacyNotificationEvent, NotificationEvent, RequestEvent } from '@gangway/protocol/channel'
import type { MaybePromise } from './handler.js'

type TellableEvent = NotificationEvent | LegacyNotificationEvent | RequestEvent

/** The first protocol's ends, for which clients of it wait. */
const legacyEnds: ReadonlySet<string> = new Set([
  'codex/event/task_complete',
  'codex/event/turn_aborted',
  'codex/event/shutdown_complete',
])

/**
 * The writing end of one client's event queue: keeps lossless events in order while they wait for room.
 *
 * As many wait as there are producers, who each wait for theirs: what is held is bounded by them, not by the client.
 */
export class EventOutlet {
  readonly #late: TellableEvent[] = []
  #catchingUp: Promise<void> | undefined

  /** @param onFull called whenever an event begins to wait for room while none did */
  constructor(
    readonly queue: EventQueue,
    private readonly onFull: () => void = () => {},
  ) {}

  /** Sends a notification. The promise, if there is one, waits for room for it. */
  tell(event: NotificationEvent | LegacyNotificationEvent): MaybePromise<void> {
    return this.#place(event) === 'late' ? this.#catchingUp : undefined
  }

  /** Puts a request to the client, now or when there is room. `false`: it found none, and the client will never see it. */
  ask(event: RequestEvent): boolean {
    return this.#place(event) !== 'refused'
  }

  /** Ends the queue after what is in it. What waits for room is queued above capacity: whoever still reads gets it. */
  close(reason: string): void {
    for (const event of this.#late.splice(0)) this.queue.force(event)
    this.queue.close(reason)
  }

  #place(event: TellableEvent): 'placed' | 'late' | 'refused' {
    this.#placeLate()
    if (this.#late.length === 0 || !this.#isLossless(event)) {
      const outcome = this.queue.push(event)
      if (outcome !== 'wait') return outcome === 'refused' ? 'refused' : 'placed'
    }
    this.#late.push(event)
    if (this.#catchingUp === undefined) {
      this.#catchingUp = this.#catchUp()
      this.onFull()
    }
    return 'late'
  }

  async #catchUp(): Promise<void> {
    while (this.#late.length > 0) {
      await this.queue.room()
      this.#placeLate()
    }
    this.#catchingUp = undefined
  }

  /** Moves what waits for room into the queue, in order, as far as there is room. */
  #placeLate(): void {
    for (let next = this.#late[0]; next !== undefined && this.queue.push(next) !== 'wait'; next = this.#late[0]) {
      this.#late.shift()
    }
  }

  #isLossless(event: TellableEvent): boolean {
    if (this.queue.delivery === 'lossless') return true
    if (event.type === 'legacyNotification') return legacyEnds.has(event.method)
    return event.type === 'notification' && deliveryClassOf(event.method) === 'lossless'
  }
}
