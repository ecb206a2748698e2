import type { RequestId, RpcError } from '@gangway/protocol'
import { refusalOf } from '@gangway/protocol/channel'
import type { Connection } from './connection.js'
import { shuttingDown } from './refusals.js'

interface OpenRequest {
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
   * @throws RpcError the client's refusal; -32001 when nobody had room for the question; -32603 when all left
   */
  ask(connections: readonly Connection[], method: string, params: unknown): Promise<unknown> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const asked = new Set(connections.filter((connection) => connection.ask({ type: 'request', id, method, params })))
      const [first] = connections
      if (asked.size > 0) this.#open.set(id, { asked, resolve, reject })
      else reject(first === undefined ? shuttingDown() : refusalOf(method, first.events.delivery))
    })
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

  /** Forgets a client. Requests that only it could have answered fail. */
  leave(connection: Connection): void {
    for (const [id, request] of this.#open) {
      if (!request.asked.delete(connection) || request.asked.size > 0) continue
      this.#open.delete(id)
      request.reject(shuttingDown())
    }
  }

  /** Fails every open request: the server ends. */
  failAll(error: RpcError): void {
    const open = [...this.#open.values()]
    this.#open.clear()
    for (const request of open) request.reject(error)
  }

  #take(connection: Connection, id: RequestId): OpenRequest | undefined {
    const request = this.#open.get(id)
    if (!request?.asked.has(connection)) return undefined
    this.#open.delete(id)
    return request
  }
}
