import {
  agentMessage,
  listenWebsocket,
  noAnswer,
  type PeerConnection,
  ScriptedPeer,
  turnEvents,
  turnOf,
} from '@gangway/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { AppServerClient, type ConnectionChange, type ConnectOptions, IndeterminateError } from '../src/index.js'
import { all, name, settle } from './scripted.js'

const { threadId } = name
const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Setup {
  readonly peer: ScriptedPeer
  readonly client: AppServerClient
  readonly first: PeerConnection
  readonly changes: ConnectionChange[]
}

/** A client that has started a thread on a peer whose `thread/resume` shows `turns`. */
async function setup(turns: () => unknown[] = () => [], options: Partial<ConnectOptions> = {}): Promise<Setup> {
  const peer = new ScriptedPeer()
  peer.on('thread/start', () => ({ thread: { id: threadId, status: { type: 'idle' }, turns: [] } }))
  peer.on('thread/resume', () => ({ thread: { id: threadId, status: { type: 'idle' }, turns: turns() } }))
  peer.on('turn/start', () => ({ turn: turnOf('u', 'inProgress') }))
  const listener = await listenWebsocket(peer)
  closers.push(() => listener.close())
  const changes: ConnectionChange[] = []
  const client = await AppServerClient.connect({
    url: listener.address,
    clientInfo: { name: 'test', version: '1' },
    reconnect: { baseDelayMs: 1, onChange: (change) => changes.push(change) },
    ...options,
  } as ConnectOptions)
  closers.push(() => client.shutdown())
  await client.requestRaw('thread/start', {})
  return { peer, client, first: await peer.connection(), changes }
}

