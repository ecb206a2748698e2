export { BoundedQueue } from './bounded-queue.js'
export type { DeliveryRule, DeliveryRules, Joining } from './delivery-rules.js'
export type {
  DeliveryMode,
  DisconnectedEvent,
  LaggedEvent,
  LegacyNotificationEvent,
  NotificationEvent,
  PushOutcome,
  QueueEvent,
  RequestEvent,
  WritableEvent,
} from './event.js'
export { EventQueue, type EventQueueOptions, type Interceptor } from './event-queue.js'
export { JsonLines, type JsonLinesOptions, type LineSink } from './json-lines.js'
export { refusalOf } from './refusal.js'
