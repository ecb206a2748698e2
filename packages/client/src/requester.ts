import type { ClientRequests, RpcErrorBody } from '@gangway/protocol'
import type { CallOptions } from './pending-calls.js'

/** The name of a method that a client may call. */
export type RequestMethod = keyof ClientRequests

/** What follows the method's name in a call: params, which may be missing where the method allows it, and options. */
export type RequestArguments<M extends RequestMethod> = undefined extends ClientRequests[M]['params']
  ? [params?: ClientRequests[M]['params'], options?: CallOptions]
  : [params: ClientRequests[M]['params'], options?: CallOptions]

/** An answer as it came: a result or a refusal. */
export type RawAnswer<R = unknown> =
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly error: RpcErrorBody }

/** Someone who can make requests, and nothing else. Dead after the client's end. */
export interface RequestHandle {
  /**
   * Makes a request and gives its result.
   *
   * @throws TransportError no answer came
   * @throws ServerError the server refused
   * @throws DecodeError another process answered with something else than the method's result
   */
  request<M extends RequestMethod>(method: M, ...rest: RequestArguments<M>): Promise<ClientRequests[M]['result']>
  /** As `request`, of any method, with a refusal as a value and the result as it came. @throws TransportError */
  requestRaw<M extends RequestMethod>(
    method: M,
    ...rest: RequestArguments<M>
  ): Promise<RawAnswer<ClientRequests[M]['result']>>
  requestRaw(method: string, params?: unknown, options?: CallOptions): Promise<RawAnswer>
}