describe('reconnect', () => {
  it('makes a lost connection anew, introduces itself, resumes its threads and says so', async () => {
    const { client, first, peer, changes } = await setup()

    first.destroy()
    const second = await peer.connection(2)
    await second.request('thread/resume')

    expect(await client.requestRaw('thread/resume', { threadId })).toMatchObject({ ok: true })
    expect(second.received.map((message) => ('method' in message ? message.method : ''))).toEqual([
      'initialize',
      'initialized',
      'thread/resume',
      'thread/resume',
    ])
    expect(second.requests('thread/resume')[0]?.params).toEqual({ threadId })
    expect(changes).toMatchObject([{ state: 'lost' }, { state: 'restored', attempts: 1 }])
  })

  it('sends again what only reads, and fails what may have taken effect', async () => {
    const { client, first, peer } = await setup()
    peer.on('account/usage/read', (_, { connection }) => (connection === first ? noAnswer : 'here'))
    peer.on('config/value/write', () => noAnswer)
    const reading = client.requestRaw('account/usage/read', {})
    const writing = client.requestRaw('config/value/write', {})
    await first.request('config/value/write')

    first.destroy()

    await expect(writing).rejects.toMatchObject({
      reason: 'closed',
      cause: expect.any(IndeterminateError),
      message: expect.stringMatching(
        /^config\/value\/write transport error: remote app server at `.*` closed the connection$/,
      ),
    })
    await expect(writing).rejects.toHaveProperty('cause.message', expect.stringMatching(/^indeterminate: /))
    expect(await reading).toEqual({ ok: true, result: 'here' })
    expect((await peer.connection(2)).requests('config/value/write')).toEqual([])
  })

  it('lets calls wait that are made meanwhile, and does not send those that nobody waits for', async () => {
    const { client, first, peer, changes } = await setup()
    peer.on('config/value/write', () => 'written')
    first.destroy()
    await first.closed
    while (changes.length === 0) await settle()

    const controller = new AbortController()
    const given = client.requestRaw('config/value/write', { n: 1 }, { signal: controller.signal })
    const kept = client.requestRaw('config/value/write', { n: 2 })
    controller.abort(new Error('enough'))

    await expect(given).rejects.toMatchObject({ reason: 'aborted' })
    expect(await kept).toEqual({ ok: true, result: 'written' })
    expect((await peer.connection(2)).requests('config/value/write').map(({ params }) => params)).toEqual([{ n: 2 }])
  })

  it('tells what was missed as if the server had, once, and completes the turn', async () => {
    const one = agentMessage('m1', 'One. ')
    const two = agentMessage('m2', 'Two.')
    const { client, first, peer } = await setup(() => [turnOf('u', 'completed', [one, two]), turnOf('v', 'completed')])
    const turn = await client.startTurn(threadId, 'hi')
    const text = all(turn.text())
    const events = all(client.events())
    for (const event of [
      turnEvents.status(threadId, 'active'),
      turnEvents.started(name),
      turnEvents.itemCompleted(name, one),
      turnEvents.delta(name, 'm2', 'Tw'),
    ]) {
      first.notify(...event)
    }
    await firstOf(turn.events())
    peer.on('thread/resume', (_, { connection, request }) => {
      connection.result(request.id, {
        thread: {
          id: threadId,
          status: { type: 'idle' },
          turns: [turnOf('u', 'completed', [one, two]), turnOf('v', 'completed')],
        },
      })
      connection.notify(...turnEvents.itemCompleted(name, two))
      connection.notify(...turnEvents.completed(name))
      connection.notify('warning', { message: 'live' })
      return noAnswer
    })

    first.destroy()

    expect(await turn.completed).toMatchObject({ recovered: true, turn: { id: 'u' } })
    expect((await text).join('')).toBe('One. Two.')
    await (await peer.connection(2)).request('thread/resume')
    await client.requestRaw('initialized-by-now', {})
    await client.shutdown()
    expect(
      (await events).map((event) => ('method' in event ? `${event.method} ${idIn(event.params)}` : event.type)),
    ).toEqual([
      'thread/status/changed ',
      'turn/started u',
      'item/completed m1',
      'item/agentMessage/delta m2',
      'item/completed m2',
      'turn/completed u',
      'turn/started v',
      'turn/completed v',
      'thread/status/changed ',
      'warning ',
    ])
    expect((await peer.connection(2)).requests('turn/start')).toEqual([])
  })

  it('gives every word once although deltas were missed in the middle of a message', async () => {
    const { client, first, peer } = await setup()
    peer.on('thread/resume', () => ({
      thread: { id: threadId, status: { type: 'active', activeFlags: [] }, turns: [turnOf('u', 'inProgress')] },
    }))
    const turn = await client.startTurn(threadId, 'hi')
    const text = all(turn.text())
    const events = all(turn.events())
    first.notify(...turnEvents.delta(name, 'm1', 'one '))
    await firstOf(turn.text())

    first.destroy()
    const second = await peer.connection(2)
    await second.request('thread/resume')
    second.notify(...turnEvents.delta(name, 'm1', 'three '))
    second.notify(...turnEvents.itemCompleted(name, agentMessage('m1', 'one two three ')))
    second.notify(...turnEvents.completed(name))

    expect((await text).join('')).toBe('one two three ')
    expect(await events).toContainEqual({ type: 'lagged', skipped: 0, byMethod: {} })
    await client.shutdown()
  })

  it('goes on with a turn that still runs', async () => {
    const one = agentMessage('m1', 'One. ')
    const { client, first, peer } = await setup(() => [turnOf('u', 'inProgress', [one])])
    peer.on('thread/resume', () => ({
      thread: { id: threadId, status: { type: 'active', activeFlags: [] }, turns: [turnOf('u', 'inProgress', [one])] },
    }))
    const turn = await client.startTurn(threadId, 'hi')
    first.notify(...turnEvents.delta(name, 'm1', 'One'))
    await firstOf(turn.text())

    first.destroy()
    const second = await peer.connection(2)
    await second.request('thread/resume')
    second.notify(...turnEvents.itemCompleted(name, one))
    second.notify(...turnEvents.itemCompleted(name, agentMessage('m2', 'Two.')))
    second.notify(...turnEvents.completed(name))

    expect((await all(turn.text())).join('')).toBe('One. Two.')
    expect(await turn.completed).toMatchObject({ recovered: false })
  })

  it('shows an approval once that is asked again, and answers it on the new connection', async () => {
    const { client, first, peer } = await setup()
    const ask = { ...name, itemId: 'c' }
    peer.on('thread/resume', (_, { connection }) => {
      queueMicrotask(() => connection.ask(7, 'item/commandExecution/requestApproval', ask))
      return { thread: { id: threadId, status: { type: 'idle' }, turns: [] } }
    })
    const events = client.events()
    first.ask(7, 'item/commandExecution/requestApproval', ask)
    const { value: approval } = await events.next()
    if (approval?.type !== 'request') throw new Error(`no request: ${JSON.stringify(approval)}`)

    first.destroy()
    const second = await peer.connection(2)
    await second.request('thread/resume')
    await client.requestRaw('account/usage/read', {})

    expect(approval.signal.aborted).toBe(false)
    expect(await approval.respond({ decision: 'accept' })).toBe(true)
    expect(await second.answerTo(7)).toMatchObject({ result: { decision: 'accept' } })
    const next = events.next()
    await client.shutdown()
    expect(await next).toEqual({ value: undefined, done: true })
  })

  it('voids an approval that is not asked again', async () => {
    const { client, first } = await setup()
    const events = client.events()
    first.ask(7, 'item/commandExecution/requestApproval', name)
    const { value: approval } = await events.next()
    if (approval?.type !== 'request') throw new Error(`no request: ${JSON.stringify(approval)}`)

    first.destroy()
    await new Promise((resolve) => approval.signal.addEventListener('abort', resolve))

    expect(await approval.respond({ decision: 'accept' })).toBe(false)
  })

  it('ends with one disconnected event when all tries have failed', async () => {
    const { client } = await setup(undefined, { reconnect: { baseDelayMs: 1, attempts: 2 } })
    const turn = await client.startTurn(threadId, 'hi')
    const waiting = client.closed

    await closers.shift()?.()

    expect(await waiting).toMatch(/failed to connect to remote app server/)
    await expect(turn.completed).rejects.toMatchObject({ reason: 'closed' })
    expect(await all(client.events())).toEqual([
      { type: 'disconnected', reason: expect.stringMatching(/ECONNREFUSED/) },
    ])
    await expect(client.requestRaw('account/usage/read', {})).rejects.toMatchObject({ reason: 'closed' })
  })

  it('stops trying when the client is shut down', async () => {
    const { client, first, changes } = await setup(undefined, { reconnect: { baseDelayMs: 60_000 } })
    first.destroy()
    await first.closed
    await settle()

    expect(await client.shutdown()).toEqual({ forced: false })
    expect(changes).toEqual([])
  })

  it('is off unless it is asked for', async () => {
    const { client, first, peer } = await setup(undefined, { reconnect: false })

    first.destroy()
    await client.closed

    expect(peer.connections).toHaveLength(1)
  })
})

function idIn(params: unknown): string {
  const { item, itemId, turn } = params as { item?: { id: string }; itemId?: string; turn?: { id: string } }
  return item?.id ?? itemId ?? turn?.id ?? ''
}

async function firstOf<T>(source: AsyncIterable<T>): Promise<T | undefined> {
  for await (const entry of source) return entry
  return undefined
}
