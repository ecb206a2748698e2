import { describe, expect, it } from 'vitest'
import { Peer } from './peer.js'

describe('shutdown', () => {
  it('finishes accepted requests, admits no further ones, and closes the connection', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const accepted = [1, 2, 3].map((n) => client.request('account/usage/read', { n }))

    const ending = client.shutdown()
    const refused = client.request('account/usage/read', { n: 4 })
    for (const { id } of peer.requests('account/usage/read')) peer.result(id, 'done')

    expect(await Promise.all(accepted)).toEqual(['done', 'done', 'done'])
    await expect(refused).rejects.toMatchObject({ reason: 'closed' })
    expect(await ending).toEqual({ forced: false })
    expect(await client.closed).toBe('the client was shut down')
    expect(peer.closes).toBe(1)
  })

  it('fails accepted requests when its time is over', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const stuck = client.request('account/usage/read')

    const ending = client.shutdown({ timeoutMs: 5 })

    await expect(stuck).rejects.toMatchObject({ reason: 'closed', detail: 'the client was shut down' })
    expect(await ending).toEqual({ forced: true })
  })

  it('may be called again, with the same outcome', async () => {
    const peer = new Peer()
    const client = await peer.client()

    const endings = await Promise.all([client.shutdown(), client.shutdown()])
    endings.push(await client.shutdown())

    expect(endings).toEqual([{ forced: false }, { forced: false }, { forced: false }])
    expect(peer.closes).toBe(1)
  })

  it('refuses the open requests of the server with -32603', async () => {
    const peer = new Peer()
    const client = await peer.client()
    client.onRequest('item/tool/call', () => new Promise(() => {}))
    peer.ask(1)
    peer.ask(2, 'item/tool/call')

    await client.shutdown()

    for (const id of [1, 2]) {
      expect(await peer.answerTo(id)).toEqual({
        type: 'error',
        id,
        error: { code: -32603, message: 'the client was shut down' },
      })
    }
  })

  it('leaves what was queued to be read, and then the events end', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.notify('configWarning', { summary: 'a' })

    await client.shutdown()

    const reader = client.events()
    expect(await reader.next()).toMatchObject({ value: { params: { summary: 'a' } } })
    expect(await reader.next()).toEqual({ value: undefined, done: true })
  })

  it('needs no reader to let a writer go that waits for room', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1, delivery: 'lossless' })
    const accepted = client.request('account/usage/read')
    for (let n = 0; n < 10; n += 1) peer.notify('warning', { n })

    const ending = client.shutdown()
    peer.result(peer.requests('account/usage/read')[0]?.id ?? '', 'done')

    expect(await accepted).toBe('done')
    expect(await ending).toEqual({ forced: false })
  })

  it('can be begun, with events read until the end, and finished', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const accepted = client.request('account/usage/read')
    const tail = await client.beginShutdown()
    await expect(client.request('threadSection/list')).rejects.toMatchObject({ reason: 'closed' })
    const seen: string[] = []
    const read = (async () => {
      for await (const event of client.events()) if (event.type === 'notification') seen.push(event.method)
    })()

    peer.notify('turn/completed', {})
    peer.result(peer.requests('account/usage/read')[0]?.id ?? '', 'done')

    expect(await tail.finish()).toEqual({ forced: false })
    expect(await accepted).toBe('done')
    await read
    expect(seen).toEqual(['turn/completed'])
  })

  it('is what disposing does', async () => {
    const peer = new Peer()
    {
      await using client = await peer.client()
      expect(client.server.version).toBe('1.2.3')
    }

    expect(peer.closes).toBe(1)
  })

  it('is quick and unforced after the connection was lost', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.end('it fell over')
    await client.closed

    expect(await client.shutdown()).toEqual({ forced: false })
    await expect(client.notify('initialized')).rejects.toMatchObject({ reason: 'closed' })
  })
})
