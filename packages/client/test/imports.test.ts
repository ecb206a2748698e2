import { type MigrationItem, RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { ServerError } from '../src/index.js'
import { Peer } from './peer.js'

const IMPORT = 'externalAgentConfig/import'
const items = [{ itemType: 'SKILLS', description: 'skills', cwd: null, details: null }] as unknown as MigrationItem[]
const report = (importId: string) => ({ importId, itemTypeResults: [], itemResults: [] })

describe('startImport', () => {
  it('gives the report that comes after the answer, and the steps before it', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))

    const run = await client.startImport(items, { migrationSource: 'claude-code' })
    peer.notify(`${IMPORT}/progress`, { ...report('i-1'), itemResults: [{ itemType: 'SKILLS' }] })
    peer.notify(`${IMPORT}/completed`, report('i-1'))

    expect(peer.requests(IMPORT)[0]?.params).toEqual({ migrationItems: items, migrationSource: 'claude-code' })
    expect(run.importId).toBe('i-1')
    expect(await run.completed).toEqual(report('i-1'))
    const steps = []
    for await (const step of run.progress()) steps.push(step)
    expect(steps).toMatchObject([{ itemResults: [{ itemType: 'SKILLS' }] }])
  })

  it('misses no report that comes before the answer, and takes none of another import', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => {
      peer.notify(`${IMPORT}/completed`, report('other'))
      peer.notify(`${IMPORT}/completed`, { ...report('i-1'), itemResults: [{ mine: true }] })
      return { importId: 'i-1' }
    })

    const run = await client.startImport(items)

    expect(await run.completed).toMatchObject({ importId: 'i-1', itemResults: [{ mine: true }] })
  })

  it('gets its report although nobody reads the events and their queue is full', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1 })
    for (let n = 0; n < 5; n += 1) peer.notify('turn/completed')
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))

    const run = await client.startImport(items)
    peer.notify('turn/completed')
    peer.notify(`${IMPORT}/completed`, report('i-1'))

    expect(await run.completed).toEqual(report('i-1'))
  })

  it('leaves the notifications in the events, too', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))
    await client.startImport(items)

    peer.notify(`${IMPORT}/completed`, report('i-1'))

    expect(await client.events().next()).toMatchObject({ value: { method: `${IMPORT}/completed` } })
  })

  it('fails with the refusal when the import was not begun', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => {
      throw new RpcError(-32603, 'config.toml:3: not TOML')
    })

    const start = client.startImport(items)

    await expect(start).rejects.toBeInstanceOf(ServerError)
    await expect(start).rejects.toThrow('externalAgentConfig/import failed: config.toml:3: not TOML')
  })

  it('completes an empty selection also with a server that says nothing of it', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))

    const run = await client.startImport([])

    expect(await run.completed).toEqual(report('i-1'))
  })

  it('stops the import when its signal aborts, and gives the report of what was done', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))
    const cancelled: unknown[] = []
    peer.answers.set(`${IMPORT}/cancel`, (params: unknown) => {
      cancelled.push(params)
      peer.notify(`${IMPORT}/completed`, report('i-1'))
      return { cancelled: true }
    })
    const controller = new AbortController()
    const run = await client.startImport(items, { signal: controller.signal })

    controller.abort(new Error('enough'))

    expect(await run.completed).toEqual(report('i-1'))
    expect(cancelled).toEqual([{ importId: 'i-1' }])
  })

  it('ends the wait when its signal aborts and the server cannot stop the import', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))
    peer.answers.set(`${IMPORT}/cancel`, () => ({ cancelled: false }))
    const controller = new AbortController()
    const run = await client.startImport(items, { signal: controller.signal })
    const steps = run.progress()[Symbol.asyncIterator]().next()

    controller.abort(new Error('enough'))

    await expect(run.completed).rejects.toMatchObject({ reason: 'aborted' })
    await expect(steps).rejects.toMatchObject({ reason: 'aborted' })
  })

  it('fails the wait when the connection is lost', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set(IMPORT, () => ({ importId: 'i-1' }))
    const run = await client.startImport(items)

    peer.end('it fell over')

    await expect(run.completed).rejects.toMatchObject({ reason: 'closed', detail: 'it fell over' })
  })

  it('keeps two imports apart', async () => {
    const peer = new Peer()
    const client = await peer.client()
    let count = 0
    peer.answers.set(IMPORT, () => {
      count += 1
      return { importId: `i-${count}` }
    })

    const runs = await Promise.all([client.startImport(items), client.startImport(items)])
    for (const id of ['i-2', 'i-1']) peer.notify(`${IMPORT}/completed`, report(id))

    expect((await Promise.all(runs.map((run) => run.completed))).map(({ importId }) => importId)).toEqual([
      'i-1',
      'i-2',
    ])
  })
})
