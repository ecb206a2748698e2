import { RpcError } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { DecodeError, ServerError } from '../src/index.js'
import { Peer } from './peer.js'

describe('starting a client', () => {
  it('sends initialize, waits for its answer, and sends initialized', async () => {
    const peer = new Peer()

    await peer.client()

    expect(peer.sent).toEqual([
      {
        type: 'request',
        id: 'initialize',
        method: 'initialize',
        params: {
          clientInfo: { name: 'test', title: null, version: '1' },
          capabilities: { experimentalApi: false, optOutNotificationMethods: null },
        },
      },
      { type: 'notification', method: 'initialized', params: undefined },
    ])
  })

  it('passes on the capability and the unwanted notifications', async () => {
    const peer = new Peer()

    await peer.client({ experimentalApi: true, optOutNotifications: ['thread/started'] })

    expect(peer.requests('initialize')[0]?.params).toMatchObject({
      capabilities: { experimentalApi: true, optOutNotificationMethods: ['thread/started'] },
    })
  })

  it('reads version and home of the server from its answer', async () => {
    const peer = new Peer()

    const client = await peer.client()

    expect(client.server).toEqual({
      version: '1.2.3',
      codexHome: '/home/peer/.codex',
      userAgent: 'peer/1.2.3 (Test 1; x64) dumb (test; 1)',
    })
  })

  it('fails with the refusal, and closes the connection', async () => {
    const peer = new Peer()
    peer.answers.set('initialize', () => {
      throw new RpcError(-32600, 'Invalid clientInfo.name')
    })

    const start = peer.client()

    await expect(start).rejects.toBeInstanceOf(ServerError)
    await expect(start).rejects.toThrow('initialize failed: Invalid clientInfo.name')
    expect(peer.closes).toBe(1)
  })

  it('fails when the answer does not come in time, closes the connection, and cancels nothing on the wire', async () => {
    const peer = new Peer()
    peer.answers.delete('initialize')

    const start = peer.client({ initializeTimeoutMs: 5 })

    await expect(start).rejects.toMatchObject({ reason: 'timeout', method: 'initialize' })
    await expect(start).rejects.toThrow('timed out waiting for initialize response from `peer`')
    expect(peer.closes).toBe(1)
    expect(peer.sent).toHaveLength(1)
  })

  it('fails when its signal aborts, and cancels nothing on the wire', async () => {
    const peer = new Peer()
    peer.answers.delete('initialize')
    const controller = new AbortController()
    const start = peer.client({ signal: controller.signal })

    controller.abort(new Error('never mind'))

    await expect(start).rejects.toMatchObject({ reason: 'aborted', cause: { message: 'never mind' } })
    expect(peer.sent).toHaveLength(1)
    expect(peer.closes).toBe(1)
  })

  it('is not ended by its signal once it has started', async () => {
    const peer = new Peer()
    const controller = new AbortController()
    const client = await peer.client({ signal: controller.signal })
    peer.answers.set('account/usage/read', () => 'here')

    controller.abort()

    expect(await client.request('account/usage/read')).toBe('here')
  })

  it('fails with the reason when the connection ends meanwhile', async () => {
    const peer = new Peer()
    peer.answers.delete('initialize')
    const start = peer.client()

    peer.end('it fell over')

    await expect(start).rejects.toMatchObject({ reason: 'closed' })
    await expect(start).rejects.toThrow('it fell over')
  })

  it('fails with DecodeError when the answer is none', async () => {
    const peer = new Peer()
    peer.answers.set('initialize', () => ({ userAgent: 'x' }))

    await expect(peer.client()).rejects.toBeInstanceOf(DecodeError)
  })

  it('keeps what comes before the answer for the first reader, in order', async () => {
    const peer = new Peer()
    const initialize = peer.answers.get('initialize')
    peer.answers.set('initialize', (params, request) => {
      peer.notify('configWarning', { summary: 'a' })
      peer.ask(0)
      return initialize?.(params, request)
    })
    const client = await peer.client()

    const reader = client.events()
    const first = await reader.next()
    const second = await reader.next()

    expect([first.value, second.value]).toMatchObject([
      { type: 'notification', method: 'configWarning', params: { summary: 'a' } },
      { type: 'request', id: 0 },
    ])
  })
})
