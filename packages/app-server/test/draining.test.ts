import type { ConfigReadResponse } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { leaveOnSignals } from '../src/leave-on-signals.js'
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

const THREAD = { threadId: '01a1f8b7-5905-7452-8906-8f0f4fe34301' }
const begins = [
  ['thread/start', {}],
  ['thread/resume', THREAD],
  ['thread/fork', THREAD],
  ['thread/compact/start', THREAD],
  ['thread/shellCommand', { ...THREAD, command: 'ls' }],
  ['turn/start', { ...THREAD, input: [] }],
  ['turn/steer', { ...THREAD, input: [], expectedTurnId: 'u' }],
  ['review/start', { ...THREAD, target: { type: 'uncommittedChanges' } }],
] as const

describe.each(socketTransports)('a server that drains, over a $name', ({ serve }) => {
  it('refuses new threads and turns, serves the rest, and is done when accepted work is', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const turn = deferred<void>()
    server.runtime.track('turn', turn.promise)

    const drained = server.runtime.drain()

    for (const [method, params] of begins) {
      await expect(client.request(method, params)).rejects.toMatchObject(REFUSAL)
    }
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

  it('waits for the turn that runs at the first signal, and gives its end to the clients', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const [turn, signals] = [deferred<void>(), signalsInHand()]
    server.runtime.track('turn', turn.promise)
    const left = leaveOnSignals(server.runtime, server.listener, signals)

    signals.give(1)
    await expect(refusedByDrain(client)).resolves.toBe(true)
    void server.runtime.broadcast(COMPLETED, { importId: 'last words', itemTypeResults: [], itemResults: [] })
    turn.resolve()
    await left

    expect(await client.closed).toEqual(GOODBYE)
    expect(client.events.of(COMPLETED)).toHaveLength(1)
  })

  it('does not wait for the turn at the second signal, and still says goodbye', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const signals = signalsInHand()
    server.runtime.track('turn', new Promise(() => {}))
    const left = leaveOnSignals(server.runtime, server.listener, signals, { timeoutMs: 60_000 })

    signals.give(1)
    await expect(refusedByDrain(client)).resolves.toBe(true)
    signals.give(2)
    await left

    expect(await client.closed).toEqual(GOODBYE)
  })

  it('waits for nobody at the third signal', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    client.socket.pause()
    const signals = signalsInHand()
    const left = leaveOnSignals(server.runtime, server.listener, signals)

    for (const count of [1, 2, 3] as const) signals.give(count)

    await expect(left).resolves.toBeUndefined()
    client.socket.terminate()
  })
})

/** Whether the server has begun to drain: asks until it refuses for that reason. */
async function refusedByDrain(client: WebSocketClient): Promise<boolean> {
  for (;;) {
    const refusal = await client.request('thread/start', {}).catch((error: unknown) => error)
    if ((refusal as { code?: number }).code === REFUSAL.code) return true
  }
}

/** Signals that a test gives. */
function signalsInHand() {
  const [first, second, third] = [deferred<void>(), deferred<void>(), deferred<void>()]
  const all = { 1: first, 2: second, 3: third }
  return {
    first: first.promise,
    second: second.promise,
    third: third.promise,
    give: (count: 1 | 2 | 3) => all[count].resolve(),
  }
}
