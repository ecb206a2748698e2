import { deliveryClassOf, RpcError } from '@gangway/protocol'
import type { EventQueue, NotificationEvent, RequestEvent } from '@gangway/protocol/channel'
import { AcceptedWork } from './accepted-work.js'
import { AnswerThen, type ClientIdentity, type MaybePromise, type RequestContext } from './handler.js'
import { asRpcError, overloaded, shuttingDown } from './refusals.js'
import type { ParamsOrigin } from './router.js'

type TellableEvent = NotificationEvent | RequestEvent

/** What a connection needs of the server it belongs to. */
export interface ConnectionHost {
  /** False once the server closes: requests are refused. */
  readonly admits: boolean
  readonly work: AcceptedWork
  dispatch(method: string, params: unknown, origin: ParamsOrigin, context: RequestContext): MaybePromise<unknown>
  /** The client has introduced itself; events may be sent to it from now on. */
  onIdentified(connection: Connection): void
  onClosed(connection: Connection): void
  /** Something failed that nobody waits for. */
  report(what: string, error: unknown): void
}

/** How one connection differs from another. */
export interface ConnectionOptions {
  readonly connectionId: number
  readonly sessionSource: string
  /** `process` for values that need no check. */
  readonly origin: ParamsOrigin
  /** Requests that may wait for their answer at once. One more is refused with -32001. */
  readonly maxInFlight: number
  /** What such a refusal says. Default: the reference's words for a busy server. */
  readonly overloadMessage?: string
  readonly events: EventQueue
}

/**
 * One client, whatever it came over: who it is, what it has open, and the queue of what it is told.
 *
 * A transport calls `handle` and writes what it gives; answers take that way and never wait behind `events`.
 */
export class Connection implements RequestContext {
  readonly connectionId: number
  readonly sessionSource: string
  /** What this client is told: notifications and requests of the server. The transport is its one reader. */
  readonly events: EventQueue
  /** Requests of this client that are not answered. */
  readonly inFlight = new AcceptedWork()
  /** Resolves once, with the reason, when the connection has ended. */
  readonly closed: Promise<string>
  readonly #host: ConnectionHost
  readonly #options: ConnectionOptions
  readonly #abort = new AbortController()
  readonly #resolveClosed: (reason: string) => void
  readonly #open = new Set<(error: unknown) => void>()
  #client: ClientIdentity | undefined
  #isClosed = false
  /** Lossless events that found no room, in order. As many as there are producers, who each wait for theirs. */
  #late: TellableEvent[] = []
  #catchingUp: Promise<void> | undefined

  constructor(host: ConnectionHost, options: ConnectionOptions) {
    this.#host = host
    this.#options = options
    this.connectionId = options.connectionId
    this.sessionSource = options.sessionSource
    this.events = options.events
    let resolveClosed: (reason: string) => void = () => {}
    this.closed = new Promise((resolve) => {
      resolveClosed = resolve
    })
    this.#resolveClosed = resolveClosed
  }

  get client(): ClientIdentity | undefined {
    return this.#client
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  identify(client: ClientIdentity): void {
    this.#client = client
    this.#host.onIdentified(this)
  }

  /**
   * Runs one request and gives its result, at once where the handler need not wait.
   *
   * @throws RpcError, or rejects with one: every refusal and every failure
   */
  handle(method: string, params: unknown): MaybePromise<unknown> {
    if (this.#isClosed || !this.#host.admits) throw shuttingDown()
    if (this.inFlight.open >= this.#options.maxInFlight) throw overloaded(this.#options.overloadMessage)
    let answer: unknown
    try {
      answer = this.#host.dispatch(method, params, this.#options.origin, this)
    } catch (error) {
      throw this.#refusal(method, error)
    }
    return answer instanceof Promise ? this.#awaited(method, answer) : this.#unwrapped(answer)
  }

  /** Sends a notification, unless the client has not introduced itself or does not want it. */
  emit(method: string, params: unknown): MaybePromise<void> {
    if (this.#isClosed || this.#client === undefined || this.#client.optOutNotifications.has(method)) return
    return this.#tell({ type: 'notification', method, params })
  }

  /**
   * Puts a request of the server into the queue, now or, where the client wants nothing dropped, when there is room.
   *
   * @returns `false` when it found no room, and the client will never see it
   */
  ask(event: RequestEvent): boolean {
    if (this.#isClosed) return false
    const outcome = this.events.push(event)
    if (outcome === 'wait') void this.#tell(event)
    return outcome !== 'refused'
  }

  /**
   * Ends the connection: `signal` aborts, open requests fail, `events` ends after what is queued. Idempotent.
   *
   * Lossless events that wait for room are queued above capacity: whoever still reads gets them.
   */
  close(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#host.onClosed(this)
    for (const event of this.#late.splice(0)) this.events.force(event)
    this.events.close(reason)
    this.#abort.abort(shuttingDown())
    for (const fail of [...this.#open]) fail(shuttingDown())
    this.#resolveClosed(reason)
  }

  #awaited(method: string, answer: Promise<unknown>): Promise<unknown> {
    this.inFlight.begin()
    this.#host.work.begin()
    return new Promise((resolve, reject) => {
      const settle = (done: () => void) => {
        if (!this.#open.delete(fail)) return
        done()
        this.#host.work.end()
        this.inFlight.end()
      }
      const fail = (error: unknown) => settle(() => reject(this.#refusal(method, error)))
      this.#open.add(fail)
      answer.then((result) => settle(() => resolve(this.#unwrapped(result))), fail)
    })
  }

  #refusal(method: string, error: unknown): RpcError {
    if (!(error instanceof RpcError)) this.#host.report(method, error)
    return asRpcError(error)
  }

  #unwrapped(answer: unknown): unknown {
    if (!(answer instanceof AnswerThen)) return answer
    // An immediate runs after every promise that is due, so the answer is on its way when the work starts.
    this.#host.work.begin()
    setImmediate(() => void this.#runAfter(answer.work))
    return answer.answer
  }

  async #runAfter(work: () => MaybePromise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#host.report('work after an answer', error)
    } finally {
      this.#host.work.end()
    }
  }

  #tell(event: TellableEvent): MaybePromise<void> {
    this.#placeLate()
    if (this.#late.length > 0 && this.#isLossless(event)) this.#late.push(event)
    else if (this.events.push(event) === 'wait') this.#late.push(event)
    else return
    this.#catchingUp ??= this.#catchUp()
    return this.#catchingUp
  }

  async #catchUp(): Promise<void> {
    while (this.#late.length > 0) {
      await this.events.room()
      this.#placeLate()
    }
    this.#catchingUp = undefined
  }

  /** Moves what waits for room into the queue, in order, as far as there is room. */
  #placeLate(): void {
    for (let next = this.#late[0]; next !== undefined && this.events.push(next) !== 'wait'; next = this.#late[0]) {
      this.#late.shift()
    }
  }

  #isLossless(event: TellableEvent): boolean {
    return this.events.delivery === 'lossless' || deliveryClassOf(event.method) === 'lossless'
  }
}
