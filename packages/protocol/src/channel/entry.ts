import type { QueueEvent } from './event.js'
import type { JoinedText } from './joined-text.js'

/** An event that waits in a queue. */
export interface Entry {
  event: QueueEvent
  bytes: number
  /** The item that the event belongs to. */
  readonly itemId: string | undefined
  /** Set once a second delta has joined: the text of all of them. */
  text: JoinedText | undefined
  /** Deltas dropped from the front of `text`. */
  droppedDeltas: number
}
