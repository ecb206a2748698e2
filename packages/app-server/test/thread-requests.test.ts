import { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { testHome } from './support/homes.js'
import { type SocketServer, socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

const APPROVAL = 'item/commandExecution/requestApproval'
const PARAMS = { threadId: 't', turnId: 'u', itemId: 'i' }

/** Asks everyone who is there, for the thread `t`. */
const ask = ({ runtime }: SocketServer, params: object = PARAMS) =>
  runtime.serverRequests.ask(runtime.outgoing.connections, APPROVAL, params, { threadId: 't' })

/** What `thread/resume` does for the client that came last. */
function comeToThread({ runtime }: SocketServer, threadId = 't'): void {
  const last = runtime.outgoing.connections.at(-1)
  if (last !== undefined) runtime.serverRequests.replay(threadId, last)
}

describe.each(socketTransports)('a request of the server that belongs to a thread, over a $name', ({ serve }) => {
  it('outlives the client that was asked, and is put to the next one under the same id', async () => {
    using home = testHome()
    await using server = await serve(home)
    const first = await WebSocketClient.introduced(server.address)
    const asked = ask(server)
    const before = await first.events.next(APPROVAL)
    first.socket.terminate()
    await first.closed

    const second = await WebSocketClient.introduced(server.address)
    comeToThread(server)
    const after = await second.events.next(APPROVAL)
    second.answer(0, { decision: 'accept' })

    expect(after).toEqual(before)
    expect(await asked).toEqual({ decision: 'accept' })
  })

  it('waits for a client where there is none', async () => {
    using home = testHome()
    await using server = await serve(home)
    const asked = ask(server)

    const client = await WebSocketClient.introduced(server.address)
    comeToThread(server)
    await client.events.next(APPROVAL)
    client.answer(0, { decision: 'decline' })

    expect(await asked).toEqual({ decision: 'decline' })
  })

  it('takes the first answer, tells all who were asked, and ignores the second', async () => {
    using home = testHome()
    await using server = await serve(home)
    const clients = [
      await WebSocketClient.introduced(server.address),
      await WebSocketClient.introduced(server.address),
    ] as const
    const asked = ask(server)
    for (const client of clients) await client.events.next(APPROVAL)

    clients[1].answer(0, { decision: 'accept' })
    for (const client of clients) {
      const { params } = await client.events.next('serverRequest/resolved')
      expect(params).toEqual({ threadId: 't', requestId: 0 })
    }
    clients[0].answer(0, { decision: 'decline' })
    await clients[0].request('configRequirements/read')

    expect(await asked).toEqual({ decision: 'accept' })
    expect(server.logged).toEqual([expect.stringContaining('ignored an answer to request 0, which is not open')])
    for (const client of clients) expect(client.events.of('serverRequest/resolved')).toHaveLength(1)
  })

  it('is not put twice to one client, nor to one that comes to another thread', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const asked = ask(server)

    comeToThread(server)
    comeToThread(server, 'other')
    await client.request('configRequirements/read')

    expect(client.events.of(APPROVAL)).toHaveLength(1)
    client.answer(0, {})
    await asked
  })

  it('comes again in the order in which it was asked', async () => {
    using home = testHome()
    await using server = await serve(home)
    const all = [1, 2, 3].map((itemId) => ask(server, { ...PARAMS, itemId }))

    const client = await WebSocketClient.introduced(server.address)
    comeToThread(server)
    await client.events.next(APPROVAL, 3)

    const ids = client.events.of(APPROVAL).map((event) => ('id' in event ? event.id : undefined))
    expect(ids).toEqual([0, 1, 2])
    for (const id of [2, 1, 0]) client.answer(id, { id })
    expect(await Promise.all(all)).toEqual([{ id: 0 }, { id: 1 }, { id: 2 }])
  })

  it('fails with its thread, and all who were asked are told', async () => {
    using home = testHome()
    await using server = await serve(home)
    const client = await WebSocketClient.introduced(server.address)
    const asked = ask(server)
    const failed = expect(asked).rejects.toMatchObject({ code: -32603, message: 'turn interrupted' })
    await client.events.next(APPROVAL)

    server.runtime.serverRequests.failThread('t', new RpcError(-32603, 'turn interrupted'))

    await failed
    expect((await client.events.next('serverRequest/resolved')).params).toEqual({ threadId: 't', requestId: 0 })
    expect(server.runtime.serverRequests.size).toBe(0)
  })
})
