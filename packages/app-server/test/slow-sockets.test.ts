import { describe, expect, it } from 'vitest'
import { testHome } from './support/homes.js'
import { type SocketServer, socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

const DELTA = 'item/agentMessage/delta'
const LIMITS = { maxQueuedBytes: 2_000_000, graceMs: 200 }

/** Says `text` to everyone, in pieces of 1 000 characters. Waits for room where there is none. */
async function say(server: SocketServer, text: string): Promise<void> {
  for (let at = 0; at < text.length; at += 1_000) {
    const delta = text.slice(at, at + 1_000)
    await server.runtime.broadcast(DELTA, { threadId: 't', turnId: 'u', itemId: 'i', delta })
  }
}

const textOf = (client: WebSocketClient) =>
  client.events
    .of(DELTA)
    .map(({ params }) => (params as { delta: string }).delta)
    .join('')

const LONG = Array.from({ length: 1_000_000 }, (_, at) => `${at} `).join('')

describe.each(socketTransports)('a client that reads slowly, over a $name', ({ serve }) => {
  it('H8: is closed with 1013 and a reason when it does not read at all, and the others get everything', async () => {
    using home = testHome()
    await using server = await serve(home, { limits: LIMITS })
    const [slow, quick] = [
      await WebSocketClient.introduced(server.address),
      await WebSocketClient.introduced(server.address),
    ]
    slow.socket.pause()

    await say(server, LONG)

    expect(server.logged).toEqual([expect.stringMatching(/WARN websocket client 0 is too slow: \d+ bytes wait for it/)])
    slow.socket.resume()
    expect(await slow.closed).toEqual({ code: 1013, reason: expect.stringContaining('slow consumer') })
    await server.listener.close()
    expect(textOf(quick) === LONG).toBe(true)
  })

  it('H8: loses no letter when it comes back within its time of grace', async () => {
    using home = testHome()
    await using server = await serve(home, { limits: { ...LIMITS, graceMs: 60_000 } })
    const client = await WebSocketClient.introduced(server.address)
    client.socket.pause()

    const said = say(server, LONG)
    await waitUntil(() => server.runtime.outgoing.connections[0]?.events.isBlocked === true)
    client.socket.resume()
    await said
    await server.listener.close()

    expect(textOf(client) === LONG).toBe(true)
    expect(server.logged).toEqual([])
  })

  it('holds no more of what waits for it than it may', async () => {
    using home = testHome()
    await using server = await serve(home, { limits: LIMITS })
    const client = await WebSocketClient.introduced(server.address)
    client.socket.pause()
    const [connection] = server.runtime.outgoing.connections
    let most = 0
    for (let at = 0; at < 5_000; at += 1) {
      void server.runtime.broadcast(DELTA, { threadId: 't', turnId: 'u', itemId: 'i', delta: LONG.slice(0, 1_000) })
      most = Math.max(most, connection?.events.bytes ?? 0)
    }

    expect(most).toBeGreaterThan(1_000_000)
    expect(most).toBeLessThanOrEqual(LIMITS.maxQueuedBytes)
    client.socket.resume()
    await client.leave()
  })

  it('is closed too when it asks and asks and never reads an answer', async () => {
    using home = testHome()
    await using server = await serve(home, { limits: LIMITS })
    const client = await WebSocketClient.introduced(server.address)
    client.socket.pause()
    const pad = 'x'.repeat(1_000_000)

    for (let id = 0; id < 60; id += 1) client.socket.send(`{"id":"${id}${pad}","method":"configRequirements/read"}`)
    await waitUntil(() => server.logged.length > 0)
    client.socket.resume()

    expect(await client.closed).toMatchObject({ code: 1013 })
  })
})

/** Looks again after every turn of the event loop. The test's own time-out ends the wait. */
async function waitUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}
