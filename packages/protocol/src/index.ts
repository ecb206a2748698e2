export {
  type DecodedParams,
  type DecodeOptions,
  decodeParams,
  experimentalRefusal,
  faultOfNotification,
  faultOfResult,
  unknownMethodMessage,
} from './decode.js'
export { coalescingKeyOf, deliveryClassOf, deltaRuleOf } from './delivery.js'
export {
  classifyMessage,
  decodeMessage,
  type ErrorMessage,
  encodeMessage,
  type Message,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
} from './jsonrpc.js'
export { type MessageHead, readMessageHead } from './message-head.js'
export type {
  ClientMethodRow,
  ClientNotificationRow,
  DeliveryClass,
  DeltaRule,
  MethodState,
  ServerNotificationRow,
  ServerRequestRow,
  Stability,
} from './methods/row.js'
export { serverNotifications } from './methods/server-notifications.js'
export { clientNotifications, serverRequests } from './methods/server-requests.js'
export { type ClientMethod, clientMethods, isClientMethod } from './methods.js'
export type { RequestId } from './request-id.js'
export { RpcError, type RpcErrorBody, rpcCodes } from './rpc-error.js'
export type * from './types.gen.js'
export type {
  ExternalAgentConfigMigrationItem as MigrationItem,
  ExternalAgentConfigMigrationItemType as MigrationItemType,
} from './types.gen.js'
