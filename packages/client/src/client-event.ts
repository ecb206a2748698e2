import type { RequestId, RpcErrorBody, ServerNotifications, ServerRequests } from '@gangway/protocol'
import type { DisconnectedEvent, LaggedEvent, LegacyNotificationEvent } from '@gangway/protocol/channel'

/** The name of a notification of the server. */
export type NotificationMethod = keyof ServerNotifications

/** The name of a request of the server. */
export type ServerRequestMethod = keyof ServerRequests

/** Something the server tells; `method` narrows `params`. */
export type ClientNotificationEvent = {
  [M in NotificationMethod]: {
    readonly type: 'notification'
    readonly method: M
    readonly params: ServerNotifications[M]
  }
}[NotificationMethod]

/** Something the server asks; exactly one answer is due. */
export type ClientRequestEvent = { [M in ServerRequestMethod]: RequestEventOf<M> }[ServerRequestMethod]

/** A request of one method. */
export interface RequestEventOf<M extends ServerRequestMethod> {
  readonly type: 'request'
  readonly id: RequestId
  readonly method: M
  readonly params: ServerRequests[M]['params']
  /** Aborts when the request needs no answer any more: it was answered elsewhere, or the connection is over. */
  readonly signal: AbortSignal
  /**
   * Answers with what `method` asks for, or, while that is not narrowed, with an answer to any of the methods.
   * Called on the event. `false` when it was answered before, here or elsewhere, or the connection is over.
   */
  respond<Event extends { readonly method: ServerRequestMethod }>(
    this: Event,
    result: ServerRequests[Event['method']]['result'],
  ): Promise<boolean>
  /** Refuses. `false` as for `respond`. */
  reject(error: RpcErrorBody): Promise<boolean>
}

/** What `events` yields. */
export type ClientEvent =
  | ClientNotificationEvent
  | ClientRequestEvent
  | LegacyNotificationEvent
  | LaggedEvent
  | DisconnectedEvent
