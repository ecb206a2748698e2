import { createHash, createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { WebSocketAuth } from '../src/app-server.js'
import { type WebSocketAuthFlags, webSocketAuthOf } from '../src/transports/websocket/auth-flags.js'
import { testHome } from './support/homes.js'
import { serveWebSocket } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

const TOKEN = 'my-secret-token'
const SECRET = '0123456789abcdef0123456789abcdef'
const NOW = Math.floor(Date.now() / 1000)

async function outcome(address: string, authorization?: string): Promise<string> {
  try {
    const client = await WebSocketClient.connect(address, authorization === undefined ? {} : { authorization })
    await client.leave()
    return 'open'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function jwt(claims: object, { key = SECRET, alg = 'HS256', hash = 'sha256' } = {}): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${part({ alg, typ: 'JWT' })}.${part(claims)}`
  return `${head}.${createHmac(hash, key).update(head).digest('base64url')}`
}

describe('a capability token', () => {
  it.each([
    ['no header', undefined, '401 missing websocket bearer token'],
    ['another token', 'Bearer x', '401 invalid websocket bearer token'],
    ['the beginning of the token', 'Bearer my-secret', '401 invalid websocket bearer token'],
    ['the token', `Bearer ${TOKEN}`, 'open'],
    ['a scheme in small letters', `bearer ${TOKEN}`, 'open'],
    ['spaces around the token', `Bearer   ${TOKEN} `, 'open'],
    ['another scheme', `Basic ${TOKEN}`, '401 invalid authorization header'],
    ['a scheme alone', 'Bearer ', '401 invalid authorization header'],
  ])('answers %s', async (_what, header, expected) => {
    using home = testHome()
    const file = join(home.root, 'token')
    writeFileSync(file, `  ${TOKEN} \n`)
    await using server = await serveWebSocket(home, { place: { auth: { mode: 'capability-token', token: { file } } } })

    expect(await outcome(server.address, header)).toBe(expected)
  })

  it('may be known by its digest only, and is not looked for in the address', async () => {
    using home = testHome()
    const sha256 = createHash('sha256').update(TOKEN).digest('hex').toUpperCase()
    const auth: WebSocketAuth = { mode: 'capability-token', token: { sha256 } }
    await using server = await serveWebSocket(home, { place: { auth } })

    expect(await outcome(server.address, `Bearer ${TOKEN}`)).toBe('open')
    expect(await outcome(`${server.address}/?token=${TOKEN}`)).toBe('401 missing websocket bearer token')
  })

  it('is not asked of health checks', async () => {
    using home = testHome()
    const auth: WebSocketAuth = { mode: 'capability-token', token: { sha256: '0'.repeat(64) } }
    await using server = await serveWebSocket(home, { place: { auth } })

    for (const path of ['readyz', 'healthz']) {
      expect((await fetch(`${server.address.replace('ws:', 'http:')}/${path}`)).status).toBe(200)
    }
  })
})

describe('a signed token', () => {
  const claims = { exp: NOW + 60, iss: 'iss1', aud: 'aud1' }

  it.each([
    ['all claims as they should be', jwt(claims), 'open'],
    ['several audiences, ours among them', jwt({ ...claims, aud: ['x', 'aud1'] }), 'open'],
    ['no end', jwt({ ...claims, exp: undefined }), '401 invalid websocket jwt'],
    ['an end that is no time', jwt({ ...claims, exp: 'soon' }), '401 invalid websocket jwt'],
    ['an end 10 s ago', jwt({ ...claims, exp: NOW - 10 }), 'open'],
    ['an end 40 s ago', jwt({ ...claims, exp: NOW - 40 }), '401 expired websocket jwt'],
    ['a beginning in 20 s', jwt({ ...claims, nbf: NOW + 20 }), 'open'],
    ['a beginning in 60 s', jwt({ ...claims, nbf: NOW + 60, exp: NOW + 160 }), '401 websocket jwt is not valid yet'],
    ['another issuer', jwt({ ...claims, iss: 'q' }), '401 websocket jwt issuer mismatch'],
    ['another audience', jwt({ ...claims, aud: 'q' }), '401 websocket jwt audience mismatch'],
    ['another key', jwt(claims, { key: 'x' }), '401 invalid websocket jwt'],
    ['another algorithm', jwt(claims, { alg: 'HS512', hash: 'sha512' }), '401 invalid websocket jwt'],
    ['no signature', `${jwt(claims, { alg: 'none' }).split('.', 2).join('.')}.`, '401 invalid websocket jwt'],
    ['no form', 'abc', '401 invalid websocket jwt'],
  ])('with %s is answered so', async (_what, token, expected) => {
    using home = testHome()
    const file = join(home.root, 'secret')
    writeFileSync(file, `${SECRET}\n`)
    const auth: WebSocketAuth = { mode: 'signed-bearer-token', secret: { file }, issuer: 'iss1', audience: 'aud1' }
    await using server = await serveWebSocket(home, { place: { auth } })

    expect(await outcome(server.address, `Bearer ${token}`)).toBe(expected)
  })

  it('is held to the clock as closely as told', async () => {
    using home = testHome()
    const secret = { bytes: new TextEncoder().encode(SECRET) }
    const auth: WebSocketAuth = { mode: 'signed-bearer-token', secret, maxClockSkewSeconds: 0 }
    await using server = await serveWebSocket(home, { place: { auth } })

    expect(await outcome(server.address, `Bearer ${jwt({ exp: NOW - 5 })}`)).toBe('401 expired websocket jwt')
    expect(await outcome(server.address, `Bearer ${jwt({ exp: NOW + 60 })}`)).toBe('open')
  })
})

describe('a listener that is to be started', () => {
  const refused = async (place: object) => {
    using home = testHome()
    const server = await serveWebSocket(home, { place })
    await server[Symbol.asyncDispose]()
  }

  it.each(['0.0.0.0', '::', '192.0.2.1'])('is refused at %s without a check of who comes', async (host) => {
    const name = host === '::' ? '[::]:0' : `${host}:0`
    await expect(refused({ host })).rejects.toThrow(
      `refusing to start non-loopback websocket listener ${name} without auth; configure \`--ws-auth capability-token\` or \`--ws-auth signed-bearer-token\``,
    )
  })

  it('starts at 0.0.0.0 with one', async () => {
    await expect(
      refused({ host: '0.0.0.0', auth: { mode: 'capability-token', token: { sha256: '0'.repeat(64) } } }),
    ).resolves.toBeUndefined()
  })

  it('names a secret that it cannot use', async () => {
    using home = testHome()
    const [missing, empty, short] = ['missing', 'empty', 'short'].map((name) => join(home.root, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(empty, '\n')
    writeFileSync(short, 'short')
    const token = (file: string) => refused({ auth: { mode: 'capability-token', token: { file } } })

    await expect(token(missing)).rejects.toThrow(`failed to read websocket auth secret ${missing}: `)
    await expect(token(empty)).rejects.toThrow(`websocket auth secret ${empty} must not be empty`)
    await expect(refused({ auth: { mode: 'signed-bearer-token', secret: { file: short } } })).rejects.toThrow(
      `signed websocket bearer secret ${short} must be at least 32 bytes`,
    )
  })
})

