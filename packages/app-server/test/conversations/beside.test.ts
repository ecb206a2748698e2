import { existsSync } from 'node:fs'
import type { ThreadStartResponse } from '@gangway/protocol'
import { textReply } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk } from './support.js'

describe.each(transports)('what is kept beside a thread, $name', ({ serve }) => {
  it('is its goal, which everybody hears of', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const [peer, other] = [await introduced(server.connect()), await introduced(server.connect())]
    const { id: threadId } = (await begun(peer)).thread

    await expect(peer.request('thread/goal/get', { threadId })).resolves.toEqual({ goal: null })
    await peer.request('thread/goal/set', { threadId, objective: ' do it ', tokenBudget: 1000, status: 'paused' })
    await peer.request('thread/goal/set', { threadId, status: 'complete' })
    await other.events.next('thread/goal/updated', 2)

    await expect(peer.request('thread/goal/get', { threadId })).resolves.toMatchObject({
      goal: { threadId, objective: 'do it', status: 'complete', tokenBudget: 1000, tokensUsed: 0 },
    })
    await expect(peer.request('thread/goal/clear', { threadId })).resolves.toEqual({ cleared: true })
    await expect(peer.request('thread/goal/clear', { threadId })).resolves.toEqual({ cleared: false })
    await expect(peer.request('thread/goal/set', { threadId, status: 'active' })).rejects.toMatchObject({
      message: `cannot update goal for thread ${threadId}: no goal exists`,
    })
  })

  it('is what clients hang on to it, once each', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { id: threadId } = (await begun(peer)).thread
    const one = { threadId, attachmentType: 'pr', identityKey: 'k1' }

    const made = await peer.request('thread/attachment/add', { ...one, payload: { a: 1 } })
    const again = await peer.request('thread/attachment/add', { ...one, payload: { a: 2 } })

    expect(made).toMatchObject({ outcome: 'created', attachment: { payload: { a: 1 } } })
    expect(again).toMatchObject({ outcome: 'existing', attachment: { payload: { a: 1 } } })
    await peer.request('thread/attachment/remove', one)
    await expect(peer.request('thread/attachment/list', { threadId })).resolves.toEqual({ data: [], nextCursor: null })
    await peer.events.next('thread/attachment/updated', 2)
  })

  it('is nothing of an ephemeral thread, which leaves no file', async () => {
    await using place = await talk({ otherwise: () => textReply('ok') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = (await begun(peer, { ephemeral: true })) as ThreadStartResponse
    const { id: threadId } = thread
    await said(peer, threadId, 'hi')

    expect(thread).toMatchObject({ ephemeral: true, path: null })
    await expect(peer.request('thread/read', { threadId, includeTurns: true })).resolves.toMatchObject({
      thread: { turns: [{ items: [{ type: 'userMessage' }, { type: 'agentMessage' }] }] },
    })
    const refusals = [
      ['thread/turns/list', {}, 'ephemeral threads do not support thread/turns/list'],
      ['thread/resume', {}, `no rollout found for thread id ${threadId}`],
      ['thread/fork', {}, `no rollout found for thread id ${threadId}`],
      ['thread/archive', {}, `no rollout found for thread id ${threadId}`],
      ['thread/delete', {}, `thread is not persisted and cannot be deleted: ${threadId}`],
      ['thread/name/set', { name: 'x' }, `ephemeral thread does not support metadata updates: ${threadId}`],
      ['thread/goal/get', {}, `ephemeral thread does not support goals: ${threadId}`],
    ] as const
    for (const [method, params, message] of refusals) {
      await expect(peer.request(method, { threadId, ...params }), method).rejects.toMatchObject({ message })
    }
    expect(existsSync(`${place.home.codexHome}/sessions`)).toBe(false)
  })

  it('goes along when a loaded thread is put away: it is closed first', async () => {
    await using place = await talk({ otherwise: () => textReply('ok') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { id: threadId } = (await begun(peer)).thread
    await said(peer, threadId, 'hi')

    await peer.request('thread/archive', { threadId })
    await peer.events.next('thread/archived')

    await expect(peer.request('thread/loaded/list', {})).resolves.toMatchObject({ data: [] })
    await expect(peer.request('thread/resume', { threadId })).rejects.toMatchObject({
      message: `session ${threadId} is archived. Run \`codex unarchive ${threadId}\` to unarchive it first.`,
    })
  })
})
