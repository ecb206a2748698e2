import type { RequestId, RpcError } from '@gangway/protocol'
import type { EventQueue } from '@gangway/protocol/channel'

/** How a connection ended. */
export interface Ending {
  /** Whether something had to be made to end because the time was over. */
  readonly forced: boolean
}

/** A client's end of a connection, whatever it runs over. */
export interface ClientLink {
  /**
   * Gives the method's result.
   *
   * @throws RpcError the server's refusal
   * @throws TransportError when there will be no answer
   */
  request(id: RequestId, method: string, params: unknown): Promise<unknown>
  notify(method: string, params: unknown): void
  /** Answers a server's request. `false` when it is not open (any more). */
  answer(id: RequestId, result: unknown): boolean
  /** Refuses a server's request. `false` when it is not open (any more). */
  reject(id: RequestId, error: RpcError): boolean
  /** What the server tells and asks. */
  readonly events: EventQueue
  /** Ends the connection, and whatever it owns, in about `timeoutMs`. `events` is closed then. Idempotent. */
  close(options: { readonly timeoutMs: number }): Promise<Ending>
  /** Why the connection ended: resolves once, never rejects. */
  readonly closed: Promise<string>
}
