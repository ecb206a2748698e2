import type { ClientMethodRow, ServerNotificationRow, ServerRequestRow, Stability } from '../methods/row.js'
import { serverNotifications } from '../methods/server-notifications.js'
import { clientNotifications, serverRequests } from '../methods/server-requests.js'
import { clientMethods } from '../methods.js'
import { type Definitions, type JsonSchema, reachableFrom } from './json-schema.js'

/** What a bundle holds. */
export interface BundleOptions {
  /** Also experimental methods and members. Default false. */
  readonly experimental?: boolean
}

/** The types of the messages that are served, and every type that they need. */
export interface Bundle {
  readonly definitions: Definitions
  /** The unions of all messages: `ClientRequest` and its like. */
  readonly unions: readonly string[]
  /** The types of params and results. */
  readonly payloads: readonly string[]
}

/** Puts the bundle together: what is served now, with or without what is experimental. */
export function bundleOf(all: Definitions, { experimental = false }: BundleOptions): Bundle {
  const isIn = (row: { readonly stability: Stability }) => experimental || row.stability === 'stable'
  const requests = Object.entries<ClientMethodRow>(clientMethods).filter(
    ([, row]) => row.result !== undefined && isIn(row),
  )
  const asked = Object.entries<ServerRequestRow>(serverRequests).filter(
    ([, row]) => row.result !== undefined && isIn(row),
  )
  const told = Object.entries<ServerNotificationRow>(serverNotifications).filter(([, row]) => row.params && isIn(row))
  const payloads = namesOf([...requests, ...asked, ...told])
  const types = experimental ? all : withoutExperimental(all)
  const reached = reachableFrom(payloads, types).map((name) => [name, types[name]!] as const)
  const unions: Record<string, JsonSchema> = {
    ClientNotification: unionOf(Object.keys(clientNotifications).map((method) => notification(method))),
    ClientRequest: unionOf(requests.map(([method, row]) => request(method, row))),
    ...(asked.length > 0 && { ServerRequest: unionOf(asked.map(([method, row]) => request(method, row))) }),
    ServerNotification: unionOf(told.map(([method, row]) => withTime(notification(method, row.params)))),
    RequestId: { description: 'A string, or an integer of 64 bits.', type: ['string', 'integer'] },
  }
  const definitions = Object.fromEntries([...reached, ...Object.entries(unions)].sort(byName))
  return { definitions, unions: Object.keys(unions), payloads }
}

type PayloadRow = Pick<ServerRequestRow, 'params' | 'result'>

function namesOf(rows: readonly (readonly [string, PayloadRow])[]): readonly string[] {
  const names = rows.flatMap(([, { params, result }]) => [params, result])
  return [...new Set(names.filter((name) => name !== undefined))].sort()
}

function request(method: string, { params }: PayloadRow): JsonSchema {
  return message(method, { id: { $ref: '#/definitions/RequestId' } }, params)
}

function notification(method: string, params?: string): JsonSchema {
  return message(method, {}, params)
}

/** The reference says when it sent a notification; a peer may leave that out. */
function withTime(schema: JsonSchema): JsonSchema {
  const emittedAtMs: JsonSchema = { description: 'Milliseconds since 1970.', type: 'integer', format: 'int64' }
  return { ...schema, properties: { ...schema.properties, emittedAtMs } }
}

function message(method: string, before: Readonly<Record<string, JsonSchema>>, params: string | undefined): JsonSchema {
  const properties = {
    ...before,
    method: { type: 'string', enum: [method] },
    ...(params !== undefined && { params: { $ref: `#/definitions/${params}` } }),
  }
  return { type: 'object', properties, required: Object.keys(properties) }
}

function unionOf(members: readonly JsonSchema[]): JsonSchema {
  return { oneOf: members }
}

function withoutExperimental(definitions: Definitions): Definitions {
  return Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, stableMembers(schema)]))
}

function stableMembers(schema: JsonSchema): JsonSchema {
  if (schema.properties === undefined) return schema
  const members = Object.entries(schema.properties).filter(([, member]) => !member.experimental)
  const names = new Set(members.map(([name]) => name))
  return {
    ...schema,
    properties: Object.fromEntries(members),
    ...(schema.required !== undefined && { required: schema.required.filter((name) => names.has(name)) }),
  }
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0
}
