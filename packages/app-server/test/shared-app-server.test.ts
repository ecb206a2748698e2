import { describe, expect, it } from 'vitest'
import { shareAppServer } from '../src/shared-app-server.js'
import { introduction, testHome } from './support/homes.js'

async function shared(home: ReturnType<typeof testHome>, count: number) {
  const server = shareAppServer({ codexHome: home.codexHome, env: home.env })
  return { server, leases: await Promise.all(Array.from({ length: count }, () => server.lease())) }
}

describe('a server that several share', () => {
  it('is one: what one of them does, the others are told', async () => {
    using home = testHome()
    const { leases } = await shared(home, 2)
    const links = leases.map((lease) => lease.connect({ sessionSource: 'exec' }))
    const agents: string[] = []
    for (const [at, link] of links.entries()) {
      const answer = await link.request(1, 'initialize', introduction(null, `part-${at}`))
      agents.push((answer as { userAgent: string }).userAgent)
    }

    expect(agents[1]).toMatch(/^part-0\/.*\(part-1; /)
    for (const lease of leases) await lease.release()
  })

  it('goes on until the last one gives it back', async () => {
    using home = testHome()
    const { leases } = await shared(home, 2)
    const [first, second] = leases.map((lease) => lease.connect({ sessionSource: 'exec' }))
    await second?.request(1, 'initialize', introduction())

    await leases[0]?.release()

    expect(await first?.closed).toBe('closed by the client')
    await expect(second?.request(2, 'configRequirements/read', undefined)).resolves.toBeDefined()
    expect(await leases[1]?.release()).toEqual({ forced: false })
    expect(await second?.closed).toBe('in-process app-server runtime is shutting down')
  })

  it('counts a lease once, however often it is given back', async () => {
    using home = testHome()
    const { leases } = await shared(home, 2)
    const link = leases[1]?.connect({ sessionSource: 'exec' })

    await Promise.all([leases[0]?.release(), leases[0]?.release()])
    await leases[0]?.[Symbol.asyncDispose]()

    await expect(link?.request(1, 'initialize', introduction())).resolves.toBeDefined()
    expect(() => leases[0]?.connect({ sessionSource: 'exec' })).toThrow('the lease of the app-server is over')
    await leases[1]?.release()
  })

  it('starts again for who comes after the last one has left, or while it leaves', async () => {
    using home = testHome()
    const { server, leases } = await shared(home, 1)

    const leaving = leases[0]?.release()
    await using next = await server.lease()
    await leaving

    const link = next.connect({ sessionSource: 'exec' })
    await expect(link.request(1, 'initialize', introduction())).resolves.toBeDefined()
  })

  it('tells everyone why it cannot be started, and may be tried again', async () => {
    const server = shareAppServer({ codexHome: 'relative' })

    for (let time = 0; time < 2; time += 1) {
      await expect(server.lease()).rejects.toThrow('codexHome must be an absolute path, got "relative"')
    }
  })
})
