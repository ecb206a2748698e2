import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadForkResponse, ThreadResumeResponse } from '@gangway/protocol'
import { message, respond, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk } from './support.js'

const profile = `[permissions.careful]
description = "Writes below out"
extends = ":read-only"
[permissions.careful.filesystem]
":workspace_roots" = { "out" = "write" }
`

describe.each(transports)('settings of a thread, $name', ({ serve }) => {
  it('are kept between two turns, for whoever takes the thread up', async () => {
    await using place = await talk()
    let threadId: string
    {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      const { thread } = await begun(peer)
      threadId = thread.id
      await said(peer, threadId, 'hi')
      await peer.request('thread/settings/update', { threadId, model: 'gpt-5.4', effort: 'high' })
    }

    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const resumed = (await peer.request('thread/resume', { threadId })) as ThreadResumeResponse

    expect(resumed).toMatchObject({ model: 'gpt-5.4', reasoningEffort: 'high' })
  })

  it('come with the tokens that the thread has used, where its turns are asked for', async () => {
    await using place = await talk({ otherwise: () => textReply('Hello.', { usage: { input: 10, output: 5 } }) })
    await using server = serve(place.options)
    const first = await introduced(server.connect())
    const { thread } = await begun(first)
    const turnId = await said(first, thread.id, 'hi')

    const second = await introduced(server.connect())
    await second.request('thread/resume', { threadId: thread.id })

    const told = await second.events.next('thread/tokenUsage/updated')
    const params = { threadId: thread.id, turnId, tokenUsage: { total: { totalTokens: 15 } } }
    expect(told).toMatchObject({ params })
  })

  it('keep name and first words in a fork that is never on disk', async () => {
    await using place = await talk()
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const { thread } = await begun(peer)
    await said(peer, thread.id, 'hi there')
    await peer.request('thread/name/set', { threadId: thread.id, name: 'A name' })

    const forked = (await peer.request('thread/fork', {
      threadId: thread.id,
      ephemeral: true,
    })) as ThreadForkResponse

    expect(forked.thread).toMatchObject({ name: 'A name', preview: 'hi there', path: null })
  })

  it('hold for commands where a permission profile of the configuration is chosen', async () => {
    const cmd = 'touch out/made; touch beside'
    const replies = [respond([toolCall('exec_command', { cmd, login: false })]), respond([message('Done.')])]
    await using place = await talk({ replies }, profile)
    mkdirSync(join(place.home.root, 'out'))
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    const begin = { cwd: place.home.root, permissions: 'careful', approvalPolicy: 'never' }
    const { thread, activePermissionProfile } = await begun(peer, begin)

    await said(peer, thread.id, 'go')

    expect(activePermissionProfile).toEqual({ id: 'careful', extends: ':read-only' })
    expect(existsSync(join(place.home.root, 'beside'))).toBe(false)
  })

  it('hold a permission profile also for who takes the thread up, and nothing may be written where it is gone', async () => {
    await using place = await talk({}, profile)
    const begin = { cwd: place.home.root, permissions: 'careful' }
    let threadId: string
    {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      threadId = (await begun(peer, begin)).thread.id
      await said(peer, threadId, 'hi')
    }
    const resumed = async (config: object) => {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      return (await peer.request('thread/resume', { threadId, config })) as ThreadResumeResponse
    }

    const again = await resumed({})
    const odd = await resumed({ 'permissions.careful.filesystem': { '/x': 'sometimes' } })

    expect(again.activePermissionProfile).toEqual({ id: 'careful', extends: ':read-only' })
    expect(odd).toMatchObject({ activePermissionProfile: { id: ':read-only' }, sandbox: { type: 'readOnly' } })
  })

  it.each([
    ['"**/*.env" = "none"', '`**/*.env`, which is not supported'],
    ['"/x" = "sometimes"', 'says "sometimes" of `/x`'],
  ])('are refused where a profile says what would not be kept: %s', async (line, words) => {
    await using place = await talk(
      {},
      `[permissions.odd]\nextends = ":workspace"\n[permissions.odd.filesystem]\n${line}`,
    )
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    await expect(begun(peer, { permissions: 'odd' })).rejects.toThrow(words)
  })
})
