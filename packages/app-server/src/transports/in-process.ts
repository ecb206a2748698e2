import type { RequestId, RpcError } from '@gangway/protocol'
import type { ConnectOptions, InProcessLink } from '../app-server.js'
import type { Connection } from '../connection.js'
import { asRpcError, invalidRequest } from '../refusals.js'
import type { Runtime } from '../runtime.js'
import { MAX_IN_FLIGHT } from './limits.js'

/** Opens a connection whose both ends are in this process. No value is copied, serialised or checked on the way. */
export function connectInProcess(runtime: Runtime, options: ConnectOptions): InProcessLink {
  const connection = runtime.open(
    {
      sessionSource: options.sessionSource,
      origin: 'process',
      maxInFlight: MAX_IN_FLIGHT,
      overloadMessage: 'in-process app-server request queue is full',
    },
    {
      ...(options.channelCapacity !== undefined && { capacity: options.channelCapacity }),
      ...(options.maxQueuedBytes !== undefined && { maxBytes: options.maxQueuedBytes }),
      ...(options.delivery !== undefined && { delivery: options.delivery }),
    },
  )
  return new Link(runtime, connection)
}

class Link implements InProcessLink {
  readonly #runtime: Runtime
  readonly #connection: Connection
  readonly #openIds = new Set<RequestId>()

  constructor(runtime: Runtime, connection: Connection) {
    this.#runtime = runtime
    this.#connection = connection
  }

  get events() {
    return this.#connection.events
  }

  get closed() {
    return this.#connection.closed
  }

  request(id: RequestId, method: string, params: unknown): Promise<unknown> {
    if (this.#openIds.has(id)) return Promise.reject(invalidRequest(`duplicate request id: ${String(id)}`))
    try {
      const answer = this.#connection.handle(method, params)
      return answer instanceof Promise ? this.#awaited(id, answer) : Promise.resolve(answer)
    } catch (error) {
      return Promise.reject(asRpcError(error))
    }
  }

  notify(_method: string, _params: unknown): void {
    // The protocol's only notification of a client is `initialized`, and a server does not wait for it.
  }

  answer(id: RequestId, result: unknown): boolean {
    return this.#runtime.serverRequests.answer(this.#connection, id, result)
  }

  reject(id: RequestId, error: RpcError): boolean {
    return this.#runtime.serverRequests.reject(this.#connection, id, error)
  }

  async close(): Promise<void> {
    this.#connection.close('closed by the client')
  }

  #awaited(id: RequestId, answer: Promise<unknown>): Promise<unknown> {
    this.#openIds.add(id)
    return answer.finally(() => this.#openIds.delete(id))
  }
}
