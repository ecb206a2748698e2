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
   * @param caller tells whether the result is still wanted, for a link that may have to wait before it can send
   * @throws RpcError the server's refusal
   * @throws TransportError when there will be no answer
   */
  request(id: RequestId, method: string, params: unknown, caller?: { readonly isOpen: boolean }): Promise<unknown>
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
  /** Only where a lost connection is made anew: tells `watcher` of it. */
  watchConnection?(watcher: ConnectionWatcher): void
}

/** Someone who must know that a connection was lost and made anew. */
export interface ConnectionWatcher {
  /** Nothing comes until it is restored. */
  lost(): void
  /** What was missed has been told. @param isAsked whether the server has asked this again, and got no answer */
  restored(isAsked: (id: RequestId) => boolean): void
}

/** How a link is to be used. */
export interface LinkUse {
  /** How messages name the server. */
  readonly endpoint: string
  /** Whether results come from another process and have to be checked. */
  readonly checksResults: boolean
}
