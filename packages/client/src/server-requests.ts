import { type RequestId, RpcError, type RpcErrorBody, rpcCodes, type ServerRequests } from '@gangway/protocol'
import type { RequestEvent } from '@gangway/protocol/channel'
import type { ClientRequestEvent, ServerRequestMethod } from './client-event.js'
import type { ClientLink } from './link.js'

/** What a handler of server requests is told beside the params. */
export interface RequestContext {
  readonly id: RequestId
  /** Aborts when the request needs no answer any more. */
  readonly signal: AbortSignal
}

/** Answers requests of one method. What it throws refuses the request: an `RpcError` as it is, all else as -32603. */
export type RequestHandler<M extends ServerRequestMethod> = (
  params: ServerRequests[M]['params'],
  context: RequestContext,
) => ServerRequests[M]['result'] | Promise<ServerRequests[M]['result']>

type AnyHandler = (params: unknown, context: RequestContext) => unknown

interface OpenRequest {
  readonly event: RequestEvent
  readonly voided: AbortController
  /** `waiting` for whoever takes it, `shown` to a reader, or with its `handler`. */
  state: 'waiting' | 'shown' | 'handler'
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Requests of the server that have no answer yet: each goes to its handler, else to the reader, else it is refused in time. */
export class OpenServerRequests {
  readonly #link: ClientLink
  readonly #unhandledMs: number
  readonly #handlers = new Map<string, AnyHandler>()
  readonly #hasReaderFor: (event: RequestEvent) => boolean
  #open = new Map<RequestId, OpenRequest>()

  /**
   * @param unhandledMs milliseconds until a request that nobody could take is refused
   * @param hasReaderFor whether someone reads the events that a request is among
   */
  constructor(link: ClientLink, unhandledMs: number, hasReaderFor: (event: RequestEvent) => boolean) {
    this.#link = link
    this.#unhandledMs = unhandledMs
    this.#hasReaderFor = hasReaderFor
  }

  /** Lets `handler` answer `method`, beginning with what waits. @throws Error when there is a handler for it */
  handle<M extends ServerRequestMethod>(method: M, given: RequestHandler<M>): () => void {
    if (this.#handlers.has(method)) throw new Error(`there is a handler for ${method} already`)
    const handler = given as AnyHandler
    this.#handlers.set(method, handler)
    for (const request of [...this.#open.values()]) {
      if (request.state === 'waiting' && request.event.method === method) this.#run(request, handler)
    }
    return () => {
      if (this.#handlers.get(method) === handler) this.#handlers.delete(method)
    }
  }

  /** A request has come. @returns whether it must not be read: a handler has it, or it has come before */
  arrived(event: RequestEvent): boolean {
    if (this.#isRepeated(event)) return true
    this.void(event.id, 'another request has its id')
    const request: OpenRequest = { event, voided: new AbortController(), state: 'waiting', timer: undefined }
    this.#open.set(event.id, request)
    const handler = this.#handlers.get(event.method)
    if (handler !== undefined) this.#run(request, handler)
    else if (!this.#hasReaderFor(event)) this.#refuseLater(request)
    return handler !== undefined
  }

  /** The connection was made anew: what the server has not asked again within `graceMs` needs no answer. */
  expectAgain(isAsked: (id: RequestId) => boolean, graceMs: number): void {
    const before = [...this.#open.values()]
    if (before.length === 0) return
    setTimeout(() => {
      for (const request of before) {
        const { id } = request.event
        if (this.#isOpen(request) && !isAsked(id)) this.void(id, 'it was not asked again after the connection was lost')
      }
    }, graceMs)
  }

  /** A request needs no answer any more: someone else has given it, or it never got a place. */
  void(id: RequestId, why: string): void {
    this.#take(id)?.voided.abort(new Error(why))
  }

  /** What a reader is to see of a request that was queued; `undefined` when that is settled or a handler's. */
  handOver(event: RequestEvent): ClientRequestEvent | undefined {
    const request = this.#open.get(event.id)
    if (request === undefined || request.event !== event || request.state === 'handler') return undefined
    this.#taken(request, 'shown')
    return {
      ...event,
      signal: request.voided.signal,
      respond: async (result: unknown) => this.#isOpen(request) && this.resolve(event.id, result),
      reject: async (error: RpcErrorBody) => this.#isOpen(request) && this.reject(event.id, error),
    } as ClientRequestEvent
  }

  /** Answers, for whoever has the request. `false` when it is not open. */
  resolve(id: RequestId, result: unknown): boolean {
    this.#take(id)
    return this.#link.answer(id, result)
  }

  /** Refuses, for whoever has the request. `false` when it is not open. */
  reject(id: RequestId, error: RpcErrorBody): boolean {
    this.#take(id)
    return this.#link.reject(id, RpcError.fromWire(error))
  }

  /** There is a reader more, who may take his time, or there is one less. */
  readersChanged(): void {
    for (const request of this.#open.values()) {
      if (request.state !== 'waiting') continue
      clearTimeout(request.timer)
      if (!this.#hasReaderFor(request.event)) this.#refuseLater(request)
    }
  }

  /** Refuses everything that is open. */
  close(reason: string): void {
    const open = this.#open
    this.#open = new Map()
    for (const { event, voided, timer } of open.values()) {
      clearTimeout(timer)
      this.#link.reject(event.id, new RpcError(rpcCodes.internalError, reason))
      voided.abort(new Error(reason))
    }
  }

  #run(request: OpenRequest, handler: AnyHandler): void {
    this.#taken(request, 'handler')
    const { id, params } = request.event
    void Promise.resolve()
      .then(() => handler(params, { id, signal: request.voided.signal }))
      .then(
        (result) => this.#isOpen(request) && this.resolve(id, result),
        (error: unknown) => this.#isOpen(request) && this.reject(id, refusalFor(error)),
      )
  }

  #refuseLater(request: OpenRequest): void {
    const { id, method } = request.event
    const refuse = () => {
      if (!this.#isOpen(request)) return
      this.reject(id, { code: rpcCodes.methodNotFound, message: `nobody handles ${method}` })
      request.voided.abort(new Error(`nobody handled ${method} within ${this.#unhandledMs} ms`))
    }
    request.timer = setTimeout(refuse, this.#unhandledMs)
  }

  #taken(request: OpenRequest, state: 'shown' | 'handler'): void {
    request.state = state
    clearTimeout(request.timer)
  }

  /** After a reconnect a server asks again, with the same id, what was not answered. */
  #isRepeated({ id, method, params }: RequestEvent): boolean {
    const open = this.#open.get(id)?.event
    return open?.method === method && JSON.stringify(open.params) === JSON.stringify(params)
  }

  #isOpen(request: OpenRequest): boolean {
    return this.#open.get(request.event.id) === request
  }

  #take(id: RequestId): OpenRequest | undefined {
    const request = this.#open.get(id)
    if (request === undefined) return undefined
    this.#open.delete(id)
    clearTimeout(request.timer)
    return request
  }
}

function refusalFor(error: unknown): RpcErrorBody {
  if (error instanceof RpcError) return error.toWire()
  return { code: rpcCodes.internalError, message: error instanceof Error ? error.message : String(error) }
}
