import type { ThreadForkResponse, ThreadResumeResponse } from '@gangway/protocol'
import { textReply } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk, told } from './support.js'

describe.each(transports)('a conversation, $name', ({ serve }) => {
  it('begins with its answer, and tells of a turn in the order of the reference', async () => {
    await using place = await talk({ otherwise: () => textReply('Hello.') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    const { thread, model } = await begun(peer, { cwd: place.home.root })
    await peer.events.next('thread/started')
    await said(peer, thread.id, 'hi')

    expect(model).toBe('gpt-5.5')
    expect(thread).toMatchObject({ status: { type: 'idle' }, historyMode: 'legacy', originator: 'tester', turns: [] })
    expect(told(peer)).toEqual([
      'thread/started',
      'thread/status/changed',
      'turn/started',
      'item/started',
      'item/completed',
      'item/started',
      'item/completed',
      'thread/tokenUsage/updated',
      'thread/readState/changed',
      'thread/status/changed',
      'turn/completed',
    ])
  })

  it('I13: has no turns before the first words, and is not an error', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)

    await expect(peer.request('thread/read', { threadId: thread.id, includeTurns: true })).resolves.toMatchObject({
      thread: { id: thread.id, turns: [], status: { type: 'idle' } },
    })
    await expect(peer.request('thread/resume', { threadId: thread.id })).resolves.toMatchObject({
      thread: { turns: [] },
    })
    await expect(peer.request('thread/turns/list', { threadId: thread.id })).rejects.toMatchObject({
      message: `thread ${thread.id} is not materialized yet; thread/turns/list is unavailable before first user message`,
    })
  })

  it('goes on in another server, with everything that was said', async () => {
    await using place = await talk({ otherwise: (_request, number) => textReply(`answer ${number}`) })
    let threadId = ''
    {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      threadId = (await begun(peer)).thread.id
      await said(peer, threadId, 'first')
    }
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    const resumed = (await peer.request('thread/resume', { threadId })) as ThreadResumeResponse
    await said(peer, threadId, 'second')

    expect(resumed.thread.turns).toMatchObject([
      { status: 'completed', items: [{ type: 'userMessage' }, { type: 'agentMessage', text: 'answer 0' }] },
    ])
    expect(JSON.stringify(place.model.requests[1]?.body)).toContain('answer 0')
  })

  it('is forked up to a turn, and taken back before one', async () => {
    await using place = await talk({ otherwise: (_request, number) => textReply(`answer ${number}`) })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    const first = await said(peer, thread.id, 'first')
    const second = await said(peer, thread.id, 'second')

    const fork = (await peer.request('thread/fork', { threadId: thread.id, lastTurnId: first })) as ThreadForkResponse
    const memory = (await peer.request('thread/fork', {
      threadId: thread.id,
      beforeTurnId: second,
      ephemeral: true,
    })) as ThreadForkResponse
    await peer.request('thread/revert', { threadId: thread.id, beforeTurnId: second })

    expect(fork.thread).toMatchObject({ forkedFromId: thread.id, turns: [{ id: first }], preview: 'first' })
    expect(memory.thread).toMatchObject({ ephemeral: true, path: null, turns: [{ id: first }] })
    await expect(peer.request('thread/read', { threadId: thread.id, includeTurns: true })).resolves.toMatchObject({
      thread: { turns: [{ id: first }], status: { type: 'idle' } },
    })
    await said(peer, fork.thread.id, 'third')
    const asked = JSON.stringify(place.model.requests.at(-1)?.body)
    expect([asked.includes('answer 0'), asked.includes('answer 1')]).toEqual([true, false])
  })

  it('refuses what there is not, and what cannot be, in the reference’s words', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const unknown = '01a1f7f4-4d3f-76a0-9912-2f8e0e15d41f'
    const { thread } = await begun(peer)
    const cases = [
      ['turn/start', { threadId: unknown, input: [] }, `thread not found: ${unknown}`],
      ['turn/steer', { threadId: thread.id, expectedTurnId: 'a', input: [] }, 'no active turn to steer'],
      ['turn/interrupt', { threadId: thread.id, turnId: 'a' }, 'no active turn to interrupt'],
      ['thread/resume', { threadId: unknown }, `no rollout found for thread id ${unknown}`],
      ['thread/shellCommand', { threadId: thread.id, command: ' ' }, 'command must not be empty'],
      ['thread/inject_items', { threadId: thread.id, items: [] }, 'items must not be empty'],
      ['thread/goal/set', { threadId: thread.id, objective: ' ' }, 'goal objective must not be empty'],
      [
        'thread/start',
        { permissions: ':nope' },
        'failed to load configuration: default_permissions refers to unknown built-in profile `:nope`',
      ],
      [
        'thread/start',
        { permissions: ':workspace', sandbox: 'read-only' },
        '`permissions` cannot be combined with `sandbox`',
      ],
    ] as const

    for (const [method, params, message] of cases) {
      await expect(peer.request(method, params), method).rejects.toMatchObject({ code: -32600, message })
    }
  })
})
