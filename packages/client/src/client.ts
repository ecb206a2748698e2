import type { MigrationItem } from '@gangway/protocol'
import {
  type ClientNotifications,
  type ClientRequests,
  faultOfResult,
  type RequestId,
  type RpcErrorBody,
} from '@gangway/protocol'
import type { WritableEvent } from '@gangway/protocol/channel'
import type { ChildProcessOptions } from './child-process.js'
import type { ClientEvent, ServerRequestMethod } from './client-event.js'
import { DecodeError, ServerError, TransportError } from './errors.js'
import { readUntil } from './event-reader.js'
import { type ImportOptions, type ImportRun, Imports } from './imports.js'
import type { ClientLink, Ending } from './link.js'
import { type CallOptions, PendingCalls } from './pending-calls.js'
import type { RawAnswer, RequestArguments, RequestHandle, RequestMethod } from './requester.js'
import { OpenServerRequests, type RequestHandler } from './server-requests.js'
import { introduce, type ServerInfo, type StartOptions } from './startup.js'
import { WireLink } from './wire-link.js'

/** How to start a server as a child process. */
export interface SpawnOptions extends StartOptions, ChildProcessOptions {}

/** How long an ending may take. */
export interface ShutdownOptions {
  /** Milliseconds until accepted work is failed, and a server that we own is forced. Default 5 000. */
  readonly timeoutMs?: number
}

/** The second half of a shutdown: what is still told can be read in between. */
export interface ShutdownTail {
  /** Resolves when everything has ended. */
  finish(): Promise<Ending>
}

/** How a link is to be used. */
export interface LinkUse {
  /** How messages name the server. */
  readonly endpoint: string
  /** Whether results come from another process and have to be checked. */
  readonly checksResults: boolean
}

const DEFAULT_MAX_IN_FLIGHT = 64
const DEFAULT_UNHANDLED_REQUEST_MS = 5_000
const DEFAULT_SHUTDOWN_MS = 5_000

/** A client of an app-server, ready to be used: `initialize` is answered. The same whatever it runs over. */
export class AppServerClient implements RequestHandle {
  /** Why the client ended: resolves once, never rejects. */
  readonly closed: Promise<string>
  readonly #link: ClientLink
  readonly #checksResults: boolean
  readonly #calls: PendingCalls
  readonly #requests: OpenServerRequests
  readonly #imports: Imports
  #server: ServerInfo | undefined
  #hasReader = false
  #ending: Promise<Ending> | undefined
  #resolveClosed: (reason: string) => void = () => {}

  /** Starts a server as a child process that ends with this client, at the latest with this process. Not for browsers. */
  static async spawn(options: SpawnOptions): Promise<AppServerClient> {
    const { openChildProcess } = await import('./child-process.js')
    const { channelCapacity, maxQueuedBytes, delivery } = options
    const link = new WireLink((receiver) => openChildProcess(options, receiver), {
      ...(channelCapacity !== undefined && { capacity: channelCapacity }),
      ...(maxQueuedBytes !== undefined && { maxBytes: maxQueuedBytes }),
      ...(delivery !== undefined && { delivery }),
    })
    return AppServerClient.over(link, options, { endpoint: options.command.join(' '), checksResults: true })
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
    this.#requests = new OpenServerRequests(link, options.unhandledRequestMs ?? DEFAULT_UNHANDLED_REQUEST_MS)
    this.#imports = new Imports(
      (params, signal) => this.request('externalAgentConfig/import', params, signal === undefined ? {} : { signal }),
      link.events,
    )
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    link.events.intercept({
      takes: (event) => this.#saw(event),
      lost: (event) => event.type === 'request' && this.#requests.void(event.id, 'there was no room for it'),
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
    this.#link.events.close(reason)
    this.#resolveClosed(reason)
  }

  #saw(event: WritableEvent): boolean {
    if (event.type === 'request') return this.#requests.arrived(event)
    if (event.type === 'notification') {
      if (event.method === 'serverRequest/resolved') this.#resolvedElsewhere(event.params)
      else this.#imports.saw(event)
    }
    return false
  }

  #resolvedElsewhere(params: unknown): void {
    const { requestId } = (params ?? {}) as { readonly requestId?: RequestId }
    if (requestId !== undefined) this.#requests.void(requestId, 'it was answered elsewhere')
  }

  #take(): ClientEvent | undefined {
    for (;;) {
      const event = this.#link.events.take()
      if (event?.type !== 'request') return event as ClientEvent | undefined
      const request = this.#requests.handOver(event)
      if (request !== undefined) return request
    }
  }

  #readerChanged(hasReader: boolean): void {
    this.#hasReader = hasReader
    this.#requests.readerChanged(hasReader)
  }
}

/** Whether `promise` resolves in time. */
async function within(promise: Promise<void>, timeoutMs: number): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs)
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
