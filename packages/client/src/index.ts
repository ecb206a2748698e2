export type { ChildProcessOptions } from './child-process.js'
export {
  AppServerClient,
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
  IndeterminateError,
  NotInitializedError,
  OverloadedError,
  ServerError,
  TransportError,
  type TransportErrorReason,
} from './errors.js'
export type { ImportOptions, ImportProgress, ImportReport, ImportRun } from './imports.js'
export type { ClientLink, ConnectionWatcher, Ending, LinkUse } from './link.js'
export type { CallOptions } from './pending-calls.js'
export type { ConnectionChange, ReconnectOptions } from './remote/reconnecting-link.js'
export type { ConnectOptions } from './remote/remote.js'
export type { RemoteAddress } from './remote/remote-endpoint.js'
export type { ConnectLimits } from './remote/socket-transport.js'
export type { RawAnswer, RequestArguments, RequestHandle, RequestMethod } from './requester.js'
export { type RetryOptions, retryOverloaded } from './retry.js'
export type { RequestContext, RequestHandler } from './server-requests.js'
export type { ShutdownOptions, ShutdownTail } from './shutdown.js'
export type { QueueOptions, ServerInfo, StartOptions } from './startup.js'
export { TextAccumulator } from './turns/text-accumulator.js'
export type { TurnDone } from './turns/turn-record.js'
export type { TurnInput, TurnRun } from './turns/turn-run.js'
export type { ThreadItem, Turn } from './turns/turn-shapes.js'
export type { TurnOptions } from './turns/turns.js'
export { WireLink, type WireLinkOptions, type WireReceiver, type WireTransport } from './wire-link.js'
