import {
  type ClientMethod,
  type ClientMethodRow,
  clientMethods,
  decodeParams,
  experimentalRefusal,
  isClientMethod,
  type RpcError,
  unknownMethodMessage,
} from '@gangway/protocol'
import type { AnswerThen, Handlers, MaybePromise, RequestContext } from './handler.js'
import { draining, invalidRequest, notSupportedYet, refused } from './refusals.js'

/** Whether params came as bytes, or from the same process, typed and trusted. */
export type ParamsOrigin = 'bytes' | 'process'

type AnyHandler = (params: unknown, context: RequestContext) => MaybePromise<unknown | AnswerThen<unknown>>

/**
 * What begins, or adds to, a conversation's work. A server that drains refuses it, and serves the rest.
 *
 * Source: reference 0.169.0, what it refuses after SIGTERM.
 */
const beginsWork: ReadonlySet<ClientMethod> = new Set([
  'thread/start',
  'thread/resume',
  'thread/fork',
  'thread/compact/start',
  'thread/shellCommand',
  'thread/queue/start',
  'turn/start',
  'turn/steer',
  'review/start',
])

/** From method to handler: one map, made once. Knows the rules that hold for every method. */
export class Router {
  readonly #handlers = new Map<string, AnyHandler>()
  #isDraining = false

  /** @throws Error when two families serve one method, or what is served is not what the table of methods says */
  constructor(families: readonly Handlers[]) {
    for (const family of families) {
      for (const [method, handler] of Object.entries(family)) {
        if (this.#handlers.has(method)) throw new Error(`two handlers for ${method}`)
        this.#handlers.set(method, handler as AnyHandler)
      }
    }
    for (const [method, { state }] of Object.entries(clientMethods)) {
      if ((state === 'served') !== this.#handlers.has(method))
        throw new Error(`${method} is ${state} in the table only`)
    }
  }

  /** From now on refuses the methods that begin long work. */
  drain(): void {
    this.#isDraining = true
  }

  /**
   * Runs `method`, or refuses it by throwing or rejecting.
   *
   * Checks in the reference's order: is there such a method, are its params right, has the client introduced itself,
   * may it use this, may it begin
   * now, do we serve it. Params from this process are trusted, save those of `initialize`.
   */
  dispatch(
    method: string,
    params: unknown,
    origin: ParamsOrigin,
    context: RequestContext,
  ): MaybePromise<unknown | AnswerThen<unknown>> {
    if (!isClientMethod(method)) throw invalidRequest(unknownMethodMessage(method))
    const { client } = context
    if (origin === 'bytes' || method === 'initialize') refuseMisshapen(method, params)
    if (client === undefined && method !== 'initialize') throw invalidRequest('Not initialized')
    if (client?.experimentalApi === false) refuseExperimental(method, params)
    if (this.#isDraining && beginsWork.has(method)) throw draining()
    const handler = this.#handlers.get(method)
    if (handler === undefined) throw notServed(method)
    return handler(params, context)
  }
}

function refuseMisshapen(method: ClientMethod, params: unknown): void {
  const decoded = decodeParams(method, params)
  if (!decoded.ok) throw invalidRequest(decoded.message)
}

function refuseExperimental(method: ClientMethod, params: unknown): void {
  const refusal = experimentalRefusal(method, params)
  if (refusal !== undefined) throw invalidRequest(refusal)
}

function notServed(method: ClientMethod): RpcError {
  const row: ClientMethodRow = clientMethods[method]
  return row.state === 'refused' ? refused(method, row.reason) : notSupportedYet(method)
}
