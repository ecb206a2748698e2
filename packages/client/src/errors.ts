import { type RpcError, rpcCodes } from '@gangway/protocol'

/** Why a call failed on this side of the connection, or on the way. */
export type TransportErrorReason =
  /** The connection is over, or was never made. */
  | 'closed'
  /** A bounded queue on the way had no room. */
  | 'queueFull'
  | 'timeout'
  /** The caller's own signal; its reason is the `cause`. */
  | 'aborted'
  | 'duplicateId'
  /** A message grew beyond the limit. */
  | 'tooLarge'
  /** The other side did not speak the protocol. */
  | 'protocol'
  | 'auth'

/** The call got no answer. */
export class TransportError extends Error {
  override readonly name = 'TransportError'

  /** @param detail what happened, without the method */
  constructor(
    readonly method: string,
    readonly reason: TransportErrorReason,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${method} transport error: ${detail}`, options)
  }
}

/** Why a call failed that was sent before its connection was lost: nobody knows whether it took effect. It is not sent again. */
export class IndeterminateError extends Error {
  override readonly name = 'IndeterminateError'

  constructor(readonly method: string) {
    super(`indeterminate: ${method} was sent, and the connection was lost before its answer`)
  }
}

/** The server refused the call. */
export class ServerError extends Error {
  override readonly name: string = 'ServerError'
  readonly code: number
  readonly data: unknown
  /** The refusal as it came. */
  declare readonly cause: RpcError

  constructor(
    readonly method: string,
    cause: RpcError,
  ) {
    super(`${method} failed: ${cause.message}`, { cause })
    this.code = cause.code
    this.data = cause.data
  }
}

/** The server has no room now. The same call may be made again; see `retryOverloaded`. */
export class OverloadedError extends ServerError {
  override readonly name = 'OverloadedError'
}

/** The server is about to end and takes no new work. */
export class DrainingError extends ServerError {
  override readonly name = 'DrainingError'
}

/** The server has not seen `initialize` on this connection. */
export class NotInitializedError extends ServerError {
  override readonly name = 'NotInitializedError'
}

/** The server's answer is not what the protocol says. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError'

  constructor(
    readonly method: string,
    detail: string,
  ) {
    super(`${method} response decode error: ${detail}`)
  }
}

/** The `ServerError`, of the most telling class, for a refusal. Source: reference 0.169.0, codes and messages. */
export function serverErrorOf(method: string, refusal: RpcError): ServerError {
  if (refusal.code === rpcCodes.overloaded) return new OverloadedError(method, refusal)
  if (refusal.code === rpcCodes.invalidRequest) {
    if (refusal.message === 'Not initialized') return new NotInitializedError(method, refusal)
    const { reason } = (refusal.data ?? {}) as { readonly reason?: unknown }
    if (reason === 'serverShuttingDown') return new DrainingError(method, refusal)
  }
  return new ServerError(method, refusal)
}

/** The `TransportError` for a signal that has aborted. */
export function abortedError(method: string, signal: AbortSignal): TransportError {
  const { reason } = signal as { readonly reason: unknown }
  const detail = reason instanceof Error ? reason.message : String(reason)
  return new TransportError(method, 'aborted', detail, { cause: reason })
}
