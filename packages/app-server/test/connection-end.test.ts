import { describe, expect, it } from 'vitest'
import type { RequestContext } from '../src/handler.js'
import { deferred } from './support/deferred.js'
import { testHome } from './support/homes.js'
import { socketTransports } from './support/socket-server.js'
import { WebSocketClient } from './support/websocket-client.js'

/** A `config/read` that shows its context to the test. */
function withContext(see: (context: RequestContext) => void) {
  return {
    'config/read': (_params: unknown, context: RequestContext) => {
      see(context)
      return { config: {}, origins: {} }
    },
  }
}

describe.each(socketTransports)('what belongs to a connection, over a $name', ({ serve }) => {
  it('is cleared away when the client leaves, and the others’ is not', async () => {
    using home = testHome()
    const ended: number[] = []
    const [first] = [deferred<void>()]
    const standIns = withContext((context) => {
      context.onClose(() => {
        ended.push(context.connectionId)
        first.resolve()
      })
    })
    await using server = await serve(home, { standIns })
    const clients = [
      await WebSocketClient.introduced(server.address),
      await WebSocketClient.introduced(server.address),
    ] as const
    for (const client of clients) await client.request('config/read', {})

    clients[0].socket.terminate()
    await first.promise

    expect(ended).toEqual([0])
  })

  it('is cleared away although one piece of it fails, before the server is closed', async () => {
    using home = testHome()
    const ended: string[] = []
    const standIns = withContext((context) => {
      context.onClose(() => {
        throw new Error('no such watch')
      })
      context.onClose(async () => {
        await new Promise(setImmediate)
        ended.push('slow')
      })
    })
    await using server = await serve(home, { standIns })
    const client = await WebSocketClient.introduced(server.address)
    await client.request('config/read', {})

    await server.runtime.close()

    expect(ended).toEqual(['slow'])
    expect(server.logged).toEqual([expect.stringContaining('clean-up of a connection failed: no such watch')])
  })

  it('is not cleared away when it has ended by itself', async () => {
    using home = testHome()
    const ended: string[] = []
    const standIns = withContext((context) => {
      const forget = context.onClose(() => {
        ended.push('watch')
      })
      forget()
    })
    await using server = await serve(home, { standIns })
    const client = await WebSocketClient.introduced(server.address)
    await client.request('config/read', {})

    await client.leave()
    await server.runtime.close()

    expect(ended).toEqual([])
  })

  it('is cleared away at once when the connection has ended already', async () => {
    using home = testHome()
    const context = deferred<RequestContext>()
    await using server = await serve(home, { standIns: withContext(context.resolve) })
    const client = await WebSocketClient.introduced(server.address)
    await client.request('config/read', {})
    await server.runtime.close()
    const cleared = deferred<string>()

    const { onClose, signal } = await context.promise
    onClose.call(await context.promise, () => cleared.resolve('cleared'))

    expect([await cleared.promise, signal.aborted]).toEqual(['cleared', true])
  })
})
