import type { RequestId, RpcError } from '@gangway/protocol'
import { refusalOf } from '@gangway/protocol/channel'
import type { Connection } from './connection.js'
import { shuttingDown } from './refusals.js'

interface OpenRequest {
  readonly id: RequestId
  readonly method: string
  readonly params: unknown
  /** Set where the request belongs to a thread: it then outlives the clients that were asked. */
  readonly threadId: string | undefined
  readonly asked: Set<Connection>
  resolve(result: unknown): void
  reject(error: RpcError): void
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
   */
  ask(connections: readonly Connection[], method: string, params: unknown, threadId?: string): Promise<unknown> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const asked = new Set(connections.filter((connection) => connection.ask({ type: 'request', id, method, params })))
      const [first] = connections
      const canWait = threadId !== undefined && first === undefined
      if (asked.size > 0 || canWait) this.#open.set(id, { id, method, params, threadId, asked, resolve, reject })
      else reject(first === undefined ? shuttingDown() : refusalOf(method, first.events.delivery))
    })
  }

  /**
   * Asks `connection` what is open in a thread, in the order in which it was asked first, under the same ids.
   * What it was asked before it is not asked again.
   *
   * Source: reference 0.169.0, what it sends after `thread/resume`.
   */
  replay(threadId: string, connection: Connection): void {
    for (const request of this.#open.values()) {
      const { id, method, params, asked } = request
      if (request.threadId !== threadId || asked.has(connection)) continue
      if (connection.ask({ type: 'request', id, method, params })) asked.add(connection)
    }
  }

  /** Takes an answer. `false`, and nothing happens, when the request is not open or was not put to `connection`. */
  answer(connection: Connection, id: RequestId, result: unknown): boolean {
    const request = this.#take(connection, id)
    request?.resolve(result)
    return request !== undefined
  }

  /** Takes a refusal; else as `answer`. */
  reject(connection: Connection, id: RequestId, error: RpcError): boolean {
    const request = this.#take(connection, id)
    request?.reject(error)
    return request !== undefined
  }

  /** Forgets a client. Requests that only it could have answered fail, save those of a thread. */
  leave(connection: Connection): void {
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

  #take(connection: Connection, id: RequestId): OpenRequest | undefined {
    const request = this.#open.get(id)
    if (!request?.asked.has(connection)) return undefined
    this.#close(request)
    return request
  }

  /** Told before the asker goes on, so that every client hears of the end before it hears what came of it. */
  #close({ id, threadId, asked }: OpenRequest): void {
    this.#open.delete(id)
    if (threadId === undefined) return
    for (const connection of asked) void connection.emit('serverRequest/resolved', { threadId, requestId: id })
  }
}
