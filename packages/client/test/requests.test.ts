import { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import {
  DecodeError,
  DrainingError,
  NotInitializedError,
  OverloadedError,
  retryOverloaded,
  ServerError,
  TransportError,
} from '../src/index.js'
import { Peer } from './peer.js'

describe('request', () => {
  it('gives the result of its own answer, whatever the order of the answers', async () => {
    const peer = new Peer()
    const client = await peer.client()

    const first = client.request('account/usage/read', { n: 1 })
    const second = client.request('account/usage/read', { n: 2 })
    const [one, two] = peer.requests('account/usage/read')
    peer.result(two?.id ?? '', 'second')
    peer.result(one?.id ?? '', 'first')

    expect(await Promise.all([first, second])).toEqual(['first', 'second'])
  })

  it('ignores an answer that nobody waits for', async () => {
    const peer = new Peer()
    const client = await peer.client()

    peer.result(99, 'what')
    peer.error('99', -1, 'what')
    peer.answers.set('account/usage/read', () => 'here')

    expect(await client.request('account/usage/read')).toBe('here')
  })

  it.each([
    [-32600, 'no such thread', undefined, ServerError],
    [-32001, 'Server overloaded; retry later.', undefined, OverloadedError],
    [-32600, 'Server is draining; retry after reconnecting', { reason: 'serverShuttingDown' }, DrainingError],
    [-32600, 'Not initialized', undefined, NotInitializedError],
  ])('fails with its own class for a refusal %i %s', async (code, message, data, kind) => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set('account/usage/read', () => {
      throw new RpcError(code, message, data)
    })

    const error = await client.request('account/usage/read').catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(kind)
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({
      name: kind.name,
      method: 'account/usage/read',
      code,
      data,
      message: `account/usage/read failed: ${message}`,
    })
  })

  it('fails with DecodeError when another process answers with something else than the result', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set('externalAgentConfig/import', () => ({ importId: 5 }))

    const call = client.request('externalAgentConfig/import', { migrationItems: [] })

    await expect(call).rejects.toBeInstanceOf(DecodeError)
    await expect(call).rejects.toThrow(/^externalAgentConfig\/import response decode error: /)
  })

  it('fails every open call with the reason when the connection is lost, and every later one', async () => {
    const peer = new Peer()
    const client = await peer.client({ maxInFlight: 1 })
    const calls = [client.request('account/usage/read'), client.request('threadSection/list')]

    peer.end('the peer fell over')
    calls.push(client.request('account/usage/read'))

    for (const call of calls) {
      await expect(call).rejects.toBeInstanceOf(TransportError)
      await expect(call).rejects.toMatchObject({ reason: 'closed', detail: 'the peer fell over' })
    }
    await expect(calls[0]).rejects.toThrow('account/usage/read transport error: the peer fell over')
    expect(await client.closed).toBe('the peer fell over')
  })

  it('ends the wait at once when its signal aborts, sends nothing, and ignores the late answer', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const controller = new AbortController()
    const call = client.request('account/usage/read', {}, { signal: controller.signal })
    const sent = peer.sent.length

    controller.abort(new Error('user pressed Esc'))

    await expect(call).rejects.toMatchObject({ reason: 'aborted', cause: { message: 'user pressed Esc' } })
    expect(peer.sent.length).toBe(sent)
    peer.result(peer.requests('account/usage/read')[0]?.id ?? '', 'late')
    peer.answers.set('account/usage/read', () => 'next')
    expect(await client.request('account/usage/read')).toBe('next')
  })

  it('does not send a request whose signal has aborted before', async () => {
    const peer = new Peer()
    const client = await peer.client()

    const call = client.request('account/usage/read', {}, { signal: AbortSignal.abort() })

    await expect(call).rejects.toMatchObject({ reason: 'aborted' })
    expect(peer.requests('account/usage/read')).toEqual([])
  })

  it('fails when no answer comes in time', async () => {
    const client = await new Peer().client()

    const call = client.request('account/usage/read', {}, { timeoutMs: 5 })

    await expect(call).rejects.toMatchObject({
      reason: 'timeout',
      message: 'account/usage/read transport error: no answer within 5 ms',
    })
  })

  it('has at most 64 requests on the wire, and sends the others first come first served', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const calls = Array.from({ length: 70 }, (_, n) => client.request('account/usage/read', { n }))
    expect(peer.requests('account/usage/read')).toHaveLength(64)

    peer.answers.set('account/usage/read', (params) => (params as { n: number }).n)
    for (const { id, params } of peer.requests('account/usage/read')) peer.result(id, (params as { n: number }).n)

    expect(await Promise.all(calls)).toEqual(Array.from({ length: 70 }, (_, n) => n))
    expect(peer.requests('account/usage/read').map(({ params }) => (params as { n: number }).n)).toEqual(
      Array.from({ length: 70 }, (_, n) => n),
    )
  })

  it('gives the place of an aborted request to the next, and never sends one that was aborted in line', async () => {
    const peer = new Peer()
    const client = await peer.client({ maxInFlight: 1 })
    const controllers = [new AbortController(), new AbortController()]
    const calls = controllers.map(({ signal }, n) => client.request('account/usage/read', { n }, { signal }))
    const last = client.request('account/usage/read', { n: 2 })

    controllers[1]?.abort()
    controllers[0]?.abort()
    peer.result(peer.requests('account/usage/read').at(-1)?.id ?? '', 'last')

    expect(await last).toBe('last')
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(peer.requests('account/usage/read').map(({ params }) => params)).toEqual([{ n: 0 }, { n: 2 }])
  })

  it('fails only the call whose answer is too large', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const large = client.request('account/usage/read')
    const other = client.request('threadSection/list')

    peer.skip({ id: peer.requests('account/usage/read')[0]?.id ?? '' }, 100)
    peer.result(peer.requests('threadSection/list')[0]?.id ?? '', 'fine')

    await expect(large).rejects.toMatchObject({ reason: 'tooLarge', detail: 'a message of more than 100 bytes came' })
    expect(await other).toBe('fine')
  })

  it('refuses an id that is open already without sending it, and the first call goes on', async () => {
    const peer = new Peer()
    const link = peer.link()
    const first = link.request(1, 'account/usage/read', {})

    const second = link.request(1, 'threadSection/list', {})
    const other = link.request('1', 'account/usage/read', {})
    peer.result(1, 'first')
    peer.result('1', 'other')

    await expect(second).rejects.toThrow(
      'threadSection/list transport error: duplicate remote app-server request id `1`',
    )
    expect(await Promise.all([first, other])).toEqual(['first', 'other'])
    expect(peer.requests('threadSection/list')).toEqual([])
  })
})

