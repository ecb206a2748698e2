import type { MigrationItem } from '@gangway/protocol'
import {
  type ClientNotifications,
  type ClientRequests,
  faultOfResult,
  type RequestId,
  type RpcErrorBody,
} from '@gangway/protocol'
import type { RequestEvent, WritableEvent } from '@gangway/protocol/channel'
import type { ChildProcessOptions } from './child-process.js'
import type { ClientEvent, ServerRequestMethod } from './client-event.js'
import { DecodeError, ServerError, TransportError } from './errors.js'
import { readUntil } from './event-reader.js'
import { type ImportOptions, type ImportRun, Imports } from './imports.js'
import type { ClientLink, Ending, LinkUse } from './link.js'
import { type CallOptions, PendingCalls } from './pending-calls.js'
import { ReaderWatch } from './reader-watch.js'
import { type ConnectOptions, openRemote } from './remote/remote.js'
import type { RawAnswer, RequestArguments, RequestHandle, RequestMethod } from './requester.js'
import { OpenServerRequests, type RequestHandler } from './server-requests.js'
import { type ShutdownOptions, type ShutdownTail, within } from './shutdown.js'
import { introduce, type ServerInfo, type StartOptions, wireOptions } from './startup.js'
import type { TurnInput, TurnRun } from './turns/turn-run.js'
import { type TurnOptions, Turns } from './turns/turns.js'
import { WireLink } from './wire-link.js'

/** How to start a server as a child process. */
export interface SpawnOptions extends StartOptions, ChildProcessOptions {}

const DEFAULT_MAX_IN_FLIGHT = 64
const DEFAULT_UNHANDLED_REQUEST_MS = 5_000
const DEFAULT_SHUTDOWN_MS = 5_000

/** Milliseconds for a server to ask again after a reconnect. */
const ASK_AGAIN_MS = 1_000

/** A client of an app-server, ready to be used: `initialize` is answered. The same whatever it runs over. */
export class AppServerClient implements RequestHandle {
  /** Why the client ended: resolves once, never rejects. */
  readonly closed: Promise<string>
  readonly #link: ClientLink
  readonly #checksResults: boolean
  readonly #calls: PendingCalls
  readonly #requests: OpenServerRequests
  readonly #watch: ReaderWatch
  readonly #imports: Imports
  readonly #turns: Turns
  #server: ServerInfo | undefined
  #hasReader = false
  #ending: Promise<Ending> | undefined
  #resolveClosed: (reason: string) => void = () => {}

  /** Starts a server as a child process that ends with this client, at the latest with this process. */
  static async spawn(options: SpawnOptions): Promise<AppServerClient> {
    const { openChildProcess } = await import('#child-process')
    const link = new WireLink((receiver) => openChildProcess(options, receiver), wireOptions(options))
    return AppServerClient.over(link, options, { endpoint: options.command.join(' '), checksResults: true })
  }

  /** Connects to a server that runs by itself, over a websocket or a Unix socket; a browser can do the former only. */
  static async connect(options: ConnectOptions): Promise<AppServerClient> {
    const { link, endpoint } = await openRemote(options)
    return AppServerClient.over(link, options, { endpoint, checksResults: true })
  }

  /** Makes a client of a link of one's own, and introduces it. @throws as `spawn`; the link is closed then */
  static async over(link: ClientLink, options: StartOptions, use: LinkUse): Promise<AppServerClient> {
    const client = new AppServerClient(link, options, use)
    try {
      client.#server = await introduce(link, options, use.endpoint)
      return client
    } catch (error) {
      await client.shutdown()
      throw error
    }
  }

