import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenWebsocket, noAnswer, type PeerListenOptions, ScriptedPeer, turnEvents } from '@gangway/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { AppServerClient, type ConnectOptions, TransportError } from '../src/index.js'
import type { OpenSocket } from '../src/remote/raw-socket.js'
import { remoteEndpoint } from '../src/remote/remote-endpoint.js'
import { SocketTransport } from '../src/remote/socket-transport.js'
import { all, name } from './scripted.js'

const clientInfo = { name: 'test', version: '1' }
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(peer: ScriptedPeer, options?: PeerListenOptions): Promise<string> {
  const listener = await listenWebsocket(peer, options)
  closers.push(() => listener.close())
  return listener.address
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gangway-connect-'))
  closers.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function connect(options: Partial<ConnectOptions>): Promise<AppServerClient> {
  const client = await AppServerClient.connect({ clientInfo, ...options } as ConnectOptions)
  closers.push(() => client.shutdown())
  return client
}

describe('connect', () => {
  it('talks over a websocket: the handshake, a request, an event, a request of the server, and the end', async () => {
    const peer = new ScriptedPeer().on('account/usage/read', (params) => params)
    const client = await connect({ url: await listen(peer) })
    const connection = await peer.connection()

    expect(client.server).toMatchObject({ version: '1.2.3', codexHome: '/home/peer/.codex' })
    await connection.sees((message) => message.type === 'notification')
    expect(connection.received.map((message) => ('method' in message ? message.method : ''))).toEqual([
      'initialize',
      'initialized',
    ])
    expect(connection.received[0]).toMatchObject({ id: 'initialize' })
    expect(connection.headers['sec-websocket-extensions']).toBeUndefined()
    expect(await client.request('account/usage/read', { text: 'é\u2028😀' })).toEqual({ text: 'é\u2028😀' })
    client.onRequest('item/tool/call', () => ({ contentItems: [], success: true }))
    connection.ask('a', 'item/tool/call')
    expect(await connection.answerTo('a')).toMatchObject({ result: { contentItems: [], success: true } })

    connection.notify('turn/completed', { threadId: 't' })
    expect(await client.events().next()).toMatchObject({ value: { method: 'turn/completed' } })
    expect(await client.shutdown()).toEqual({ forced: false })
    expect(await connection.closed).toMatchObject({ code: 1000 })
  })

  it('talks over a Unix socket, also one with a colon in its path, and names /rpc', async () => {
    const peer = new ScriptedPeer().on('account/usage/read', () => 'here')
    const paths: (string | undefined)[] = []
    const socketPath = await listen(peer, {
      socketPath: join(folder(), 'a:b.sock'),
      upgrade: (request) => {
        paths.push(request.url)
        return undefined
      },
    })

    const client = await connect({ socketPath })

    expect(await client.request('account/usage/read')).toBe('here')
    expect(paths).toEqual(['/rpc'])
    expect((await peer.connection()).headers.host).toBe('localhost')
  })

  it('sends its token to this machine exactly', async () => {
    const peer = new ScriptedPeer()
    await connect({ url: await listen(peer), authToken: 's3cret' })

    expect((await peer.connection()).headers.authorization).toBe('Bearer s3cret')
  })

  it.each(['ws://example.com', 'ws://127.0.0.1.example.com:80', 'ws://10.0.0.1:4500'])(
    'refuses to send a token to %s, before it connects',
    async (url) => {
      const connecting = connect({ url, authToken: 's3cret' })

      await expect(connecting).rejects.toBeInstanceOf(TransportError)
      await expect(connecting).rejects.toMatchObject({
        reason: 'auth',
        detail: `remote auth tokens require \`wss://\` or loopback \`ws://\` URLs; got \`${url}\``,
      })
    },
  )

  it.each([
    [{ url: 'http://127.0.0.1' }, 'remote app server URLs are `ws://` or `wss://`; got `http://127.0.0.1`'],
    [{ url: 'nonsense' }, 'invalid remote app server URL `nonsense`'],
    [{ socketPath: 'relative.sock' }, 'the socket path must be absolute, got `relative.sock`'],
  ])('refuses the address %o', async (address, detail) => {
    await expect(connect(address)).rejects.toMatchObject({ reason: 'protocol', detail })
  })

  it('tells with which status and words the server refused', async () => {
    const url = await listen(new ScriptedPeer(), {
      upgrade: () => ({ status: 401, body: 'missing websocket bearer token' }),
    })

    await expect(connect({ url })).rejects.toMatchObject({
      reason: 'auth',
      detail: `remote app server at \`${url}\` refused the connection: HTTP 401: missing websocket bearer token`,
    })
  })

  it('fails when nobody listens', async () => {
    const url = await listen(new ScriptedPeer())
    await closers.pop()?.()

    await expect(connect({ url })).rejects.toMatchObject({
      reason: 'closed',
      message: expect.stringContaining(`failed to connect to remote app server at \`${url}\`: connect ECONNREFUSED`),
    })
    await expect(connect({ socketPath: join(folder(), 'none.sock') })).rejects.toThrow(/none\.sock`: connect ENOENT/)
  })

  it('gives up when the upgrade is not answered', async () => {
    const url = await listen(new ScriptedPeer(), { upgrade: () => 'silent' })

    await expect(connect({ url, upgradeTimeoutMs: 30 })).rejects.toMatchObject({
      reason: 'timeout',
      detail: `timed out upgrading remote app server at \`${url}\``,
    })
  })

  it('gives up when the way to the server does not come to stand', async () => {
    let isTerminated = false
    const open: OpenSocket = (_, events) => ({
      send() {},
      close() {},
      terminate() {
        isTerminated = true
        queueMicrotask(() => events.closed(1006, ''))
      },
      pause() {},
      resume() {},
    })
    const endpoint = remoteEndpoint({ url: 'ws://10.0.0.1' })
    const receiver = { received: () => true, skipped() {}, ended() {} }

    const opening = new SocketTransport(open, endpoint, { connectTimeoutMs: 5 }, receiver).opening(undefined)

    await expect(opening).rejects.toMatchObject({
      reason: 'timeout',
      detail: 'timed out connecting to remote app server at `ws://10.0.0.1`',
    })
    expect(isTerminated).toBe(true)
  })

  it('gives up when initialize is not answered, and closes the connection', async () => {
    const peer = new ScriptedPeer().on('initialize', () => noAnswer)
    const url = await listen(peer)

    await expect(connect({ url, initializeTimeoutMs: 30 })).rejects.toMatchObject({
      reason: 'timeout',
      detail: `timed out waiting for initialize response from \`${url}\``,
    })
    expect(await (await peer.connection()).closed).toMatchObject({ code: 1000 })
  })

  it('stops connecting when its signal aborts', async () => {
    const url = await listen(new ScriptedPeer(), { upgrade: () => 'silent' })
    const controller = new AbortController()
    const connecting = connect({ url, signal: controller.signal })

    controller.abort(new Error('enough'))

    await expect(connecting).rejects.toMatchObject({ reason: 'aborted', detail: 'enough' })
  })

  it('keeps what comes before the answer to initialize as the first events', async () => {
    const peer = new ScriptedPeer().on('initialize', (_, { connection, request }) => {
      connection.notify('configWarning', { summary: 'early' })
      connection.ask(1, 'item/tool/call', { early: true })
      connection.ask(2, 'made/up')
      connection.result('stray', {})
      connection.result(request.id, { userAgent: 'x/1 y', codexHome: '/', platformFamily: 'unix', platformOs: 'linux' })
      return noAnswer
    })
    const client = await connect({ url: await listen(peer) })
    const events = client.events()

    expect(await events.next()).toMatchObject({ value: { method: 'configWarning' } })
    expect(await events.next()).toMatchObject({ value: { type: 'request', id: 1 } })
    expect(await (await peer.connection()).answerTo(2)).toMatchObject({
      error: { code: -32601, message: 'unsupported remote app-server request `made/up`' },
    })
  })

  it('passes over binary frames, unknown notifications and unknown answers, and answers pings', async () => {
    const peer = new ScriptedPeer().on('account/usage/read', () => 'here')
    const client = await connect({ url: await listen(peer) })
    const connection = await peer.connection()

    connection.raw(new Uint8Array([1, 2, 3]))
    connection.notify('made/up')
    connection.result(999, 'nobody asked')

    expect(await client.request('account/usage/read')).toBe('here')
  })
})

