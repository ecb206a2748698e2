import type { ThreadLoadedListResponse } from '@gangway/protocol'
import { message, respond, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk, told } from './support.js'

const APPROVAL = 'item/commandExecution/requestApproval'
const input = [{ type: 'text', text: 'go' }]

const escalated = () =>
  respond([toolCall('exec_command', { cmd: 'true', sandbox_permissions: 'require_escalated', justification: 'try' })])
const endless = () => respond([message('a b c', { chunks: ['a ', 'b '] })], { end: 'stall' })

describe.each(transports)('those who follow a thread, $name', ({ serve }) => {
  it('are asked the same question, and the first answer counts; who comes later is asked, too', async () => {
    await using place = await talk({ replies: [escalated(), textReply('done')] })
    await using server = serve(place.options)
    const [first, second] = [await introduced(server.connect()), await introduced(server.connect())]
    const { thread } = await begun(first)
    const turn = first.request('turn/start', { threadId: thread.id, input })
    const asked = await first.events.next(APPROVAL)
    await turn

    await second.request('thread/resume', { threadId: thread.id, excludeTurns: true })
    const askedAgain = await second.events.next(APPROVAL)
    if (asked.type !== 'request' || askedAgain.type !== 'request') throw new Error('not asked')
    second.answer(askedAgain.id, { decision: 'accept' })
    await first.events.next('turn/completed')
    await second.events.next('turn/completed')

    expect(askedAgain.id).toBe(asked.id)
    for (const peer of [first, second]) expect(peer.events.of('serverRequest/resolved')).toHaveLength(1)
  })

  it('may leave a question behind: it is put to who takes the thread up', async () => {
    await using place = await talk({ replies: [escalated(), textReply('done')] })
    await using server = serve(place.options)
    const first = await introduced(server.connect())
    const { thread } = await begun(first)
    await first.request('turn/start', { threadId: thread.id, input })
    await first.events.next(APPROVAL)
    const second = await introduced(server.connect())
    await first.leave()

    await second.request('thread/resume', { threadId: thread.id, excludeTurns: true })
    const asked = await second.events.next(APPROVAL)
    if (asked.type === 'request') second.answer(asked.id, { decision: 'decline' })

    await expect(second.events.next('turn/completed')).resolves.toMatchObject({
      params: { turn: { status: 'completed' } },
    })
  })

  it('hear of a turn’s end when it is interrupted, after the answer', async () => {
    await using place = await talk({ replies: [endless()] })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    const { turn } = (await peer.request('turn/start', { threadId: thread.id, input })) as { turn: { id: string } }
    await peer.events.next('item/agentMessage/delta')

    await expect(peer.request('turn/interrupt', { threadId: thread.id, turnId: 'other' })).rejects.toMatchObject({
      message: `expected active turn id other but found ${turn.id}`,
    })
    const answer = await peer.request('turn/interrupt', { threadId: thread.id, turnId: turn.id })
    const completed = await peer.events.next('turn/completed')

    expect(answer).toEqual({})
    expect(completed).toMatchObject({ params: { turn: { id: turn.id, status: 'interrupted' } } })
    expect(told(peer).slice(-2)).toEqual(['thread/status/changed', 'turn/completed'])
  })

  it('see the turn under way wherever the thread is shown', async () => {
    await using place = await talk({ replies: [endless()] })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    const { turn } = (await peer.request('turn/start', { threadId: thread.id, input })) as { turn: { id: string } }
    await peer.events.next('item/agentMessage/delta')
    const { id: threadId } = thread

    await expect(peer.request('thread/read', { threadId, includeTurns: true })).resolves.toMatchObject({
      thread: { status: { type: 'active' }, turns: [{ id: turn.id, status: 'inProgress' }] },
    })
    await expect(peer.request('thread/turns/list', { threadId })).resolves.toMatchObject({
      data: [{ id: turn.id, status: 'inProgress' }],
    })
  })

  it('are told of new settings before the answer, and only when something is another', async () => {
    await using place = await talk({ otherwise: () => textReply('ok') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)

    await peer.request('turn/start', { threadId: thread.id, input, effort: 'low' })
    const toldBefore = peer.events.of('thread/settings/updated').length
    await peer.events.next('turn/completed')
    await peer.request('turn/start', { threadId: thread.id, input, effort: 'low' })
    await peer.events.next('turn/completed', 2)

    expect(toldBefore).toBe(1)
    expect(peer.events.of('thread/settings/updated')).toMatchObject([{ params: { threadSettings: { effort: 'low' } } }])
  })

  it('I11: leave a thread that is unloaded after the time that the configuration says', async () => {
    await using place = await talk({ otherwise: () => textReply('ok') }, 'thread_unload_delay_secs = 0')
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    await said(peer, thread.id, 'hi')

    await expect(peer.request('thread/unsubscribe', { threadId: thread.id })).resolves.toEqual({
      status: 'unsubscribed',
    })
    await peer.events.next('thread/closed')

    const loaded = (await peer.request('thread/loaded/list', {})) as ThreadLoadedListResponse
    expect(loaded.data).toEqual([])
    expect(told(peer).slice(-2)).toEqual(['thread/status/changed', 'thread/closed'])
  })

  it('hear that their turn was interrupted when the server ends', async () => {
    await using place = await talk({ replies: [endless()] })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    await peer.request('turn/start', { threadId: thread.id, input })
    await peer.events.next('item/agentMessage/delta')

    const { forced } = await server.runtime.close({ timeoutMs: 5_000 })

    expect(forced).toBe(false)
    await expect(peer.events.next('turn/completed')).resolves.toMatchObject({
      params: { turn: { status: 'interrupted' } },
    })
  })

  it('get the first protocol’s events when they ask for them', async () => {
    await using place = await talk({ otherwise: () => textReply('Hello.') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect(), { legacyNotifications: true })
    const other = await introduced(server.connect())
    const { thread } = await begun(peer)
    await other.request('thread/resume', { threadId: thread.id })
    await said(peer, thread.id, 'hi')

    const legacy = peer.events.all.filter((event) => 'method' in event && event.method.startsWith('codex/event/'))
    expect(legacy).toMatchObject([
      {
        method: 'codex/event/session_configured',
        params: {
          conversationId: thread.id,
          msg: { session_id: thread.id, model: 'gpt-5.5', model_provider_id: 'scripted', initial_messages: null },
        },
      },
      { method: 'codex/event/task_complete', params: { msg: { last_agent_message: 'Hello.' } } },
    ])
    expect(told(other).filter((method) => method.startsWith('codex/event/'))).toEqual([])
  })
})
