import { describe, expect, it } from 'vitest'
import {
  decodeParams,
  experimentalRefusal,
  faultOfNotification,
  faultOfResult,
  unknownMethodMessage,
} from '../src/decode.js'
import type { ClientMethod } from '../src/methods.js'

function refusal(method: ClientMethod, params?: unknown): string | undefined {
  const decoded = decodeParams(method, params)
  return decoded.ok ? undefined : decoded.message
}

const item = { itemType: 'CONFIG', description: 'd' }
const TYPES =
  '`AGENTS_MD`, `CONFIG`, `SKILLS`, `PLUGINS`, `MCP_SERVER_CONFIG`, `SUBAGENTS`, `HOOKS`, `COMMANDS`, `MEMORY`, `SESSIONS`'

describe('decodeParams', () => {
  // Each message was read off the reference 0.169.0.
  it.each<[ClientMethod, unknown, string]>([
    ['initialize', undefined, 'missing field `params`'],
    ['initialize', null, 'missing field `params`'],
    ['initialize', {}, 'missing field `clientInfo`'],
    ['initialize', { clientInfo: null }, 'invalid type: null, expected struct ClientInfo'],
    ['initialize', { clientInfo: 'x' }, 'invalid type: string "x", expected struct ClientInfo'],
    ['initialize', { clientInfo: {} }, 'missing field `name`'],
    ['initialize', { clientInfo: { name: 'a' } }, 'missing field `version`'],
    ['initialize', { clientInfo: { name: 1, version: '1' } }, 'invalid type: integer `1`, expected a string'],
    [
      'initialize',
      { clientInfo: { name: 'a', version: '1' }, capabilities: { optOutNotificationMethods: 'x' } },
      'invalid type: string "x", expected a sequence',
    ],
    [
      'initialize',
      { clientInfo: { name: 'a', version: '1' }, capabilities: { extensions: [1] } },
      'invalid type: sequence, expected a map',
    ],
    [
      'initialize',
      { clientInfo: { name: 'a', version: '1' }, capabilities: { experimentalApi: null } },
      'invalid type: null, expected a boolean',
    ],
    [
      'initialize',
      { clientInfo: { name: 'a', version: '1' }, capabilities: 5 },
      'invalid type: integer `5`, expected struct InitializeCapabilities',
    ],
    ['externalAgentConfig/detect', 5, 'invalid type: integer `5`, expected struct ExternalAgentConfigDetectParams'],
    ['externalAgentConfig/detect', { cwds: [1] }, 'invalid type: integer `1`, expected path string'],
    ['externalAgentConfig/detect', { cwds: { a: 1 } }, 'invalid type: map, expected a sequence'],
    ['externalAgentConfig/detect', { maxSessions: -1 }, 'invalid value: integer `-1`, expected u32'],
    ['externalAgentConfig/detect', { maxSessions: 1.5 }, 'invalid type: floating point `1.5`, expected u32'],
    ['externalAgentConfig/detect', { maxSessions: 4294967296 }, 'invalid value: integer `4294967296`, expected u32'],
    ['externalAgentConfig/detect', { maxSessions: 'x', cwds: 1 }, 'invalid type: string "x", expected u32'],
    ['externalAgentConfig/detect', { cwds: 1, maxSessions: 'x' }, 'invalid type: integer `1`, expected a sequence'],
    ['externalAgentConfig/detect', { migrationSource: true }, 'invalid type: boolean `true`, expected a string'],
    ['externalAgentConfig/import', {}, 'missing field `migrationItems`'],
    [
      'externalAgentConfig/import',
      { migrationItems: [null] },
      'invalid type: null, expected struct ExternalAgentConfigMigrationItem',
    ],
    ['externalAgentConfig/import', { migrationItems: [{}] }, 'missing field `itemType`'],
    ['externalAgentConfig/import', { migrationItems: [{ itemType: 'CONFIG' }] }, 'missing field `description`'],
    [
      'externalAgentConfig/import',
      { migrationItems: [{ ...item, itemType: 'X' }] },
      `unknown variant \`X\`, expected one of ${TYPES}`,
    ],
    [
      'externalAgentConfig/import',
      { migrationItems: [{ ...item, itemType: 1 }] },
      'invalid type: integer `1`, expected string or map',
    ],
    [
      'externalAgentConfig/import',
      { migrationItems: [{ ...item, details: { skills: null } }] },
      'invalid type: null, expected a sequence',
    ],
    [
      'externalAgentConfig/import',
      { migrationItems: [{ ...item, details: { plugins: [{}] } }] },
      'missing field `marketplaceName`',
    ],
    ['externalAgentConfig/import/recordHistory', {}, 'missing field `providerId`'],
    [
      'externalAgentConfig/import/recordHistory',
      { providerId: 'a', itemTypeResults: [{ itemType: 'CONFIG', successes: [], failures: [{ itemType: 'CONFIG' }] }] },
      'missing field `failureStage`',
    ],
    ['externalAgentConfig/import/readHistories', { x: 1 }, 'invalid type: map, expected unit'],
    ['configRequirements/read', 'x', 'invalid type: string "x", expected unit'],
    ['config/read', null, 'missing field `params`'],
    [
      'config/read',
      { includeLayers: 'a"b\n\u0001é\u2028' },
      'invalid type: string "a\\"b\\n\\u{1}é\\u{2028}", expected a boolean',
    ],
    ['config/value/write', { keyPath: 'a', mergeStrategy: 'replace' }, 'missing field `value`'],
    [
      'config/value/write',
      { value: null, mergeStrategy: 'x', keyPath: 7 },
      'unknown variant `x`, expected `replace` or `upsert`',
    ],
    ['config/batchWrite', { edits: {} }, 'invalid type: map, expected a sequence'],
  ])('refuses %s with %j as the reference does', (method, params, message) => {
    expect(refusal(method, params)).toBe(`Invalid request: ${message}`)
  })

  it.each<[ClientMethod, unknown]>([
    ['initialize', { clientInfo: { name: '', version: '' }, capabilities: null }],
    ['initialize', { clientInfo: { name: 'a', version: '1', more: 1 }, capabilities: { unheardOf: [] }, rest: 0 }],
    ['externalAgentConfig/detect', {}],
    ['externalAgentConfig/detect', { cwds: null, maxSessions: 4294967295, source: 'claude' }],
    ['externalAgentConfig/import', { migrationItems: [] }],
    ['externalAgentConfig/import', { migrationItems: [{ ...item, cwd: '', details: {} }] }],
    ['externalAgentConfig/import/readHistories', undefined],
    ['externalAgentConfig/import/readHistories', null],
    ['configRequirements/read', {}],
    ['config/value/write', { keyPath: 'a', value: null, mergeStrategy: 'upsert' }],
  ])('takes %s with %j, and hands over the same object', (method, params) => {
    const decoded = decodeParams(method, params)

    expect(decoded).toEqual({ ok: true, params })
    expect(decoded.ok && decoded.params === params).toBe(true)
  })

  it('lets params of methods that are not served through unseen', () => {
    expect(decodeParams('project/list', 7)).toEqual({ ok: true, params: 7 })
  })

  it('refuses an experimental member without the capability, and a wrong type before that', () => {
    const without = { experimental: false }

    expect(decodeParams('externalAgentConfig/import', { migrationItems: [], failureMode: 'item' }, without)).toEqual({
      ok: false,
      message: 'externalAgentConfig/import.failureMode requires experimentalApi capability',
    })
    expect(decodeParams('externalAgentConfig/import', { migrationItems: [], failureMode: 'none' }, without)).toEqual({
      ok: false,
      message: 'Invalid request: unknown variant `none`, expected `request` or `item`',
    })
  })

  it('refuses an experimental method without the capability', () => {
    expect(decodeParams('externalAgentConfig/import/preview', { migrationItems: [] }, { experimental: false })).toEqual(
      {
        ok: false,
        message: 'externalAgentConfig/import/preview requires experimentalApi capability',
      },
    )
  })
})

