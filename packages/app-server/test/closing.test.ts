import type { ConfigReadResponse } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { type Deferred, deferred, Turnstile } from './support/deferred.js'
import { introduction, testHome } from './support/homes.js'
import { transports } from './support/peer.js'

const SHUTTING_DOWN = { code: -32603, message: 'in-process app-server runtime is shutting down' }
const READ: ConfigReadResponse = { config: {}, origins: {} }

/** A `config/read` that answers when the test says so. */
function held(): { readonly answer: Deferred<ConfigReadResponse>; readonly started: Turnstile; handlers: object } {
  const answer = deferred<ConfigReadResponse>()
  const started = new Turnstile()
  const read = () => {
    started.pass()
    return answer.promise
  }
  return { answer, started, handlers: { 'config/read': read } }
}

describe.each(transports)('closing a server, $name', ({ serve }) => {
  it('finishes what was accepted, and refuses what comes after', async () => {
    using home = testHome()
    const { answer, started, handlers } = held()
    await using server = serve(home, handlers)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const accepted = [1, 2, 3].map((id) => peer.requestAs(id, 'config/read', {}))
    await started.passed(3)

    const closing = server.runtime.close({ timeoutMs: 5_000 })
    await expect(peer.requestAs(4, 'config/read', {})).rejects.toMatchObject(SHUTTING_DOWN)
    answer.resolve(READ)

    expect(await Promise.all(accepted)).toEqual([READ, READ, READ])
    expect(await closing).toEqual({ forced: false })
  })

  it('fails what is not finished in time, and says that it was forced', async () => {
    using home = testHome()
    const { started, handlers } = held()
    await using server = serve(home, handlers)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const stuck = peer.request('config/read', {})
    const refusal = expect(stuck).rejects.toMatchObject(SHUTTING_DOWN)
    await started.passed(1)

    expect(await server.runtime.close({ timeoutMs: 20 })).toEqual({ forced: true })

    await refusal
  })

  it('rejects the requests that it has open at its clients', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const asked = server.runtime.serverRequests.ask(server.runtime.outgoing.connections, 'some/question', {})
    const refusal = expect(asked).rejects.toMatchObject(SHUTTING_DOWN)
    await peer.events.next('some/question')

    await server.runtime.close()

    await refusal
  })

  it('gives one result to everyone who closes it', async () => {
    using home = testHome()
    await using server = serve(home)

    const [first, second] = await Promise.all([server.runtime.close(), server.runtime.close({ timeoutMs: 1 })])

    expect(first).toBe(second)
  })

  it('lets no new client in', async () => {
    using home = testHome()
    await using server = serve(home)

    await server.runtime.close()

    expect(() => server.connect()).toThrow('shutting down')
  })
})
