import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { introduction, testHome } from './support/homes.js'
import { serveWebSocket, socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

const ASK = '{"id":"next","method":"configRequirements/read"}'
const ANSWER = '{"id":"next","result":{"supportsIndependentSpeedModes":true,"requirements":null}}'

describe.each(socketTransports)('frames over a $name', ({ serve }) => {
  it.each([
    ['text that is no JSON', 'not json', 'dropped a line'],
    ['two documents', `${ASK}\n${ASK}`, 'dropped a line'],
    ['bytes', Buffer.from(ASK), 'binary frame'],
  ])('drops %s with a word in the log, and answers the next', async (_what, frame, logged) => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)

    client.socket.send(frame)
    client.socket.send(ASK)

    expect((await client.received(2))[1]).toBe(ANSWER)
    expect(server.logged).toEqual([expect.stringContaining(logged)])
  })

  it('answers a ping', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.connect(server.address)

    client.socket.ping('are you there?')

    const [data] = (await once(client.socket, 'pong')) as [Buffer]
    expect(data.toString()).toBe('are you there?')
  })

  it('gives back ids beyond 2^53 as they were', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)

    client.socket.send('{"id":9007199254740993,"method":"configRequirements/read"}')

    expect((await client.received(2))[1]).toContain('{"id":9007199254740993,"result":')
  })

  it('takes a message of 15 MiB', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)

    client.socket.send(`{"id":"next","pad":"${'x'.repeat(15 << 20)}","method":"configRequirements/read"}`)

    expect((await client.received(2))[1]).toBe(ANSWER)
  })

  it('H7: closes with 1009 and says why at a message of 17 MiB, and serves the others', async () => {
    using home = testHome()
    await using server = await serve(home)
    const [client, other] = [
      await WebSocketClient.introduced(server.address),
      await WebSocketClient.introduced(server.address),
    ]

    client.socket.send(`{"id":1,"pad":"${'x'.repeat(17 << 20)}","method":"configRequirements/read"}`)

    expect(await client.closed).toEqual({ code: 1009, reason: 'message too large: at most 16777216 bytes' })
    await expect(other.request('configRequirements/read')).resolves.toBeDefined()
  })

  it('upgrades any path, compresses nothing, and says how long a message may be', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.connect(
      server.address.startsWith('ws:') ? `${server.address}/any/path?x=1` : server.address,
    )

    expect(client.socket.extensions).toBe('')
    await client.leave()
  })

  it('H1: answers every one of 20,000 requests that come at once', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const ids = Array.from({ length: 20_000 }, (_, id) => id)

    for (const id of ids) client.socket.send(`{"id":${id},"method":"config/read","params":{}}`)

    const answers = (await client.received(ids.length + 1)).slice(1).map((text) => JSON.parse(text) as Answer)
    expect(answers.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids)
    for (const { result, error } of answers) if (result === undefined) expect(error).toEqual(OVERLOADED)
  }, 20_000)
})

describe('the upgrade of a websocket', () => {
  it('tells the limit in its header, and selects no subprotocol', async () => {
    using home = testHome()
    await using server = await serveWebSocket(home)
    const socket = new WebSocket(server.address, ['foo'])
    const failed = once(socket, 'error')

    const [response] = (await once(socket, 'upgrade')) as [{ headers: Record<string, string> }]

    expect(response.headers['x-codex-websocket-max-unfragmented-message-bytes']).toBe('16777216')
    expect(response.headers['sec-websocket-protocol']).toBeUndefined()
    expect(response.headers['sec-websocket-extensions']).toBeUndefined()
    expect(((await failed)[0] as Error).message).toBe('Server sent no subprotocol')
  })

  it('keeps the first client in the user agent of the second', async () => {
    using home = testHome()
    await using server = await serveWebSocket(home)
    await WebSocketClient.introduced(server.address)
    const second = await WebSocketClient.connect(server.address)

    const answer = await second.request('initialize', introduction(null, 'second', '9'))

    expect((answer as { userAgent: string }).userAgent).toMatch(/^tester\/.* \(second; 9\)$/)
  })
})

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: unknown
}

const OVERLOADED = {
  code: -32001,
  message: 'Server overloaded; retry later.',
  data: { reason: 'overloaded', retryable: true },
}
