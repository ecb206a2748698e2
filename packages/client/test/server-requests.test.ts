import { RpcError } from '@gangway/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ClientRequestEvent } from '../src/index.js'
import { Peer } from './peer.js'

const APPROVAL = 'item/commandExecution/requestApproval'
const ACCEPT = { decision: 'accept' } as const
const DECLINE = { decision: 'decline' } as const

afterEach(() => {
  vi.useRealTimers()
})

async function nextRequest(client: Awaited<ReturnType<Peer['client']>>): Promise<ClientRequestEvent> {
  for await (const event of client.events()) if (event.type === 'request') return event
  throw new Error('there was no request')
}

describe('onRequest', () => {
  it.each([0, '', -3, 7, 9007199254740993n])('answers a request with the id %s as its handler says', async (id) => {
    const peer = new Peer()
    const client = await peer.client()
    const seen: unknown[] = []
    client.onRequest(APPROVAL, async (params) => {
      seen.push(params)
      return DECLINE
    })

    peer.ask(id, APPROVAL, { threadId: 't' })

    expect(await peer.answerTo(id)).toEqual({ type: 'response', id, result: DECLINE })
    expect(seen).toEqual([{ threadId: 't' }])
  })

  it('takes requests that came before it, and keeps them from readers', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(1)
    peer.ask(2, 'item/fileChange/requestApproval')

    client.onRequest(APPROVAL, () => ACCEPT)

    expect(await peer.answerTo(1)).toMatchObject({ result: ACCEPT })
    expect(await nextRequest(client)).toMatchObject({ id: 2 })
  })

  it('refuses with -32603 when the handler throws, and goes on with the next request', async () => {
    const peer = new Peer()
    const client = await peer.client()
    client.onRequest(APPROVAL, (_params, { id }) => {
      if (id === 1) throw new Error('broken')
      return ACCEPT
    })

    peer.ask(1)
    peer.ask(2)

    expect(await peer.answerTo(1)).toEqual({ type: 'error', id: 1, error: { code: -32603, message: 'broken' } })
    expect(await peer.answerTo(2)).toMatchObject({ result: ACCEPT })
  })

  it('passes on an RpcError that the handler throws', async () => {
    const peer = new Peer()
    const client = await peer.client()
    client.onRequest(APPROVAL, () => Promise.reject(new RpcError(-1, 'no', { why: 'x' })))

    peer.ask(1)

    expect(await peer.answerTo(1)).toMatchObject({ error: { code: -1, message: 'no', data: { why: 'x' } } })
  })

  it('has one handler for a method, until that is taken away', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const off = client.onRequest(APPROVAL, () => ACCEPT)
    expect(() => client.onRequest(APPROVAL, () => DECLINE)).toThrow(`there is a handler for ${APPROVAL} already`)

    off()
    client.onRequest(APPROVAL, () => DECLINE)
    off()
    peer.ask(1)

    expect(await peer.answerTo(1)).toMatchObject({ result: DECLINE })
  })

  it('answers although the queue is full', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1 })
    client.onRequest(APPROVAL, () => ACCEPT)
    peer.notify('warning')

    peer.ask(1)

    expect(await peer.answerTo(1)).toMatchObject({ result: ACCEPT })
  })

  it('answers although as many requests are on the wire as may be', async () => {
    const peer = new Peer()
    const client = await peer.client({ maxInFlight: 1 })
    client.onRequest(APPROVAL, () => ACCEPT)
    const turn = client.request('threadSection/list')
    const next = client.request('account/usage/read')

    peer.ask(1)
    await peer.answerTo(1)
    peer.answers.set('account/usage/read', () => 'next')
    peer.result(peer.requests('threadSection/list')[0]?.id ?? '', 'turn')

    expect(await Promise.all([turn, next])).toEqual(['turn', 'next'])
  })

  it('tells the handler when the answer is not needed any more, and sends none', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const why = new Promise<unknown>((resolve) => {
      client.onRequest(APPROVAL, (_params, { signal }) => {
        return new Promise((answer) => {
          signal.addEventListener('abort', () => {
            resolve(signal.reason)
            answer(ACCEPT)
          })
        })
      })
    })

    peer.ask(1)
    await Promise.resolve()
    await Promise.resolve()
    peer.notify('serverRequest/resolved', { threadId: 't', requestId: 1 })

    expect(await why).toMatchObject({ message: 'it was answered elsewhere' })
    await new Promise(setImmediate)
    expect(peer.sent.filter((message) => 'id' in message && message.id === 1)).toEqual([])
  })
})

