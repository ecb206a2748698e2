import type { QueueEvent } from '@gangway/protocol/channel'
import { describe, expect, it } from 'vitest'
import { runtimeSettings } from '../src/create-app-server.js'
import { silentLog } from '../src/log.js'
import { Runtime } from '../src/runtime.js'
import { connectInProcess } from '../src/transports/in-process.js'
import { introduction, type TestHome, testHome } from './support/homes.js'

const COMPLETED = 'externalAgentConfig/import/completed'
const PROGRESS = 'externalAgentConfig/import/progress'
const result = (importId: string) => ({ importId, itemTypeResults: [], itemResults: [] })

async function linkOf(runtime: Runtime, channelCapacity: number) {
  const link = connectInProcess(runtime, { sessionSource: 'exec', channelCapacity })
  await link.request(1, 'initialize', introduction())
  return link
}

async function readToEnd(events: AsyncIterable<QueueEvent>): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for await (const event of events)
    all.push('params' in event ? (event.params as { importId: string }).importId : event)
  return all
}

const start = (home: TestHome) => new Runtime(runtimeSettings({ ...home }, silentLog))

describe('a client that reads slowly, or not at all', () => {
  it('gets every lossless event, in order, though its queue is full', async () => {
    using home = testHome()
    const runtime = start(home)
    const link = await linkOf(runtime, 1)
    const told = ['a', 'b', 'c', 'd'].map((id) => runtime.broadcast(COMPLETED, result(id)))

    const reading = readToEnd(link.events)
    await Promise.all(told)
    await runtime.close()

    expect(await reading).toEqual(['a', 'b', 'c', 'd'])
  })

  it('loses progress for want of room, and is told that it did', async () => {
    using home = testHome()
    const runtime = start(home)
    const link = await linkOf(runtime, 1)
    await runtime.broadcast(PROGRESS, result('a'))
    await runtime.broadcast(PROGRESS, result('b'))
    const told = runtime.broadcast(COMPLETED, result('c'))

    const reading = readToEnd(link.events)
    await told
    await runtime.close()

    expect(await reading).toEqual(['a', { type: 'lagged', skipped: 1, byMethod: { [PROGRESS]: 1 } }, 'c'])
  })

  it('holds back nobody else', async () => {
    using home = testHome()
    const runtime = start(home)
    await linkOf(runtime, 1)
    const quick = await linkOf(runtime, 8)

    for (const id of ['a', 'b', 'c']) void runtime.broadcast(COMPLETED, result(id))

    expect(quick.events.length).toBe(3)
    await runtime.close()
  })

  it('does not keep the server from closing, and can still read what waited for it', async () => {
    using home = testHome()
    const runtime = start(home)
    const link = await linkOf(runtime, 1)
    for (const id of ['a', 'b', 'c']) void runtime.broadcast(COMPLETED, result(id))

    expect(await runtime.close({ timeoutMs: 60_000 })).toEqual({ forced: false })

    expect(await readToEnd(link.events)).toEqual(['a', 'b', 'c'])
  })

  it('is told nothing before it has introduced itself', async () => {
    using home = testHome()
    const runtime = start(home)
    const link = connectInProcess(runtime, { sessionSource: 'exec' })

    await runtime.broadcast(COMPLETED, result('a'))

    expect(link.events.length).toBe(0)
    await runtime.close()
  })
})
