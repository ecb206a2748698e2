import type { ConfigReadResponse } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { deferred, Turnstile } from './support/deferred.js'
import { testHome } from './support/homes.js'
import { socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

const READ: ConfigReadResponse = { config: {}, origins: {} }
const COMPLETED = 'externalAgentConfig/import/completed'
const REFUSAL = {
  code: -32600,
  message: 'Server is draining; retry after reconnecting',
  data: { reason: 'serverShuttingDown' },
}
const GOODBYE = { code: 1001, reason: 'server shutting down' }

describe.each(socketTransports)('a server that drains, over a $name', ({ serve }) => {
  it('refuses new threads and turns, serves the rest, and is done when accepted work is', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const turn = deferred<void>()
    server.runtime.track('turn', turn.promise)

    const drained = server.runtime.drain()

    await expect(client.request('thread/start', {})).rejects.toMatchObject(REFUSAL)
    await expect(client.request('turn/start', { threadId: 't', input: [] })).rejects.toMatchObject(REFUSAL)
    await expect(client.request('configRequirements/read')).resolves.toBeDefined()
    turn.resolve()
    await drained
  })

  it('H12: lets nobody in, and says so to who asks whether it is ready', async () => {
    using home = testHome()
    await using server = await serve(home)
    const turn = deferred<void>()
    server.runtime.track('turn', turn.promise)

    const drained = server.runtime.drain()

    await expect(WebSocketClient.connect(server.address)).rejects.toThrow('503 server is draining')
    if (server.address.startsWith('ws:')) {
      const status = async (path: string) =>
        (await fetch(server.address.replace('ws:', 'http:') + path, { headers: { connection: 'close' } })).status
      expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200])
    }
    turn.resolve()
    await drained
  })

  it('H10: gives every client all that waits for it before it says goodbye', async () => {
    using home = testHome()
    await using server = await serve(home)
    const clients = [await WebSocketClient.introduced(server.address), await WebSocketClient.introduced(server.address)]
    const count = 500
    const pad = 'x'.repeat(20_000)

    for (let id = 0; id < count; id += 1) {
      void server.runtime.broadcast(COMPLETED, { importId: `${id}${pad}`, itemTypeResults: [], itemResults: [] })
    }
    await server.runtime.close()
    await server.listener.close()

    for (const client of clients) {
      expect(await client.closed).toEqual(GOODBYE)
      expect(client.events.of(COMPLETED)).toHaveLength(count)
    }
  })

  it('answers what it had accepted before it says goodbye', async () => {
    using home = testHome()
    const [answer, started] = [deferred<ConfigReadResponse>(), new Turnstile()]
    const read = () => {
      started.pass()
      return answer.promise
    }
    await using server = await serve(home, { standIns: { 'config/read': read } })
    const client = await WebSocketClient.introduced(server.address)
    const asked = client.request('config/read', {})
    await started.passed(1)

    const closing = server.listener.close()
    answer.resolve(READ)
    await closing

    expect(await asked).toEqual(READ)
    expect(await client.closed).toEqual(GOODBYE)
  })

  it('fails what is not finished when it is made to hurry, and still says goodbye', async () => {
    using home = testHome()
    const started = new Turnstile()
    const read = () => {
      started.pass()
      return new Promise<never>(() => {})
    }
    await using server = await serve(home, { standIns: { 'config/read': read } })
    const client = await WebSocketClient.introduced(server.address)
    const failed = expect(client.request('config/read', {})).rejects.toMatchObject({ code: -32603 })
    await started.passed(1)

    const closed = server.runtime.close({ timeoutMs: 60_000 })
    server.runtime.fail()

    expect(await closed).toEqual({ forced: true })
    await failed
    expect(await client.closed).toEqual(GOODBYE)
  })
})