describe('a request in the events', () => {
  it('is answered by its respond, once', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(0)
    const request = await nextRequest(client)

    expect([await request.respond(ACCEPT), await request.respond(DECLINE)]).toEqual([true, false])
    expect(await request.reject({ code: 1, message: 'x' })).toBe(false)
    expect(peer.sent.slice(2)).toEqual([{ type: 'response', id: 0, result: ACCEPT }])
  })

  it('is refused by its reject', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(0)

    await (await nextRequest(client)).reject({ code: -5, message: 'no' })

    expect(await peer.answerTo(0)).toEqual({ type: 'error', id: 0, error: { code: -5, message: 'no' } })
  })

  it('can be answered by its id alone', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(1)
    peer.ask(2)

    const answers = [
      await client.resolveServerRequest(1, 'yes'),
      await client.rejectServerRequest(2, { code: 1, message: 'no' }),
      await client.resolveServerRequest(1, 'again'),
      await client.resolveServerRequest(3, 'what'),
    ]

    expect(answers).toEqual([true, true, false, false])
  })

  it('aborts its signal when it was answered elsewhere', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(1)
    const request = await nextRequest(client)

    peer.notify('serverRequest/resolved', { threadId: 't', requestId: 1 })

    expect(request.signal.aborted).toBe(true)
    expect(await request.respond(ACCEPT)).toBe(false)
  })

  it('is not shown when it was settled while it waited', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.ask(1)
    peer.ask(2)

    await client.resolveServerRequest(1, 'yes')

    expect(await nextRequest(client)).toMatchObject({ id: 2 })
  })
})

describe('a request that nobody takes', () => {
  it('is refused with -32601 after unhandledRequestMs', async () => {
    const peer = new Peer()
    const client = await peer.client()
    vi.useFakeTimers()
    peer.ask(1)

    vi.advanceTimersByTime(4_999)
    expect(peer.sent).toHaveLength(2)
    vi.advanceTimersByTime(1)

    expect(peer.sent.at(-1)).toEqual({
      type: 'error',
      id: 1,
      error: { code: -32601, message: `nobody handles ${APPROVAL}` },
    })
    vi.useRealTimers()
    await client.shutdown()
  })

  it('is not refused while a reader is there, however long the answer takes', async () => {
    const peer = new Peer()
    const client = await peer.client()
    vi.useFakeTimers()
    peer.ask(1)
    const reader = client.events()

    vi.advanceTimersByTime(60_000)

    expect(await reader.next()).toMatchObject({ value: { id: 1 } })
    expect(peer.sent).toHaveLength(2)
  })

  it('is refused when the reader leaves without having seen it', async () => {
    const peer = new Peer()
    const client = await peer.client({ unhandledRequestMs: 1 })
    const reader = client.events()
    peer.ask(1)

    await reader.return?.()

    expect(await peer.answerTo(1)).toMatchObject({ error: { code: -32601 } })
  })

  it('is refused at once when the method is unknown', async () => {
    const peer = new Peer()
    await peer.client()

    peer.ask(1, 'made/up')

    expect(await peer.answerTo(1)).toEqual({
      type: 'error',
      id: 1,
      error: { code: -32601, message: 'unsupported remote app-server request `made/up`' },
    })
  })

  it('is refused at once with -32001 when there is no room for it', async () => {
    const peer = new Peer()
    const client = await peer.client({ channelCapacity: 1, unhandledRequestMs: 1 })
    peer.notify('warning')

    peer.ask(1)
    await client.shutdown()

    expect(peer.sent.slice(2)).toEqual([
      { type: 'error', id: 1, error: { code: -32001, message: 'in-process app-server event queue is full' } },
    ])
  })
})
