import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientMethods, serverNotifications, serverRequests } from '../../packages/protocol/dist/index.js'
import { jsonSchemaBundle } from '../../packages/protocol/dist/schema/index.js'
import type { Json } from '../support/peer.js'
import { plainSchema } from '../support/plain-schema.js'
import { reference } from '../support/programs.js'

const COMBINED = 'codex_app_server_protocol.v2.schemas.json'
let folder: string
let stable: Methods
let all: Methods

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'gangway-schema-'))
  stable = methodsOf(generate('stable', []))
  all = methodsOf(generate('all', ['--experimental']))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the table of methods', () => {
  it('has a row for every client method, notification and server request of the reference', () => {
    expect(all.requests.filter((name) => !(name in clientMethods))).toEqual([])
    expect(all.notifications.filter((name) => !(name in serverNotifications))).toEqual([])
    expect(all.serverRequests.filter((name) => !(name in serverRequests))).toEqual([])
  })

  it('has no row of its own but those it calls ours, and those that only the TypeScript of the reference has', () => {
    const legacy = [
      'getAuthStatus',
      'getConversationSummary',
      'gitDiffToRemote',
      'rawResponse/completed',
      'rawResponseItem/completed',
    ]
    const own = Object.entries(clientMethods)
      .filter(([, row]) => row.ours)
      .map(([name]) => name)
    const known = new Set([...all.requests, ...all.notifications, ...all.serverRequests, ...legacy, ...own])

    expect(
      [...Object.keys(clientMethods), ...Object.keys(serverNotifications), ...Object.keys(serverRequests)].filter(
        (name) => !known.has(name),
      ),
    ).toEqual([])
  })

  it('calls stable what the reference generates without --experimental', () => {
    const ours = Object.entries(clientMethods).filter(
      ([name, row]) => row.stability === 'stable' && all.requests.includes(name),
    )

    expect(ours.map(([name]) => name).sort()).toEqual([...stable.requests].sort())
  })
})

describe('the types of what is served', () => {
  /** Members that we add, by type. Everything else must be the reference's, member by member. */
  const added: Readonly<Record<string, readonly string[]>> = {
    ExternalAgentConfigDetectParams: ['cursor', 'limit', 'sessionMarks'],
    ExternalAgentConfigDetectResponse: ['warnings', 'nextCursor'],
    SessionMigration: ['state', 'threadId', 'sizeBytes', 'endedAtMs'],
    ExternalAgentConfigImportParams: ['failureMode', 'planDigest', 'onConflict', 'copySecrets'],
    ExternalAgentConfigImportItemTypeSuccess: ['sourcePath', 'targetPath'],
    ExternalAgentConfigImportHistoryRecordSuccessParams: ['sourcePath', 'targetPath'],
    ExternalAgentConfigImportProgressNotification: ['itemResults', 'sessions'],
    ExternalAgentConfigImportCompletedNotification: ['itemResults'],
    ExternalAgentConfigImportHistoriesReadResponse: ['journals'],
  }

  it('are member by member those of the reference, but for what we add', () => {
    const theirs = combined(readFileSync(path.join(folder, 'all', COMBINED), 'utf8'))
    const ours = combined(jsonSchemaBundle({ experimental: true })[COMBINED]!)
    /** Unions of messages hold only what is served; a request id is the same union in another spelling. */
    const unions = ['ClientRequest', 'ServerNotification', 'ServerRequest', 'ClientNotification', 'RequestId']
    const shared = Object.keys(ours).filter((name) => name in theirs && !unions.includes(name))

    expect(shared.length).toBeGreaterThan(80)
    for (const name of shared)
      expect
        .soft(without(plainSchema(ours[name]), added[name] ?? []), name)
        .toEqual(plainSchema(inlined(theirs[name], theirs, ours)))
  })
})

interface Methods {
  readonly requests: readonly string[]
  readonly notifications: readonly string[]
  readonly serverRequests: readonly string[]
}

function generate(name: string, flags: readonly string[]): string {
  const out = path.join(folder, name)
  const [command = '', ...words] = reference().command
  execFileSync(command, [...words, 'app-server', 'generate-json-schema', '--out', out, ...flags], {
    env: { PATH: process.env.PATH, HOME: folder, CODEX_HOME: folder },
  })
  return out
}

function methodsOf(out: string): Methods {
  const names = (file: string) => {
    const union = JSON.parse(readFileSync(path.join(out, file), 'utf8')) as {
      oneOf: { properties: { method: { enum: string[] } } }[]
    }
    return union.oneOf.map((one) => one.properties.method.enum[0]!)
  }
  return {
    requests: names('ClientRequest.json'),
    notifications: names('ServerNotification.json'),
    serverRequests: names('ServerRequest.json'),
  }
}

function combined(text: string): Readonly<Record<string, Json>> {
  return (JSON.parse(text) as { definitions: Record<string, Json> }).definitions
}

function without(schema: unknown, names: readonly string[]): unknown {
  const table = schema as { properties?: Record<string, unknown>; required?: string[] }
  if (names.length === 0 || table.properties === undefined) return schema
  const properties = Object.fromEntries(Object.entries(table.properties).filter(([key]) => !names.includes(key)))
  const required = table.required?.filter((key) => !names.includes(key))
  return { ...table, properties, ...(required === undefined ? {} : { required }) }
}

/** A schema with every reference to a definition that ours does not name put in its place: aliases of plain strings and the like. */
function inlined(
  schema: unknown,
  theirs: Readonly<Record<string, Json>>,
  ours: Readonly<Record<string, Json>>,
): unknown {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const name = /^#\/definitions\/(.+)$/.exec(String((value as Json | null)?.['$ref']))?.[1]
    return name === undefined || (name in ours && name !== 'RequestId') ? value : inlined(theirs[name], theirs, ours)
  })
}
