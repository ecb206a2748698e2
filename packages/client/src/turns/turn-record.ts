import type { NotificationEvent, RequestEvent } from '@gangway/protocol/channel'
import type { ReaderWatch } from '../reader-watch.js'
import { SeenTurn } from './seen-turn.js'
import { isSynthetic } from './synthetic.js'
import { TurnLog } from './turn-log.js'
import type { Turn } from './turn-shapes.js'

/** How a turn ended. */
export interface TurnDone {
  /** As the server told it; of its items it may hold a summary only. */
  readonly turn: Turn
  /** Its end was not told, or told to nobody, and was found by reading the thread. */
  readonly recovered: boolean
}

/** Everything that came about one turn. */
export class TurnRecord {
  readonly log: TurnLog
  readonly seen = new SeenTurn()
  readonly #watch: ReaderWatch
  #done: TurnDone | undefined
  #handedOver: Promise<void> = Promise.resolve()

  constructor(maxBytes: number, watch: ReaderWatch) {
    this.log = new TurnLog(maxBytes)
    this.#watch = watch
  }

  /** Set once the completion has come. */
  get done(): TurnDone | undefined {
    return this.#done
  }

  saw(event: NotificationEvent | RequestEvent): void {
    if (this.#done !== undefined) return
    if (event.type === 'notification') this.seen.saw(event)
    this.log.add(event)
    if (event.type !== 'notification' || event.method !== 'turn/completed') return
    this.#done = { turn: (event.params as { readonly turn: Turn }).turn, recovered: isSynthetic(event) }
    this.#handedOver = this.#watch.handedOver(event)
    this.log.finish()
  }

  /** Something may be missed from here on: readers are told of a gap, of which nobody knows how much it was. */
  connectionLost(): void {
    this.log.add({ type: 'lagged', skipped: 0, byMethod: {} })
  }

  /** Resolves when all who listen have been given everything. */
  async handedOver(): Promise<void> {
    await Promise.all([this.log.handedOver(), this.#handedOver])
  }
}
