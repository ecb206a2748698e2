import type { DeliveryRules } from './delivery-rules.js'
import type { DeliveryMode, WritableEvent } from './event.js'

/** How much a queue may hold, and what it does when that is full. */
export interface EventQueueOptions {
  /** Entries. Values under 1 count as 1. Default 128. */
  readonly capacity?: number
  /** Bytes, counted as the JSON of the params would be. One entry alone may be larger. Default 8 MiB. Not for `reference`. */
  readonly maxBytes?: number
  /** Characters of joined command output that one entry keeps; older output is dropped and counted. Default 256 Ki. */
  readonly maxOutputLength?: number
  /** Default `tiered`. */
  readonly delivery?: DeliveryMode
  /** Only for `tiered`. Default: the protocol's own table. */
  readonly rules?: DeliveryRules
}

/** Someone who looks at events before they are queued. Must not throw, nor push. */
export interface Interceptor {
  /** Is shown every event once, also one that will have to wait. `true` takes it: it does not get into the queue. */
  takes(event: WritableEvent): boolean
  /** An event that was shown found no room, and will not be read. */
  lost?(event: WritableEvent): void
}
