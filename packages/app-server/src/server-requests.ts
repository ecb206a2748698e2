import type { RequestId, RpcError } from '@gangway/protocol'
import { type DeliveryMode, type RequestEvent, refusalOf } from '@gangway/protocol/channel'
import { shuttingDown } from './refusals.js'

/** A client that can be asked something. */
export interface Askable {
  /** What becomes of events that find no room. */
  readonly delivery: DeliveryMode
  /** Puts a request of the server to this client. `false`: it found no room, and the client will never see it. */
  ask(event: RequestEvent): boolean
  /** Tells this client that a question is settled. */
  tellResolved(params: { readonly threadId: string; readonly requestId: RequestId }): void
}

/** What a question is asked with. */
export interface AskOptions {
  /** The thread that it belongs to: it then outlives the clients that were asked. */
  readonly threadId?: string | undefined
  /** Takes the question back. */
  readonly signal?: AbortSignal | undefined
}

/** Questions whose end is told by what comes of them. Source: reference 0.169.0. */
const untoldEnds: ReadonlySet<string> = new Set(['item/tool/call'])

interface OpenRequest {
  readonly id: RequestId
  readonly method: string
  readonly params: unknown
  /** Set where the request belongs to a thread: it then outlives the clients that were asked. */
  readonly threadId: string | undefined
  readonly asked: Set<Askable>
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** What the server asks its clients, such as approvals, until the first answer. */
export class ServerRequests {
  readonly #open = new Map<RequestId, OpenRequest>()
  #nextId = 0

  /** How many requests have no answer yet. */
  get size(): number {
    return this.#open.size
  }

  /**
   * Asks all of `connections` one question, under one id; the first answer, or refusal, counts.
   *
   * With a `threadId` the question stays open when all who were asked have left, or nobody was there to ask: whoever
   * comes to the thread is asked it again, by `replay`. Its end is told to all who were asked, by `serverRequest/resolved`.
   *
   * @throws RpcError the client's refusal; -32001 when nobody had room for the question; -32603 when all left
   * @throws the signal's reason once it aborts; the clients are told that the question is settled
   */
  ask(
    clients: readonly Askable[],
    method: string,
    params: unknown,
    { threadId, signal }: AskOptions = {},
  ): Promise<unknown> {
    signal?.throwIfAborted()
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const asked = new Set(clients.filter((client) => client.ask({ type: 'request', id, method, params })))
      const [first] = clients
      const canWait = threadId !== undefined && first === undefined
      if (asked.size === 0 && !canWait) {
        reject(first === undefined ? shuttingDown() : refusalOf(method, first.delivery))
        return
      }
      const request: OpenRequest = { id, method, params, threadId, asked, resolve, reject }
      this.#open.set(id, request)
      signal?.addEventListener('abort', () => this.#withdraw(request, signal.reason), { once: true })
    })
  }

  /**
   * Asks `connection` what is open in a thread, in the order in which it was asked first, under the same ids.
   * What it was asked before it is not asked again.
   *
   * Source: reference 0.169.0, what it sends after `thread/resume`.
   */
  replay(threadId: string, connection: Askable): void {
    for (const request of this.#open.values()) {
      const { id, method, params, asked } = request
      if (request.threadId !== threadId || asked.has(connection)) continue
      if (connection.ask({ type: 'request', id, method, params })) asked.add(connection)
    }
  }

  /** Takes an answer. `false`, and nothing happens, when the request is not open or was not put to `connection`. */
  answer(connection: Askable, id: RequestId, result: unknown): boolean {
    const request = this.#take(connection, id)
    request?.resolve(result)
    return request !== undefined
  }

  /** Takes a refusal; else as `answer`. */
  reject(connection: Askable, id: RequestId, error: RpcError): boolean {
    const request = this.#take(connection, id)
    request?.reject(error)
    return request !== undefined
  }

  /** Forgets a client. Requests that only it could have answered fail, save those of a thread. */
  leave(connection: Askable): void {
    for (const request of [...this.#open.values()]) {
      if (!request.asked.delete(connection) || request.asked.size > 0 || request.threadId !== undefined) continue
      this.#close(request)
      request.reject(shuttingDown())
    }
  }

  /** Fails what is open in a thread: its turn was interrupted, or it is closed. */
  failThread(threadId: string, error: RpcError): void {
    this.#fail(error, (request) => request.threadId === threadId)
  }

  /** Fails every open request: the server ends. */
  failAll(error: RpcError): void {
    this.#fail(error, () => true)
  }

  #fail(error: RpcError, fits: (request: OpenRequest) => boolean): void {
    for (const request of [...this.#open.values()].filter(fits)) {
      this.#close(request)
      request.reject(error)
    }
  }

  #withdraw(request: OpenRequest, reason: unknown): void {
    if (!this.#open.has(request.id)) return
    this.#close(request)
    request.reject(reason)
  }

  #take(connection: Askable, id: RequestId): OpenRequest | undefined {
    const request = this.#open.get(id)
    if (!request?.asked.has(connection)) return undefined
    this.#close(request)
    return request
  }

  /** Told before the asker goes on, so that every client hears of the end before it hears what came of it. */
  #close({ id, method, threadId, asked }: OpenRequest): void {
    this.#open.delete(id)
    if (threadId === undefined || untoldEnds.has(method)) return
    for (const client of asked) client.tellResolved({ threadId, requestId: id })
  }
}