describe('experimentalRefusal', () => {
  it.each(['failureMode', 'planDigest', 'onConflict', 'copySecrets'])('names the member %s of an import', (name) => {
    expect(experimentalRefusal('externalAgentConfig/import', { migrationItems: [], [name]: 'x' })).toBe(
      `externalAgentConfig/import.${name} requires experimentalApi capability`,
    )
  })

  it('counts a member that is null, undefined or false as not there', () => {
    const params = { migrationItems: [], planDigest: null, onConflict: undefined, copySecrets: false }

    expect(experimentalRefusal('externalAgentConfig/import', params)).toBeUndefined()
  })
})

describe('answers and notifications', () => {
  it('tell what is wrong with an answer', () => {
    expect(faultOfResult('externalAgentConfig/import', {})).toBe('missing field `importId`')
    expect(faultOfResult('externalAgentConfig/import', { importId: 'x' })).toBeUndefined()
    expect(faultOfResult('project/list', 'anything')).toBeUndefined()
  })

  it('take the answers of servers that are older than our own members', () => {
    expect(faultOfResult('externalAgentConfig/detect', { items: [] })).toBeUndefined()
    expect(
      faultOfNotification('externalAgentConfig/import/completed', {
        importId: 'x',
        itemTypeResults: [{ itemType: 'CONFIG', successes: [{ itemType: 'CONFIG' }], failures: [] }],
      }),
    ).toBeUndefined()
  })

  it('tell what is wrong with a notification, and let unknown ones pass', () => {
    expect(faultOfNotification('configWarning', {})).toBe('missing field `summary`')
    expect(faultOfNotification('constructor', {})).toBeUndefined()
  })

  it('tell which tag a layer may have', () => {
    const answer = { config: {}, origins: { a: { version: '1', name: { type: 'x' } } } }

    expect(faultOfResult('config/read', answer)).toContain(
      'unknown variant `x`, expected one of `packagedDefaults`, `mdm`',
    )
  })
})

describe('unknownMethodMessage', () => {
  it('names the method and stays short', () => {
    const message = unknownMethodMessage('bogus/x')

    expect(message.startsWith('Invalid request: unknown variant `bogus/x`, expected one of `initialize`, ')).toBe(true)
    expect(message.length).toBeLessThan(4_000)
  })
})
