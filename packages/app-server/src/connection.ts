import { type RequestId, RpcError } from '@gangway/protocol'
import type { DeliveryMode, EventQueue, RequestEvent } from '@gangway/protocol/channel'
import { AcceptedWork } from './accepted-work.js'
import { EventOutlet } from './event-outlet.js'
import { AnswerThen, type ClientIdentity, type MaybePromise, type RequestContext } from './handler.js'
import { asRpcError, overloaded, shuttingDown } from './refusals.js'
import type { ParamsOrigin } from './router.js'

/** What a connection needs of the server it belongs to. */
export interface ConnectionHost {
  /** False once the server closes: requests are refused. */
  readonly admits: boolean
  readonly work: AcceptedWork
  /** @param trace the request's own `trace` member, if it has one */
  dispatch(
    method: string,
    params: unknown,
    origin: ParamsOrigin,
    context: RequestContext,
    trace: unknown,
  ): MaybePromise<unknown>
  /** The client has introduced itself; events may be sent to it from now on. */
  onIdentified(connection: Connection): void
  onClosed(connection: Connection): void
  /** Makes closing wait a little for what clears up behind a connection. Its failure is logged. */
  clearUp(work: Promise<unknown>): void
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
  /** Called whenever something begins to wait for room in `events`: the client is slower than what it is told. */
  readonly onFull?: () => void
}

/**
 * One client, whatever it came over: who it is, what it has open, and the queue of what it is told.
 *
 * A transport calls `handle` and writes what it gives; answers take that way and never wait behind `events`.
 */
export class Connection implements RequestContext {
  readonly connectionId: number
  readonly sessionSource: string
  readonly takesText: boolean
  /** Requests of this client that are not answered. */
  readonly inFlight = new AcceptedWork()
  /** Resolves once, with the reason, when the connection has ended. */
  readonly closed: Promise<string>
  readonly #host: ConnectionHost
  readonly #options: ConnectionOptions
  readonly #abort = new AbortController()
  readonly #resolveClosed: (reason: string) => void
  readonly #outlet: EventOutlet
  readonly #open = new Set<(error: unknown) => void>()
  readonly #cleanUps = new Set<() => MaybePromise<void>>()
  #client: ClientIdentity | undefined
  #isClosed = false

  constructor(host: ConnectionHost, options: ConnectionOptions) {
    this.#host = host
    this.#options = options
    this.connectionId = options.connectionId
    this.sessionSource = options.sessionSource
    this.takesText = options.origin === 'bytes'
    this.#outlet = new EventOutlet(options.events, options.onFull)
    let resolveClosed: (reason: string) => void = () => {}
    this.closed = new Promise((resolve) => {
      resolveClosed = resolve
    })
    this.#resolveClosed = resolveClosed
  }

  /** What this client is told: notifications and requests of the server. The transport is its one reader. */
  get events(): EventQueue {
    return this.#outlet.queue
  }

  get delivery(): DeliveryMode {
    return this.events.delivery
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

  onClose(cleanUp: () => MaybePromise<void>): () => void {
    if (this.#isClosed) this.#runCleanUp(cleanUp)
    else this.#cleanUps.add(cleanUp)
    return () => this.#cleanUps.delete(cleanUp)
  }

  /**
   * Runs one request and gives its result, at once where the handler need not wait.
   *
   * @param trace whose trace the request belongs to, as the wire says it
   * @throws RpcError, or rejects with one: every refusal and every failure
   */
  handle(method: string, params: unknown, trace?: unknown): MaybePromise<unknown> {
    if (this.#isClosed || !this.#host.admits) throw shuttingDown()
    if (this.inFlight.open >= this.#options.maxInFlight) throw overloaded(this.#options.overloadMessage)
    let answer: unknown
    try {
      answer = this.#host.dispatch(method, params, this.#options.origin, this, trace)
    } catch (error) {
      throw this.#refusal(method, error)
    }
    return answer instanceof Promise ? this.#awaited(method, answer) : this.#unwrapped(answer)
  }

  /** Sends a notification, unless the client has not introduced itself or does not want it. */
  emit(method: string, params: unknown): MaybePromise<void> {
    if (this.#isClosed || this.#client === undefined || this.#client.optOutNotifications.has(method)) return
    return this.#outlet.tell({ type: 'notification', method, params })
  }

  emitLegacy(method: `codex/event/${string}`, params: unknown): MaybePromise<void> {
    if (this.#isClosed || this.#client?.legacyNotifications !== true) return
    return this.#outlet.tell({ type: 'legacyNotification', method, params })
  }

  tellResolved(params: { readonly threadId: string; readonly requestId: RequestId }): void {
    void this.emit('serverRequest/resolved', params)
  }

  ask(event: RequestEvent): boolean {
    return !this.#isClosed && this.#outlet.ask(event)
  }

  /**
   * Ends the connection: `signal` aborts, open requests fail, `events` ends after what is queued, and what was
   * registered for it is cleared away. Idempotent.
   *
   * Lossless events that wait for room are queued above capacity: whoever still reads gets them.
   */
  close(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#host.onClosed(this)
    this.#outlet.close(reason)
    this.#abort.abort(shuttingDown())
    for (const fail of [...this.#open]) fail(shuttingDown())
    for (const cleanUp of this.#cleanUps) this.#runCleanUp(cleanUp)
    this.#cleanUps.clear()
    this.#resolveClosed(reason)
  }

  #runCleanUp(cleanUp: () => MaybePromise<void>): void {
    this.#host.clearUp(Promise.resolve().then(cleanUp))
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
}
