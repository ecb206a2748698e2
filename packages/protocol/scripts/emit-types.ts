import type { Definitions } from '../src/bundle/json-schema.js'
import { declarationOf } from '../src/bundle/type-text.js'
import type { ClientMethodRow, ServerNotificationRow, ServerRequestRow } from '../src/methods/row.js'
import { serverNotifications } from '../src/methods/server-notifications.js'
import { clientNotifications, serverRequests } from '../src/methods/server-requests.js'
import { clientMethods } from '../src/methods.js'

/** The text of `types.gen.ts`: every named type, and the maps from method to types. */
export function emitTypes(definitions: Definitions, banner: string): string {
  const types = Object.entries(definitions).map(([name, schema]) => declarationOf(name, schema))
  return [banner, ...types, ...maps()].join('\n')
}

function maps(): readonly string[] {
  return [
    mapText(
      'ClientRequests',
      'Params and result of every method a client may call; `unknown` where the method is not served yet.',
      Object.entries<ClientMethodRow>(clientMethods).map(([method, row]) => [method, requestText(row)]),
    ),
    mapText(
      'ServerNotifications',
      'Params of every notification of the server; `unknown` where we do not send it yet.',
      Object.entries<ServerNotificationRow>(serverNotifications).map(([method, row]) => [
        method,
        row.params ?? 'unknown',
      ]),
    ),
    mapText(
      'ServerRequests',
      'Params and result of every request the server makes of a client; `unknown` where we do not make it yet.',
      Object.entries<ServerRequestRow>(serverRequests).map(([method, row]) => [method, requestText(row)]),
    ),
    mapText(
      'ClientNotifications',
      'Params of every notification of a client.',
      Object.keys(clientNotifications).map((method) => [method, 'undefined']),
    ),
  ]
}

function requestText(row: ClientMethodRow | ServerRequestRow): string {
  const isBare = 'paramsOptional' in row && row.params === undefined
  const params = isBare ? 'Readonly<Record<string, never>> | null | undefined' : (row.params ?? 'unknown')
  return `{ readonly params: ${params}; readonly result: ${row.result ?? 'unknown'} }`
}

function mapText(name: string, description: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([method, type]) => `  readonly '${method}': ${type}\n`)
  return `/** ${description} */\nexport interface ${name} {\n${lines.join('')}}\n`
}
