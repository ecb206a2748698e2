import { readMessageHead } from './message-head.js'
import type { RequestId } from './request-id.js'
import type { RpcErrorBody } from './rpc-error.js'

/** A call that wants an answer. */
export interface RequestMessage {
  readonly type: 'request'
  readonly id: RequestId
  readonly method: string
  readonly params?: unknown
  /** W3C trace context of the caller. */
  readonly trace?: unknown
}

/** A call that gets no answer. */
export interface NotificationMessage {
  readonly type: 'notification'
  readonly method: string
  readonly params?: unknown
  /** When the server made it, in milliseconds since 1970. Servers may leave it out. */
  readonly emittedAtMs?: number
}

/** The answer to a request that went well. */
export interface ResponseMessage {
  readonly type: 'response'
  readonly id: RequestId
  readonly result: unknown
}

/** The answer to a request that was refused. */
export interface ErrorMessage {
  readonly type: 'error'
  readonly id: RequestId
  readonly error: RpcErrorBody
}

/** One message of the protocol. `type` is ours: on the wire the members alone tell which it is. */
export type Message = RequestMessage | NotificationMessage | ResponseMessage | ErrorMessage

/**
 * The message in one line or frame of JSON, or `undefined` when it is none.
 *
 * Integer ids beyond 2^53 come back as exact bigints. Never throws.
 */
export function decodeMessage(text: string): Message | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return classifyMessage(value, text)
}

/**
 * Tells by its members what a parsed `value` is, or `undefined` when it is no message.
 *
 * The first fit of request, notification, response, error. A method with an id that is neither a string nor a
 * 64-bit integer (null, a fraction) is a notification. A `jsonrpc` member and unknown members are ignored.
 *
 * @param text where `value` was parsed from; without it an id beyond 2^53 does not count as an integer
 *
 * Source: reference 0.169.0, its behaviour on standard input.
 */
export function classifyMessage(value: unknown, text?: string): Message | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const members = value as Readonly<Record<string, unknown>>
  const id = requestIdOf(members.id, text)
  const { method } = members
  if (typeof method === 'string') {
    return id === undefined ? notification(method, members) : request(id, method, members)
  }
  if (id === undefined) return undefined
  if (members.result !== undefined) return { type: 'response', id, result: members.result }
  if (isErrorBody(members.error)) return { type: 'error', id, error: members.error }
  return undefined
}

/** One line of JSON for `message`, without the line end. Ids are written exactly. Throws what `JSON.stringify` throws. */
export function encodeMessage(message: Message): string {
  switch (message.type) {
    case 'request':
      return `{"id":${encodeId(message.id)},"method":${JSON.stringify(message.method)}${member('params', message.params)}${member('trace', message.trace)}}`
    case 'notification':
      return `{"method":${JSON.stringify(message.method)}${member('params', message.params)}${member('emittedAtMs', message.emittedAtMs)}}`
    case 'response':
      return `{"id":${encodeId(message.id)},"result":${JSON.stringify(message.result) ?? 'null'}}`
    case 'error':
      return `{"error":${JSON.stringify(message.error)},"id":${encodeId(message.id)}}`
    default:
      throw new TypeError(`no such message type: ${String((message satisfies never as Message).type)}`)
  }
}

function encodeId(id: RequestId): string {
  return typeof id === 'string' ? JSON.stringify(id) : String(id)
}

function member(name: string, value: unknown): string {
  const text = value === undefined ? undefined : JSON.stringify(value)
  return text === undefined ? '' : `,"${name}":${text}`
}

function requestIdOf(id: unknown, text: string | undefined): RequestId | undefined {
  if (typeof id === 'string') return id
  if (typeof id !== 'number' || !Number.isInteger(id)) return undefined
  if (Number.isSafeInteger(id)) return id
  return text === undefined ? undefined : readMessageHead(text).id
}

function request(id: RequestId, method: string, members: Readonly<Record<string, unknown>>): RequestMessage {
  const { params, trace } = members
  if (trace === undefined) return { type: 'request', id, method, params }
  return { type: 'request', id, method, params, trace }
}

function notification(method: string, members: Readonly<Record<string, unknown>>): NotificationMessage {
  const { params, emittedAtMs } = members
  if (typeof emittedAtMs !== 'number') return { type: 'notification', method, params }
  return { type: 'notification', method, params, emittedAtMs }
}

function isErrorBody(error: unknown): error is RpcErrorBody {
  if (typeof error !== 'object' || error === null) return false
  const { code, message } = error as { code?: unknown; message?: unknown }
  return Number.isInteger(code) && typeof message === 'string'
}
