import type { NotificationEvent, WritableEvent } from '@gangway/protocol/channel'

const synthetic = new WeakSet<WritableEvent>()

/** A notification that the server should have sent, made from what it says of the thread. */
export function synthesize(method: string, params: unknown): NotificationEvent {
  const event: NotificationEvent = { type: 'notification', method, params }
  synthetic.add(event)
  return event
}

/** Whether an event was made by `synthesize`. */
export function isSynthetic(event: WritableEvent): boolean {
  return synthetic.has(event)
}
