import { describe, expect, it } from 'vitest'
import type { AppServerClient, ClientEvent } from '../src/index.js'
import { Peer } from './peer.js'
import { scripted } from './scripted.js'

const turnCompleted = (id: number) => ({ threadId: 't', turn: { id: `${id}` } })

async function readAll(client: AppServerClient): Promise<ClientEvent[]> {
  const events: ClientEvent[] = []
  for await (const event of client.events()) events.push(event)
  return events
}

describe('events', () => {
  it('yields what came before the first reader and after, and the disconnect last', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.notify('configWarning', { summary: 'early' })
    const read = readAll(client)
    await Promise.resolve()

    peer.notify('turn/completed', turnCompleted(1))
    peer.end('it fell over')
    peer.notify('turn/completed', turnCompleted(2))

    expect(await read).toEqual([
      { type: 'notification', method: 'configWarning', params: { summary: 'early' } },
      { type: 'notification', method: 'turn/completed', params: turnCompleted(1) },
      { type: 'disconnected', reason: 'it fell over' },
    ])
  })

  it('ignores a notification that the protocol does not have', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.notify('made/up')
    peer.notify('toString')

    await client.shutdown()

    expect(await readAll(client)).toEqual([])
  })

  it('passes on the notifications of the first protocol when they are asked for, and only then', async () => {
    const { client, connection } = await scripted({ legacyNotifications: true })
    const other = await scripted()
    for (const each of [connection, other.connection]) {
      each.notify('codex/event/session_configured', { conversationId: 'c' })
      each.notify('codexevent', {})
    }

    await Promise.all([client.shutdown(), other.client.shutdown()])

    expect(await readAll(client)).toEqual([
      { type: 'legacyNotification', method: 'codex/event/session_configured', params: { conversationId: 'c' } },
    ])
    expect(await readAll(other.client)).toEqual([])
    expect(connection.requests('initialize')[0]?.params).toMatchObject({ capabilities: { legacyNotifications: true } })
    expect(other.connection.requests('initialize')[0]?.params).not.toHaveProperty('capabilities.legacyNotifications')
  })

  it('has one reader at a time, and the next goes on where it left', async () => {
    const peer = new Peer()
    const client = await peer.client()
    for (const id of [1, 2, 3]) peer.notify('turn/completed', turnCompleted(id))
    const seen: unknown[] = []

    for await (const event of client.events()) {
      seen.push(event)
      expect(() => client.events()).toThrow('the events of this client have a reader already')
      break
    }
    await client.shutdown()
    seen.push(...(await readAll(client)))

    expect(seen).toMatchObject([1, 2, 3].map((id) => ({ params: turnCompleted(id) })))
  })

  it('ends the reading with the reason of its signal, and loses nothing', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const controller = new AbortController()
    const reader = client.events({ signal: controller.signal })
    const next = reader.next()

    controller.abort(new Error('enough'))
    peer.notify('turn/completed', turnCompleted(1))

    await expect(next).rejects.toThrow('enough')
    expect(await client.events().next()).toMatchObject({ value: { params: turnCompleted(1) } })
  })

  it('does not hang when a request is awaited in the loop while the queue is full', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1 })
    peer.answers.set('account/usage/read', () => {
      for (let id = 100; id < 200; id += 1) peer.notify('turn/completed', turnCompleted(id))
      return 'here'
    })
    for (let id = 0; id < 50; id += 1) peer.notify('turn/completed', turnCompleted(id))
    const answers: unknown[] = []
    let seen = 0

    for await (const event of client.events()) {
      if (event.type !== 'notification') continue
      seen += 1
      if (seen % 50 === 1) answers.push(await client.request('account/usage/read'))
      if (seen === 150) break
    }

    expect(answers).toEqual(['here', 'here', 'here'])
  })

  it('stops reading from a peer while the queue is full and no answer is awaited', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 2 })
    for (let id = 0; id < 50; id += 1) peer.notify('turn/completed', turnCompleted(id))
    expect(peer.isPaused).toBe(true)

    const call = client.request('account/usage/read')
    expect(peer.isPaused).toBe(false)
    peer.result(peer.requests('account/usage/read')[0]?.id ?? '', 'here')
    expect(await call).toBe('here')

    const ids: unknown[] = []
    for await (const event of client.events()) {
      if (event.type === 'notification') ids.push((event.params as { turn: { id: string } }).turn.id)
      if (ids.length === 50) break
    }
    expect(ids).toEqual(Array.from({ length: 50 }, (_, id) => `${id}`))
  })

  it('announces what a slow reader has missed', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1 })
    for (let n = 0; n < 4; n += 1) peer.notify('warning', { message: `${n}` })
    const reader = client.events()

    expect(await reader.next()).toMatchObject({ value: { params: { message: '0' } } })
    expect(await reader.next()).toEqual({
      value: { type: 'lagged', skipped: 3, byMethod: { warning: 3 } },
      done: false,
    })
  })
})
