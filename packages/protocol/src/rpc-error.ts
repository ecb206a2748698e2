/** The error object of an answer, as it stands on the wire. */
export interface RpcErrorBody {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

/** The error codes that peers of this protocol act on. Source: reference 0.169.0. */
export const rpcCodes = {
  /** Malformed or unknown requests, wrong state, missing capability. The protocol's "no such method" too. */
  invalidRequest: -32600,
  /** How a client answers a server request that it does not know. */
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  /** A bounded queue had no room; the same request may be sent again later. */
  overloaded: -32001,
  /** A server request that an in-process client does not support. */
  unsupported: -32000,
} as const

/** A refusal with a number, as one side of the connection answers the other. */
export class RpcError extends Error {
  override readonly name = 'RpcError'

  /** @param data anything JSON can hold; left off the wire when `undefined` */
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** The error that `body` describes. */
  static fromWire(body: RpcErrorBody): RpcError {
    return new RpcError(body.code, body.message, body.data)
  }

  /** A new plain object, without stack and cause. */
  toWire(): RpcErrorBody {
    const { code, message, data } = this
    return data === undefined ? { code, message } : { code, message, data }
  }
}
