import { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { introduction, testHome } from './support/homes.js'
import { type Peer, type TestServer, transports } from './support/peer.js'

async function twoPeers(server: TestServer): Promise<readonly [Peer, Peer]> {
  const peers = [server.connect(), server.connect()] as const
  for (const peer of peers) await peer.request('initialize', introduction())
  return peers
}

describe.each(transports)('a request of the server, $name', ({ serve }) => {
  it('goes to every client under one id, counted from 0, and takes the first answer', async () => {
    using home = testHome()
    await using server = serve(home)
    const [first, second] = await twoPeers(server)
    const asked = server.runtime.serverRequests.ask(server.runtime.outgoing.connections, 'some/question', { a: 1 })

    const atFirst = await first.events.next('some/question')
    const atSecond = await second.events.next('some/question')
    second.answer(0, { decision: 'accept' })
    await asked
    first.answer(0, { decision: 'decline' })

    expect(atFirst).toEqual({ type: 'request', id: 0, method: 'some/question', params: { a: 1 } })
    expect(atSecond).toEqual(atFirst)
    expect(await asked).toEqual({ decision: 'accept' })
  })

  it('fails with the refusal of the client', async () => {
    using home = testHome()
    await using server = serve(home)
    const [peer] = await twoPeers(server)
    const asked = server.runtime.serverRequests.ask(server.runtime.outgoing.connections, 'some/question', {})
    await peer.events.next('some/question')

    peer.refuse(0, new RpcError(-32601, 'unknown', { why: 'x' }))

    await expect(asked).rejects.toMatchObject({ code: -32601, message: 'unknown', data: { why: 'x' } })
  })

  it('fails when all who could have answered have left', async () => {
    using home = testHome()
    await using server = serve(home)
    const [first, second] = await twoPeers(server)
    const asked = server.runtime.serverRequests.ask(server.runtime.outgoing.connections, 'some/question', {})
    const failure = expect(asked).rejects.toMatchObject({ code: -32603 })

    await first.leave()
    await second.leave()

    await failure
  })

  it('ignores an answer to what was never asked', async () => {
    using home = testHome()
    await using server = serve(home)
    const [peer] = await twoPeers(server)

    peer.answer(77, {})

    await expect(peer.request('configRequirements/read')).resolves.toBeDefined()
  })
})
