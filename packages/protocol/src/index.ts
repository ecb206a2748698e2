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
export type { RequestId } from './request-id.js'
export { RpcError, type RpcErrorBody, rpcCodes } from './rpc-error.js'

/** Placeholder until the generated types stand; same spelling as the wire. */
export type MigrationItemType =
  | 'AGENTS_MD'
  | 'CONFIG'
  | 'SKILLS'
  | 'PLUGINS'
  | 'MCP_SERVER_CONFIG'
  | 'SUBAGENTS'
  | 'HOOKS'
  | 'COMMANDS'
  | 'MEMORY'
  | 'SESSIONS'