describe('the end of a connection', () => {
  it.each([
    ['x', 'disconnected: x'],
    ['', 'disconnected: connection closed'],
  ])('is told once, with the server’s reason %j, and fails every open call with it', async (reason, how) => {
    const peer = new ScriptedPeer().on('account/usage/read', () => noAnswer)
    const url = await listen(peer)
    const client = await connect({ url })
    const connection = await peer.connection()
    const calls = [client.request('account/usage/read'), client.request('account/usage/read')]
    await connection.request('account/usage/read', 2)

    connection.close(1013, reason)

    const detail = `remote app server at \`${url}\` ${how}`
    for (const call of calls) await expect(call).rejects.toMatchObject({ reason: 'closed', detail })
    expect(await all(client.events())).toEqual([{ type: 'disconnected', reason: detail }])
    expect(await client.closed).toBe(detail)
    await expect(client.request('account/usage/read')).rejects.toMatchObject({ reason: 'closed', detail })
  })

  it('is told when there was no close frame', async () => {
    const peer = new ScriptedPeer()
    const url = await listen(peer)
    const client = await connect({ url })

    ;(await peer.connection()).destroy()

    const reason = `remote app server at \`${url}\` closed the connection`
    expect(await all(client.events())).toEqual([{ type: 'disconnected', reason }])
  })

  it('comes when the server sends what is no message', async () => {
    const peer = new ScriptedPeer().on('account/usage/read', (_, { connection }) => {
      connection.raw('{"id":1} {"id":2}')
      return noAnswer
    })
    const url = await listen(peer)
    const client = await connect({ url })

    await expect(client.request('account/usage/read')).rejects.toMatchObject({
      reason: 'protocol',
      detail: `remote app server at \`${url}\` sent invalid JSON-RPC: {"id":1} {"id":2}`,
    })
  })

  it('comes when a message is larger than it may be', async () => {
    const peer = new ScriptedPeer().on('account/usage/read', () => 'x'.repeat(2_000))
    const client = await connect({ url: await listen(peer), maxMessageBytes: 1_000 })

    await expect(client.request('account/usage/read')).rejects.toMatchObject({
      reason: 'tooLarge',
      detail: expect.stringContaining('Max payload size exceeded'),
    })
    expect(await (await peer.connection()).closed).toMatchObject({ code: 1009 })
  })

  it('is forced when the server does not answer the closing', async () => {
    const peer = new ScriptedPeer()
    const client = await connect({ url: await listen(peer) })
    const connection = await peer.connection()
    connection.hold()

    expect(await client.shutdown({ timeoutMs: 30 })).toEqual({ forced: true })
  })
})

