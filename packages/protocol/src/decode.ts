import { describeValue } from './describe-value.js'
import { explain } from './explain.js'
import type { ClientMethodRow, ServerNotificationRow } from './methods/row.js'
import { serverNotifications } from './methods/server-notifications.js'
import { type ClientMethod, clientMethods } from './methods.js'
import { experimentalMembers } from './shapes.gen.js'
import type { ClientRequests } from './types.gen.js'
import { checks } from './validators.gen.js'

/** Params that are what their type says, or the refusal: the message of an error with code -32600. */
export type DecodedParams<M extends ClientMethod> =
  | { readonly ok: true; readonly params: ClientRequests[M]['params'] }
  | { readonly ok: false; readonly message: string }

/** How strictly params are looked at. */
export interface DecodeOptions {
  /** Whether the client has `experimentalApi`. Default true: nothing is refused for being experimental. */
  readonly experimental?: boolean
}

/**
 * The params of a request, checked; the same object, nothing is added, changed or taken away.
 *
 * Unknown members are let through. Params of methods that are not served are let through unseen.
 * Source: reference 0.169.0, for the order of the checks and the words of the refusals.
 */
export function decodeParams<M extends ClientMethod>(
  method: M,
  params: unknown,
  options: DecodeOptions = {},
): DecodedParams<M> {
  const message = faultOfParams(clientMethods[method], params)
  if (message !== undefined) return { ok: false, message: `Invalid request: ${message}` }
  if (options.experimental === false) {
    const refusal = experimentalRefusal(method, params)
    if (refusal !== undefined) return { ok: false, message: refusal }
  }
  return { ok: true, params: params as ClientRequests[M]['params'] }
}

/**
 * Why a client without `experimentalApi` may not make this request, as the message of an error with code -32600;
 * `undefined` when it may. Asked after the params were decoded. A member that is null or false counts as not there.
 */
export function experimentalRefusal(method: ClientMethod, params: unknown): string | undefined {
  if (clientMethods[method].stability === 'experimental') return `${method} requires experimentalApi capability`
  const members = experimentalMembers[method]
  if (members === undefined || typeof params !== 'object' || params === null) return undefined
  const used = members.find((name) => ((params as Readonly<Record<string, unknown>>)[name] ?? false) !== false)
  return used === undefined ? undefined : `${method}.${used} requires experimentalApi capability`
}

/** Why `result` is no answer to `method`; `undefined` when it is one, or when the method is not served here. */
export function faultOfResult(method: ClientMethod, result: unknown): string | undefined {
  const row: ClientMethodRow = clientMethods[method]
  return row.result === undefined ? undefined : faultOfType(row.result, result)
}

/** Why `params` are none of the server notification `method`; `undefined` when they are, or when it is unknown. */
export function faultOfNotification(method: string, params: unknown): string | undefined {
  const row = Object.hasOwn(serverNotifications, method)
    ? (serverNotifications as Readonly<Record<string, ServerNotificationRow>>)[method]
    : undefined
  return row?.params === undefined ? undefined : faultOfType(row.params, params)
}

/**
 * The message of the refusal, with code -32600, of a method that is in no table.
 *
 * It names the methods that are served. The reference names every method it knows, tens of kilobytes.
 */
export function unknownMethodMessage(method: string): string {
  const served = Object.entries<ClientMethodRow>(clientMethods).filter(([, row]) => row.state === 'served')
  const names = served.map(([name]) => `\`${name}\``).join(', ')
  return `Invalid request: unknown variant \`${method}\`, expected one of ${names}`
}

function faultOfParams(row: ClientMethodRow, params: unknown): string | undefined {
  if (row.params !== undefined) {
    if (params !== undefined && params !== null) return faultOfType(row.params, params)
    return row.paramsOptional ? undefined : 'missing field `params`'
  }
  return row.paramsOptional && !isNothing(params) ? `invalid type: ${describeValue(params)}, expected unit` : undefined
}

function faultOfType(typeName: string, value: unknown): string | undefined {
  const check = checks[typeName as keyof typeof checks]
  return check(value) ? undefined : (explain(typeName, value) ?? `data is no ${typeName}`)
}

/** No params, however they are spelt. */
function isNothing(params: unknown): boolean {
  if (params === undefined || params === null) return true
  return typeof params === 'object' && !Array.isArray(params) && Object.keys(params).length === 0
}