  private constructor(link: ClientLink, options: StartOptions, use: LinkUse) {
    this.#link = link
    this.#checksResults = use.checksResults
    this.#calls = new PendingCalls(link, options.maxInFlight ?? DEFAULT_MAX_IN_FLIGHT)
    const hasReaderFor = (event: RequestEvent) => this.#hasReader || this.#turns.isRead(event)
    const unhandledMs = options.unhandledRequestMs ?? DEFAULT_UNHANDLED_REQUEST_MS
    this.#requests = new OpenServerRequests(link, unhandledMs, hasReaderFor)
    this.#watch = new ReaderWatch(link.events)
    this.#imports = new Imports(
      {
        begin: (params, signal) =>
          this.request('externalAgentConfig/import', params, signal === undefined ? {} : { signal }),
        cancel: (importId) => this.request('externalAgentConfig/import/cancel', { importId }),
      },
      this.#watch,
    )
    this.#turns = new Turns({
      server: this,
      watch: this.#watch,
      host: {
        call: (method, params, how) => this.#calls.call(method, params, how),
        show: (event) => this.#requests.handOver(event),
        readersChanged: () => this.#requests.readersChanged(),
      },
      maxBytes: link.events.maxBytes,
      push: (event) => link.events.push(event) === 'wait' && link.events.force(event),
    })
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    link.events.intercept({
      takes: (event) => this.#saw(event),
      lost: (event) => event.type === 'request' && this.#requests.void(event.id, 'there was no room for it'),
    })
    link.watchConnection?.({
      lost: () => this.#turns.connectionLost(),
      restored: (isAsked) => this.#requests.expectAgain(isAsked, ASK_AGAIN_MS),
    })
    void link.closed.then((reason) => this.#lost(reason))
  }

  /** What the server said of itself. */
  get server(): ServerInfo {
    if (this.#server === undefined) throw new Error('the server has not introduced itself')
    return this.#server
  }

  async request<M extends RequestMethod>(
    method: M,
    ...rest: RequestArguments<M>
  ): Promise<ClientRequests[M]['result']> {
    const result = await this.#calls.call(method, rest[0], rest[1])
    const fault = this.#checksResults ? faultOfResult(method, result) : undefined
    if (fault !== undefined) throw new DecodeError(method, fault)
    return result as ClientRequests[M]['result']
  }

  requestRaw<M extends RequestMethod>(
    method: M,
    ...rest: RequestArguments<M>
  ): Promise<RawAnswer<ClientRequests[M]['result']>>
  requestRaw(method: string, params?: unknown, options?: CallOptions): Promise<RawAnswer>
  async requestRaw(method: string, params?: unknown, options?: CallOptions): Promise<RawAnswer> {
    try {
      return { ok: true, result: await this.#calls.call(method, params, options) }
    } catch (error) {
      if (error instanceof ServerError) return { ok: false, error: error.cause.toWire() }
      throw error
    }
  }

  /** Tells the server something. @throws TransportError `closed` */
  async notify<M extends keyof ClientNotifications>(method: M, params?: ClientNotifications[M]): Promise<void> {
    if (this.#ending !== undefined) throw new TransportError(method, 'closed', 'the client was shut down')
    this.#link.notify(method, params)
  }

  /** The part of this client that can be handed to those who only make requests. */
  requestHandle(): RequestHandle {
    return { request: this.request.bind(this), requestRaw: this.requestRaw.bind(this) as RequestHandle['requestRaw'] }
  }

  /**
   * What the server tells and asks, from where the last reader left; it ends with the client, after what was queued.
   *
   * Requests that have a handler are not among it. Leaving the loop leaves the rest for the next reader.
   *
   * @param options.signal ends the reading, which then throws its reason
   * @throws Error while another reader has not left
   */
  events(options: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<ClientEvent, void> {
    options.signal?.throwIfAborted()
    if (this.#hasReader) throw new Error('the events of this client have a reader already')
    const reader = this.#link.events.read(
      () => this.#take(),
      () => this.#readerChanged(false),
    )
    this.#readerChanged(true)
    return options.signal === undefined ? reader : readUntil(reader, options.signal)
  }

  /** Lets `handler` answer the server's requests of one method. @returns what ends that @throws Error when there is one */
  onRequest<M extends ServerRequestMethod>(method: M, handler: RequestHandler<M>): () => void {
    return this.#requests.handle(method, handler)
  }

  /** Answers a server's request by its id. `false` when it is not open. */
  async resolveServerRequest(id: RequestId, result: unknown): Promise<boolean> {
    return this.#requests.resolve(id, result)
  }

  /** Refuses a server's request by its id. `false` when it is not open. */
  async rejectServerRequest(id: RequestId, error: RpcErrorBody): Promise<boolean> {
    return this.#requests.reject(id, error)
  }

  /**
   * Begins to bring `items` over, as a request of detect gave them.
   *
   * @throws TransportError, ServerError as `request`: the import has not begun, or nobody knows
   */
  startImport(items: readonly MigrationItem[], options?: ImportOptions): Promise<ImportRun> {
    return this.#imports.start(items, options)
  }

  /**
   * Starts a turn of a thread.
   *
   * @param options.signal ends the wait, not the turn
   * @throws TransportError, ServerError as `request`: the turn has not begun, or nobody knows
   */
  startTurn(threadId: string, input: TurnInput, options?: TurnOptions): Promise<TurnRun> {
    return this.#turns.start(threadId, input, options)
  }

  /** Admits nothing new, and lets what was accepted come to its end while `events` can still be read. */
  async beginShutdown(options: ShutdownOptions = {}): Promise<ShutdownTail> {
    const ending = this.#end(options)
    return { finish: () => ending }
  }

  /**
   * Ends the client: nothing new is admitted, accepted work is finished or failed, open requests of both sides are
   * settled, `events` ends after what is queued, and a server that this client owns has ended. Idempotent.
   */
  shutdown(options: ShutdownOptions = {}): Promise<Ending> {
    if (!this.#hasReader) this.#link.events.abandon()
    return this.#end(options)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown()
  }

  #end({ timeoutMs = DEFAULT_SHUTDOWN_MS }: ShutdownOptions): Promise<Ending> {
    this.#calls.stop('the client was shut down')
    this.#ending ??= this.#endWithin(timeoutMs)
    return this.#ending
  }

  async #endWithin(timeoutMs: number): Promise<Ending> {
    const deadline = performance.now() + timeoutMs
    const isIdle = await within(this.#calls.idle(), timeoutMs)
    this.#calls.failAll('the client was shut down')
    this.#requests.close('the client was shut down')
    const { forced } = await this.#link.close({ timeoutMs: Math.max(0, deadline - performance.now()) })
    this.#settle('the client was shut down')
    return { forced: forced || !isIdle }
  }

  #lost(reason: string): void {
    if (this.#ending !== undefined) return
    this.#settle(reason)
    // What the link owns must end, too: a server's own children, for one.
    this.#ending = this.#link.close({ timeoutMs: DEFAULT_SHUTDOWN_MS })
  }

  #settle(reason: string): void {
    this.#calls.failAll(reason)
    this.#requests.close(reason)
    this.#imports.close(reason)
    this.#turns.close(reason)
    this.#watch.close()
    this.#link.events.close(reason)
    this.#resolveClosed(reason)
  }

  #saw(event: WritableEvent): boolean {
    if (event.type === 'request') return this.#requests.arrived(event) || this.#isTurnsOwn(event)
    if (event.type !== 'notification') return false
    if (event.method === 'serverRequest/resolved') this.#resolvedElsewhere(event.params)
    else this.#imports.saw(event)
    return this.#turns.saw(event)
  }

  /** A request is shown to whoever reads its turn, and to the reader of all events where there is one and room for it. */
  #isTurnsOwn(event: RequestEvent): boolean {
    const { events } = this.#link
    this.#turns.saw(event)
    return this.#turns.isRead(event) && (!this.#hasReader || events.length >= events.capacity)
  }

  #resolvedElsewhere(params: unknown): void {
    const { requestId } = (params ?? {}) as { readonly requestId?: RequestId }
    if (requestId !== undefined) this.#requests.void(requestId, 'it was answered elsewhere')
  }

  #take(): ClientEvent | undefined {
    for (;;) {
      const event = this.#link.events.take()
      this.#watch.took(event)
      if (event?.type !== 'request') return event as ClientEvent | undefined
      const request = this.#requests.handOver(event)
      if (request !== undefined) return request
    }
  }

  #readerChanged(hasReader: boolean): void {
    this.#hasReader = hasReader
    this.#watch.readerChanged(hasReader)
    this.#requests.readersChanged()
  }
}
