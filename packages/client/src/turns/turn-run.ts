import type { NotificationEvent, RequestEvent } from '@gangway/protocol/channel'
import type { ClientEvent } from '../client-event.js'
import { abortedError, TransportError } from '../errors.js'
import type { CallOptions } from '../pending-calls.js'
import { macrotask } from './macrotask.js'
import type { TurnDone, TurnRecord } from './turn-record.js'
import type { TurnRecovery } from './turn-recovery.js'
import type { Turn, TurnName } from './turn-shapes.js'

/** What a person says to the agent: words, or the protocol's list of inputs. */
export type TurnInput = string | readonly { readonly type: string; readonly [member: string]: unknown }[]

/** A turn that the server has begun. */
export interface TurnRun {
  readonly threadId: string
  readonly id: string
  /** As the server answered when it began. */
  readonly turn: Turn
  /**
   * The agent's words, complete and in order, from the first on. Any number of readers, each with all of it.
   *
   * @throws as `completed`
   */
  text(): AsyncIterableIterator<string, void>
  /** This turn's events from the first on, ending with its completion. Any number of readers. @throws as `completed` */
  events(): AsyncIterableIterator<ClientEvent, void>
  /**
   * How the turn ended. Resolves when everyone who reads this turn, or the client's events, has been given the last
   * event; with no reader, when it has come. A reader of the client's events who takes nothing for a second, perhaps
   * because it awaits this, is not waited for.
   *
   * When the thread is idle and no completion has come for a second, the thread is read, and what was missed is handed
   * over. A turn is never run again.
   *
   * @throws TransportError `closed`, `aborted`, or `protocol` when the server does not show how it ended
   */
  readonly completed: Promise<TurnDone>
  /** Says something more to the running turn. @throws as `request` */
  steer(input: TurnInput, options?: CallOptions): Promise<void>
  /** Ends the turn; its completion still comes. @throws as `request`; `timeout` after 30 s unless it is told otherwise */
  interrupt(options?: CallOptions): Promise<void>
}

/** What a run needs of its client. */
export interface TurnHost {
  call(method: string, params: unknown, options?: CallOptions): Promise<unknown>
  /** What a reader is to see of a request of the server; `undefined` when it is settled. */
  show(event: RequestEvent): ClientEvent | undefined
  readersChanged(): void
}

const INTERRUPT_TIMEOUT_MS = 30_000

/** The client's side of one turn. */
export class OpenTurn implements TurnRun {
  readonly threadId: string
  readonly id: string
  readonly turn: Turn
  readonly completed: Promise<TurnDone>
  readonly #record: TurnRecord
  readonly #host: TurnHost
  #recovery: TurnRecovery | undefined
  #resolve: (done: TurnDone) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  /** Whoever starts to read right after the turn was given is a reader in time. */
  readonly #isGiven = macrotask()
  readonly #whenOver: () => void
  #isOver = false
  #release = () => {}

  /** @param whenOver called once, when nothing of the turn is awaited any more */
  constructor(name: TurnName, turn: Turn, record: TurnRecord, host: TurnHost, whenOver: () => void) {
    this.threadId = name.threadId
    this.id = name.turnId
    this.turn = turn
    this.#record = record
    this.#host = host
    this.#whenOver = whenOver
    this.completed = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.completed.catch(() => {})
  }

  /** Whether someone reads this turn's events, requests of the server among them. */
  get hasEventReader(): boolean {
    return this.#record.log.hasEventReader
  }

  /** Begins to wait: for the end, or for `signal`. */
  begin(recovery: TurnRecovery, signal: AbortSignal | undefined): void {
    this.#recovery = recovery
    const onAbort = () => signal !== undefined && this.fail(abortedError('turn/start', signal))
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#release = () => signal?.removeEventListener('abort', onAbort)
    if (signal?.aborted === true) onAbort()
    this.#check()
  }

  /** Something came about this turn. */
  saw(event: NotificationEvent | RequestEvent): void {
    this.#recovery?.sawEvent()
    this.#record.saw(event)
    this.#check()
  }

  /** The server told the status of the thread. */
  sawStatus(type: string): void {
    this.#recovery?.sawStatus(type)
  }

  /** Something may be missed from here on. */
  connectionLost(): void {
    this.#record.connectionLost()
  }

  /** What the server knows of the turn, and was not told. */
  missing(turn: Turn): NotificationEvent[] {
    return this.#record.seen.missing({ threadId: this.threadId, turnId: this.id }, turn)
  }

  /** Nobody can wait for the end any longer. */
  fail(error: unknown): void {
    if (this.#isOver) return
    this.#reject(error)
    this.#record.log.finish(error)
    this.#end()
  }

  text(): AsyncIterableIterator<string, void> {
    return this.#record.log.text()
  }

  events(): AsyncIterableIterator<ClientEvent, void> {
    const reader = this.#record.log.events((event) => {
      return event.type === 'request' ? this.#host.show(event) : (event as ClientEvent)
    })
    this.#host.readersChanged()
    return reader
  }

  async steer(input: TurnInput, options?: CallOptions): Promise<void> {
    const params = { threadId: this.threadId, expectedTurnId: this.id, input: inputOf(input) }
    await this.#host.call('turn/steer', params, options)
  }

  async interrupt(options?: CallOptions): Promise<void> {
    const params = { threadId: this.threadId, turnId: this.id }
    await this.#host.call('turn/interrupt', params, { timeoutMs: INTERRUPT_TIMEOUT_MS, ...options })
  }

  #check(): void {
    const { done } = this.#record
    if (done === undefined || this.#isOver) return
    this.#end()
    void this.#resolveWhenHandedOver(done)
  }

  async #resolveWhenHandedOver(done: TurnDone): Promise<void> {
    await this.#isGiven
    await this.#record.handedOver()
    // The readers' own code runs first.
    await macrotask()
    this.#resolve(done)
  }

  #end(): void {
    this.#isOver = true
    this.#recovery?.stop()
    this.#release()
    this.#whenOver()
  }
}

/** The protocol's list of inputs. */
export function inputOf(input: TurnInput): readonly unknown[] {
  return typeof input === 'string' ? [{ type: 'text', text: input, text_elements: [] }] : input
}

/** The failure of a turn whose connection is over. */
export function closedError(reason: string): TransportError {
  return new TransportError('turn/start', 'closed', reason)
}
