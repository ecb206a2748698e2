import { RpcError, rpcCodes } from '@gangway/protocol'

// Codes and messages are the reference's, which clients match on. Source: reference 0.169.0, its answers on standard output.

/** Why an in-process runtime that ends fails what is still open. */
export const SHUTTING_DOWN = 'in-process app-server runtime is shutting down'

/** What the client asked for cannot be done as asked. */
export function invalidRequest(message: string, data?: unknown): RpcError {
  return new RpcError(rpcCodes.invalidRequest, message, data)
}

/** A member of the params cannot be what it is. Few methods tell this apart from {@link invalidRequest}. */
export function invalidParams(message: string): RpcError {
  return new RpcError(rpcCodes.invalidParams, message)
}

/** A path that must be absolute is not. Source: reference 0.169.0. */
export function relativePath(): RpcError {
  return invalidRequest('Invalid request: AbsolutePathBuf deserialized without a base path')
}

/** A method of the protocol that this version does not serve yet. */
export function notSupportedYet(method: string): RpcError {
  return new RpcError(rpcCodes.methodNotFound, `${method} is not supported yet`)
}

/** A method of the protocol that is not served, for a reason that goes after "it". */
export function refused(method: string, reason: string): RpcError {
  return invalidRequest(`${method} is not supported: it ${reason}`)
}

/** More is open than may be. The client may try again. */
export function overloaded(message = 'Server overloaded; retry later.'): RpcError {
  return new RpcError(rpcCodes.overloaded, message, { reason: 'overloaded', retryable: true })
}

/** A message that is longer than the connection takes; it was not read. */
export function tooLarge(): RpcError {
  return invalidRequest('Invalid request: the message is too large', { reason: 'tooLarge' })
}

/** New work while the server finishes what it has. Another server may take it, or this one when it is back. */
export function draining(): RpcError {
  return invalidRequest('Server is draining; retry after reconnecting', { reason: 'serverShuttingDown' })
}

/** The server ends, or the connection has. */
export function shuttingDown(): RpcError {
  return new RpcError(rpcCodes.internalError, SHUTTING_DOWN)
}

/** What a handler threw, as an answer: its own refusal, else an internal error with the cause's words. */
export function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  return new RpcError(rpcCodes.internalError, error instanceof Error ? error.message : String(error))
}