describe('a slow reader of a websocket', () => {
  it('gets every letter, and every lossless event, through a queue of 8', async () => {
    const count = 20_000
    const peer = new ScriptedPeer()
    const client = await connect({ url: await listen(peer), channelCapacity: 8 })
    const connection = await peer.connection()
    for (let n = 0; n < count; n += 1) {
      connection.notify(...turnEvents.delta(name, `m${n % 5}`, `${n} `))
      if (n % 1_000 === 0) connection.notify(...turnEvents.started({ threadId: 't', turnId: `${n}` }))
    }
    connection.notify(...turnEvents.completed(name))
    const texts = new Map<string, string>()
    let starts = 0

    for await (const event of client.events()) {
      if (event.type !== 'notification') continue
      if (event.method === 'turn/completed') break
      if (event.method === 'turn/started') starts += 1
      const { itemId, delta } = event.params as { itemId?: string; delta?: string }
      if (itemId !== undefined) texts.set(itemId, (texts.get(itemId) ?? '') + delta)
      await new Promise(setImmediate)
    }

    expect(starts).toBe(count / 1_000)
    for (let i = 0; i < 5; i += 1) {
      const numbers = Array.from({ length: count }, (_, n) => n).filter((n) => n % 5 === i)
      expect(texts.get(`m${i}`)).toBe(numbers.map((n) => `${n} `).join(''))
    }
  })
})
