import { describe, expect, it } from 'vitest'
import { createAppServer } from '../src/create-app-server.js'
import { introduction, testHome } from './support/homes.js'

describe('a link within the process', () => {
  it('passes values as they are, without a copy', async () => {
    using home = testHome()
    await using server = await createAppServer({ ...home })
    const link = server.connect({ sessionSource: 'exec' })

    expect(await link.request(0, 'initialize', introduction())).toMatchObject({ codexHome: home.codexHome })
    expect(server.codexHome).toBe(home.codexHome)
  })

  it('refuses a second request under an open id, and answers the first', async () => {
    using home = testHome()
    await using server = await createAppServer({ ...home })
    const link = server.connect({ sessionSource: 'exec' })
    await link.request('', 'initialize', introduction())

    const first = link.request(7, 'config/read', {})
    const second = link.request(7, 'config/read', {})

    await expect(second).rejects.toMatchObject({ code: -32600, message: 'duplicate request id: 7' })
    await expect(first).resolves.toBeDefined()
    await expect(link.request(7, 'config/read', {})).resolves.toBeDefined()
  })

  it('takes a capacity of 0 for 1', async () => {
    using home = testHome()
    await using server = await createAppServer({ ...home })

    const link = server.connect({ sessionSource: 'exec', channelCapacity: 0 })

    expect(link.events.capacity).toBe(1)
    await expect(link.request(1, 'initialize', introduction())).resolves.toBeDefined()
  })

  it('says why it ended, and refuses from then on', async () => {
    using home = testHome()
    await using server = await createAppServer({ ...home })
    const link = server.connect({ sessionSource: 'exec' })

    await link.close()
    await link.close()

    expect(await link.closed).toBe('closed by the client')
    expect(link.events.isClosed).toBe(true)
    await expect(link.request(1, 'initialize', introduction())).rejects.toMatchObject({ code: -32603 })
  })

  it('ends with the server’s reason when the server closes, though nobody reads its events', async () => {
    using home = testHome()
    const server = await createAppServer({ ...home })
    const link = server.connect({ sessionSource: 'exec', channelCapacity: 1 })
    await link.request(1, 'initialize', introduction())

    expect(await server.close()).toEqual({ forced: false })

    expect(await link.closed).toBe('in-process app-server runtime is shutting down')
  })

  it('refuses a Codex home that is not absolute', async () => {
    await expect(createAppServer({ codexHome: 'here' })).rejects.toThrow(
      'codexHome must be an absolute path, got "here"',
    )
  })

  it('refuses a CODEX_HOME that is not there', async () => {
    await expect(createAppServer({ env: { CODEX_HOME: '/no/such/home' } })).rejects.toThrow('/no/such/home')
  })
})
