import { TransportError } from '@gangway/client'
import { describe, expect, it } from 'vitest'
import { clientWays } from './support/clients.js'
import { addClaudeHome, place } from './support/place.js'

describe.each(clientWays)('a client, $name', ({ open }) => {
  it('case 33: gets one report of an import whose events nobody reads and find no room', async () => {
    using at = place()
    addClaudeHome(at)
    const { client, end } = await open(at, { channelCapacity: 1 })
    const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })

    const run = await client.startImport(items)
    const report = await run.completed

    expect(report.importId).toBe(run.importId)
    expect(report.itemResults?.map(({ itemType }) => itemType).sort()).toEqual(
      [...new Set(items.map(({ itemType }) => itemType))].sort(),
    )
    await client.shutdown()
    await end()
  })

  it('case 35: may ask the server in its event loop while the queue is full', async () => {
    using at = place()
    addClaudeHome(at)
    const { client, end } = await open(at, { channelCapacity: 1 })
    const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
    await (await client.startImport(items)).completed

    let asked = 0
    for await (const event of client.events()) {
      await client.request('configRequirements/read')
      asked += 1
      if (event.type === 'notification' && event.method === 'externalAgentConfig/import/completed') break
    }

    expect(asked).toBeGreaterThan(0)
    await client.shutdown()
    await end()
  })

  it('case 37: ends in no time although nobody reads its events', async () => {
    using at = place()
    addClaudeHome(at)
    const { client, end } = await open(at, { channelCapacity: 1 })
    const { items } = await client.request('externalAgentConfig/detect', { includeHome: true })
    await client.startImport(items)

    const began = performance.now()
    const { forced } = await client.shutdown()

    expect(forced).toBe(false)
    expect(performance.now() - began).toBeLessThan(5_000)
    await end()
  })

  it('case 39: answers what was asked before the shutdown began, and refuses what comes after', async () => {
    using at = place()
    const { client, end } = await open(at)

    const accepted = [1, 2, 3].map(() => client.request('configRequirements/read'))
    const tail = await client.beginShutdown()
    const late = client.request('configRequirements/read')

    await expect(late).rejects.toMatchObject({ reason: 'closed' })
    await expect(late).rejects.toBeInstanceOf(TransportError)
    await expect(Promise.all(accepted)).resolves.toHaveLength(3)
    await expect(tail.finish()).resolves.toEqual({ forced: false })
    await end()
  })

  it('case 49: stops waiting at once when a signal aborts, and the late answer harms nobody', async () => {
    using at = place()
    const { client, end } = await open(at)
    const controller = new AbortController()

    const waiting = client.request('externalAgentConfig/detect', { includeHome: true }, { signal: controller.signal })
    controller.abort(new Error('enough'))

    await expect(waiting).rejects.toMatchObject({ reason: 'aborted' })
    await expect(client.request('configRequirements/read')).resolves.toBeDefined()
    await client.shutdown()
    await end()
  })
})
