import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadResumeResponse } from '@gangway/protocol'
import { message, respond, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk } from './support.js'

const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const open = { sandbox: 'danger-full-access', approvalPolicy: 'never' }

describe.each(transports)('the work of a turn, $name', ({ serve }) => {
  it('shows the model a picture, and the person that it looked', async () => {
    const replies = [respond([toolCall('view_image', { path: 'p.png' })]), respond([message('Seen.')])]
    await using place = await talk({ replies })
    writeFileSync(join(place.home.root, 'p.png'), Buffer.from(picture, 'base64'))
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer, { cwd: place.home.root })

    await said(peer, thread.id, 'look')

    const items = peer.events.of('item/completed').map(({ params }) => (params as { item: unknown }).item)
    expect(items).toContainEqual(expect.objectContaining({ type: 'imageView', path: join(place.home.root, 'p.png') }))
    expect(JSON.stringify(place.model.requests[1]?.body)).toContain(`data:image/png;base64,${picture}`)
  })

  it('does not show the model a picture that a permission profile hides', async () => {
    const replies = [respond([toolCall('view_image', { path: 'p.png' })]), respond([message('Not seen.')])]
    const entries = '[permissions.shy.filesystem]\n":workspace_roots" = { "p.png" = "none" }\n'
    await using place = await talk({ replies }, `[permissions.shy]\nextends = ":read-only"\n${entries}`)
    writeFileSync(join(place.home.root, 'p.png'), Buffer.from(picture, 'base64'))
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer, { cwd: place.home.root, permissions: 'shy' })

    await said(peer, thread.id, 'look')

    const told = JSON.stringify(place.model.requests[1]?.body)
    expect(told).toContain('the permissions hide it')
    expect(told).not.toContain(picture)
  })

  it('tells of a plan where plans are switched on', async () => {
    const plan = [
      { step: 'a', status: 'completed' },
      { step: 'b', status: 'in_progress' },
    ]
    const replies = [respond([toolCall('update_plan', { explanation: 'why', plan })]), respond([message('Planned.')])]
    await using place = await talk({ replies }, '[tools.update_plan]\nenabled = true\n')
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)

    const turnId = await said(peer, thread.id, 'plan it')

    const told = await peer.events.next('turn/plan/updated')
    const steps = [
      { step: 'a', status: 'completed' },
      { step: 'b', status: 'inProgress' },
    ]
    expect(told).toMatchObject({ params: { threadId: thread.id, turnId, explanation: 'why', plan: steps } })
  })

  it('lists a command that goes on behind its turn, and ends it when told to', async () => {
    const call = toolCall('exec_command', { cmd: 'sleep 60', yield_time_ms: 250, login: false })
    await using place = await talk({ replies: [respond([call]), respond([message('It runs.')])] })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer, { cwd: place.home.root, ...open })
    const threadId = thread.id
    await said(peer, threadId, 'run it')

    const running = await peer.request('thread/backgroundTerminals/list', { threadId })
    await peer.request('thread/backgroundTerminals/clean', { threadId })
    const left = await peer.request('thread/backgroundTerminals/list', { threadId })

    expect(running).toMatchObject({ data: [{ cwd: place.home.root }] })
    expect(left).toMatchObject({ data: [] })
  })

  it('reviews in a turn of its own, and says what came of it', async () => {
    await using place = await talk({ otherwise: () => textReply('All is well.') })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)

    await peer.request('review/start', { threadId: thread.id, target: { type: 'uncommittedChanges' } })
    await peer.events.next('turn/completed')

    const items = peer.events
      .of('item/completed')
      .map(({ params }) => (params as { item: { type: string; review?: string } }).item)
    expect(items.map(({ type }) => type)).toEqual([
      'enteredReviewMode',
      'userMessage',
      'agentMessage',
      'exitedReviewMode',
    ])
    expect(items.at(-1)).toMatchObject({ review: 'All is well.' })
  })

  it('tells the model what was put into the history from outside', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    await said(peer, thread.id, 'hi')
    const content = [{ type: 'input_text', text: 'from outside' }]

    const items = [{ type: 'message', role: 'user', content }]
    await peer.request('thread/inject_items', { threadId: thread.id, items })
    await said(peer, thread.id, 'and now?')

    expect(JSON.stringify(place.model.requests[1]?.body)).toContain('from outside')
  })

  it('keeps what was put in for whoever takes the thread up by its file, with a first page of turns', async () => {
    await using place = await talk()
    let path = ''
    {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      const { thread } = await begun(peer)
      await said(peer, thread.id, 'one')
      await said(peer, thread.id, 'two')
      const content = [{ type: 'input_text', text: 'from outside' }]
      const items = [{ type: 'message', role: 'user', content }]
      await peer.request('thread/inject_items', { threadId: thread.id, items })
      const read = (await peer.request('thread/read', { threadId: thread.id })) as ThreadResumeResponse
      path = read.thread.path ?? ''
    }
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    const params = { threadId: '', path, excludeTurns: true, initialTurnsPage: { limit: 1 } }
    const resumed = (await peer.request('thread/resume', params)) as ThreadResumeResponse
    const content = [{ type: 'input_text', text: 'once more' }]
    const items = [{ type: 'message', role: 'user', content }]
    await peer.request('thread/inject_items', { threadId: resumed.thread.id, items })
    await said(peer, resumed.thread.id, 'three')

    expect(resumed.thread.turns).toEqual([])
    expect(resumed.initialTurnsPage?.data).toHaveLength(1)
    const told = JSON.stringify(place.model.requests.at(-1)?.body)
    for (const words of ['one', 'two', 'from outside', 'once more']) expect(told.split(`"${words}"`)).toHaveLength(2)
  })
})