describe('requestRaw', () => {
  it('gives a refusal as a value', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set('made/up', () => {
      throw new RpcError(-32600, 'no', { a: 1 })
    })

    expect(await client.requestRaw('made/up', {})).toEqual({
      ok: false,
      error: { code: -32600, message: 'no', data: { a: 1 } },
    })
  })

  it('gives a result as it came, even one that is not what the protocol says', async () => {
    const peer = new Peer()
    const client = await peer.client()
    peer.answers.set('externalAgentConfig/import', () => 7)

    expect(await client.requestRaw('externalAgentConfig/import', { migrationItems: [] })).toEqual({
      ok: true,
      result: 7,
    })
  })

  it('throws when there is no answer', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const call = client.requestRaw('account/usage/read')

    peer.end()

    await expect(call).rejects.toBeInstanceOf(TransportError)
  })
})

describe('requestHandle', () => {
  it('makes requests, and is dead after the client has ended', async () => {
    const peer = new Peer()
    const client = await peer.client()
    const { request } = client.requestHandle()
    peer.answers.set('account/usage/read', () => 'here')

    expect(await request('account/usage/read')).toBe('here')
    await client.shutdown()

    await expect(request('account/usage/read')).rejects.toMatchObject({ reason: 'closed' })
  })
})

describe('retryOverloaded', () => {
  const overloaded = () =>
    new OverloadedError('account/usage/read', new RpcError(-32001, 'Server overloaded; retry later.'))

  it('tries again while the server is overloaded', async () => {
    let tries = 0

    const result = await retryOverloaded(
      async () => {
        tries += 1
        if (tries < 3) throw overloaded()
        return tries
      },
      { baseDelayMs: 1 },
    )

    expect(result).toBe(3)
  })

  it('throws the refusal after the last try', async () => {
    let tries = 0
    const run = retryOverloaded(
      () => {
        tries += 1
        return Promise.reject(overloaded())
      },
      { attempts: 2, baseDelayMs: 1 },
    )

    await expect(run).rejects.toBeInstanceOf(OverloadedError)
    expect(tries).toBe(2)
  })

  it('does not try again after any other failure', async () => {
    let tries = 0
    const run = retryOverloaded(() => {
      tries += 1
      return Promise.reject(new TransportError('account/usage/read', 'closed', 'gone'))
    })

    await expect(run).rejects.toThrow('gone')
    expect(tries).toBe(1)
  })

  it('stops waiting when its signal aborts', async () => {
    const controller = new AbortController()
    const run = retryOverloaded(() => Promise.reject(overloaded()), { baseDelayMs: 60_000, signal: controller.signal })
    await Promise.resolve()

    controller.abort(new Error('enough'))

    await expect(run).rejects.toThrow('enough')
  })
})