describe('the options that say who may connect', () => {
  const token = '`--ws-token-file` or `--ws-token-sha256` is required when `--ws-auth capability-token` is set'
  const signed =
    '`--ws-shared-secret-file`, `--ws-issuer`, `--ws-audience`, and `--ws-max-clock-skew-seconds` require `--ws-auth signed-bearer-token`'

  it.each<readonly [string, WebSocketAuthFlags, string]>([
    ['a mode and no token', { mode: 'capability-token' }, token],
    [
      'two tokens',
      { mode: 'capability-token', tokenFile: 'a', tokenSha256: 'b' },
      '`--ws-token-file` and `--ws-token-sha256` are mutually exclusive',
    ],
    [
      'a digest that is none',
      { mode: 'capability-token', tokenSha256: 'zz' },
      '--ws-token-sha256 must be a 64-character hex SHA-256 digest',
    ],
    ['an issuer with a capability token', { mode: 'capability-token', tokenFile: 'a', issuer: 'x' }, signed],
    [
      'a token and no mode',
      { tokenFile: 'a' },
      'websocket auth flags require `--ws-auth capability-token` or `--ws-auth signed-bearer-token`',
    ],
    [
      'a signed token and no secret',
      { mode: 'signed-bearer-token' },
      '`--ws-shared-secret-file` is required when `--ws-auth signed-bearer-token` is set',
    ],
    [
      'a signed token and a token file',
      { mode: 'signed-bearer-token', sharedSecretFile: 'a', tokenFile: 'b' },
      '`--ws-token-file` and `--ws-token-sha256` require `--ws-auth capability-token`, not `signed-bearer-token`',
    ],
  ])('are refused with %s', (_what, flags, message) => {
    expect(() => webSocketAuthOf(flags, '/projects')).toThrow(message)
  })

  it('begin relative paths at the working directory, and leave out what is blank', () => {
    const flags = { mode: 'signed-bearer-token', sharedSecretFile: 's', issuer: ' ', audience: 'a' } as const

    expect(webSocketAuthOf(flags, '/projects')).toEqual({
      mode: 'signed-bearer-token',
      secret: { file: '/projects/s' },
      audience: 'a',
    })
    expect(webSocketAuthOf({}, '/projects')).toBeUndefined()
  })
})
