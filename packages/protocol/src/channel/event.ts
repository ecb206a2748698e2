import type { RequestId } from '../request-id.js'

/** Something the server tells. */
export interface NotificationEvent {
  readonly type: 'notification'
  readonly method: string
  readonly params: unknown
}

/** Something the server asks; exactly one answer is due. */
export interface RequestEvent {
  readonly type: 'request'
  readonly id: RequestId
  readonly method: string
  readonly params: unknown
}

/** A `codex/event/*` notification of the first protocol. */
export interface LegacyNotificationEvent {
  readonly type: 'legacyNotification'
  readonly method: string
  readonly params: unknown
}

/** A gap: `skipped` events that should have stood here were dropped. */
export interface LaggedEvent {
  readonly type: 'lagged'
  readonly skipped: number
  /** How many of each method; adds up to `skipped`. */
  readonly byMethod: Readonly<Record<string, number>>
}

/** The connection is over; nothing comes after it. */
export interface DisconnectedEvent {
  readonly type: 'disconnected'
  readonly reason: string
}

/** One entry of an event queue. */
export type QueueEvent = NotificationEvent | RequestEvent | LegacyNotificationEvent | LaggedEvent | DisconnectedEvent

/** The entries that a writer gives; the queue itself makes `lagged`. */
export type WritableEvent = Exclude<QueueEvent, LaggedEvent>

/** The entries that take a place in the queue's order. */
export type Queueable = Exclude<WritableEvent, DisconnectedEvent>

/**
 * What a queue does when it is full.
 *
 * `tiered`: lossless events wait, deltas of one item are joined while they wait, the rest is dropped and announced.
 * `lossless`: every event waits, none is joined. `reference`: as the client facade of the reference does.
 */
export type DeliveryMode = 'tiered' | 'lossless' | 'reference'

/** What became of an event that was given to a queue. */
export type PushOutcome =
  /** It will be read. */
  | 'queued'
  /** It will be read as part of an event that was queued before. */
  | 'coalesced'
  /** It is gone, and counted in the next `lagged`. */
  | 'dropped'
  /** A server request that found no room: the writer answers it with `refusalOf`. */
  | 'refused'
  /** It is lossless and there is no room: nothing has changed; `await queue.room()` and push it again. */
  | 'wait'
