export type { ChildProcessOptions } from './child-process.js'
export {
  AppServerClient,
  type LinkUse,
  type ShutdownOptions,
  type ShutdownTail,
  type SpawnOptions,
} from './client.js'
export type {
  ClientEvent,
  ClientNotificationEvent,
  ClientRequestEvent,
  NotificationMethod,
  RequestEventOf,
  ServerRequestMethod,
} from './client-event.js'
export {
  DecodeError,
  DrainingError,
  NotInitializedError,
  OverloadedError,
  ServerError,
  TransportError,
  type TransportErrorReason,
} from './errors.js'
export type { ImportOptions, ImportProgress, ImportReport, ImportRun } from './imports.js'
export type { ClientLink, Ending } from './link.js'
export type { CallOptions } from './pending-calls.js'
export type { RawAnswer, RequestArguments, RequestHandle, RequestMethod } from './requester.js'
export { type RetryOptions, retryOverloaded } from './retry.js'
export type { RequestContext, RequestHandler } from './server-requests.js'
export type { QueueOptions, ServerInfo, StartOptions } from './startup.js'
export { WireLink, type WireReceiver, type WireTransport } from './wire-link.js'
