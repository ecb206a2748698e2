import { RpcError, rpcCodes } from '../rpc-error.js'
import type { DeliveryMode } from './event.js'

/** The only server request that the reference's in-process client never passes on. */
export const UNSUPPORTED_IN_PROCESS = 'account/chatgptAuthTokens/refresh'

/**
 * The answer to a server request that a queue has refused.
 *
 * Source: reference, client facade of 2026.
 */
export function refusalOf(method: string, delivery: DeliveryMode): RpcError {
  if (delivery === 'reference' && method === UNSUPPORTED_IN_PROCESS) {
    return new RpcError(
      rpcCodes.unsupported,
      'chatgpt auth token refresh is not supported for in-process app-server clients',
    )
  }
  return new RpcError(rpcCodes.overloaded, 'in-process app-server event queue is full')
}
