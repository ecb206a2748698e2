export { BoundedQueue } from './bounded-queue.js'
export type { DeliveryRule, DeliveryRules, Joining } from './delivery-rules.js'
export type {
  DeliveryMode,
  DisconnectedEvent,
  LaggedEvent,
  LegacyNotificationEvent,
  NotificationEvent,
  PushOutcome,
  Queueable,
  QueueEvent,
  RequestEvent,
  WritableEvent,
} from './event.js'
export { EventQueue } from './event-queue.js'
export { sizeOfEvent } from './event-size.js'
export { JsonLines, type JsonLinesOptions, type LineSink } from './json-lines.js'
export type { EventQueueOptions, Interceptor } from './queue-options.js'
export { refusalOf } from './refusal.js'
