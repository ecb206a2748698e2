import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HooksListResponse, ResponseItem } from '@gangway/protocol'
import { message, respond, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { begun, introduced, said, type Talk, talk } from '../conversations/support.js'
import type { Peer } from '../support/peer.js'
import { transports } from '../support/peer.js'

const group = (command: string) => [{ hooks: [{ type: 'command', command, timeout: 20 }] }]

function writeHooks({ home }: Talk, events: Record<string, string>): void {
  const hooks = Object.fromEntries(Object.entries(events).map(([event, command]) => [event, group(command)]))
  writeFileSync(join(home.codexHome, 'hooks.json'), JSON.stringify({ hooks }))
}

/** Trusts every hook, as the terminal program does. */
async function trustAll(peer: Peer): Promise<HooksListResponse> {
  const list = (await peer.request('hooks/list', { cwds: [] })) as HooksListResponse
  for (const { key, currentHash } of list.data[0]?.hooks ?? []) {
    const edit = { keyPath: 'hooks.state', value: { [key]: { trusted_hash: currentHash } }, mergeStrategy: 'upsert' }
    await peer.request('config/batchWrite', { edits: [edit], reloadUserConfig: true })
  }
  return list
}

const inputs = (place: Talk) => place.model.requests.map(({ body }) => (body as { input: ResponseItem[] }).input)

describe.each(transports)('hooks, $name', ({ serve }) => {
  it('are listed untrusted, and trusted once the person has said so', async () => {
    await using place = await talk()
    writeHooks(place, { Stop: 'true' })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())

    const before = await trustAll(peer)
    const after = (await peer.request('hooks/list', { cwds: [place.home.root] })) as HooksListResponse

    expect(before.data[0]?.hooks).toMatchObject([
      { eventName: 'stop', trustStatus: 'untrusted', source: 'user', handlerType: 'command' },
    ])
    expect(after.data).toMatchObject([
      { cwd: place.home.root, hooks: [{ trustStatus: 'trusted' }], warnings: [], errors: [] },
    ])
  })

  it('add to what the model is told, and forbid a command', async () => {
    const replies = [
      respond([toolCall('exec_command', { cmd: 'echo no' }, { callId: 'c-1' })]),
      respond([message('done')]),
    ]
    await using place = await talk({ replies })
    writeHooks(place, { UserPromptSubmit: 'echo context of a hook', PreToolUse: 'echo forbidden >&2; exit 2' })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    await trustAll(peer)
    const { id: threadId } = (await begun(peer)).thread

    await said(peer, threadId, 'go')

    const [first = [], second = []] = inputs(place)
    expect(JSON.stringify(first.at(-1))).toContain('context of a hook')
    expect(second.find((item) => item.type === 'function_call_output')).toMatchObject({
      output: 'Command blocked by PreToolUse hook: forbidden. Command: echo no',
    })
    expect(peer.events.of('hook/completed')).toHaveLength(2)
  })

  it('answer a question for permission in place of the person', async () => {
    const input = { cmd: 'touch never', sandbox_permissions: 'require_escalated', justification: 'because' }
    const replies = [respond([toolCall('exec_command', input, { callId: 'c-1' })]), respond([message('done')])]
    await using place = await talk({ replies })
    const answer = { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: 'not on a Friday' } }
    writeHooks(place, { PermissionRequest: `echo '${JSON.stringify({ hookSpecificOutput: answer })}'` })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    await trustAll(peer)
    const { id: threadId } = (await begun(peer, { approvalPolicy: 'on-request' })).thread

    await said(peer, threadId, 'go')

    const [, second = []] = inputs(place)
    expect(JSON.stringify(second)).toContain('rejected by user')
    expect(JSON.stringify(second)).toContain('not on a Friday')
  })

  it('refuse words before the model sees them', async () => {
    await using place = await talk()
    writeHooks(place, { UserPromptSubmit: 'echo "not this" >&2; exit 2' })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    await trustAll(peer)
    const { id: threadId } = (await begun(peer)).thread

    await said(peer, threadId, 'go')

    expect(place.model.requests).toHaveLength(0)
    expect(peer.events.of('turn/completed')).toMatchObject([{ params: { turn: { status: 'completed' } } }])
  })

  it('have the model go on when it wants to stop, once', async () => {
    const replies = [respond([message('one')]), respond([message('two')])]
    await using place = await talk({ replies })
    writeHooks(place, { Stop: 'if grep -q \'"stop_hook_active":false\'; then echo "go on" >&2; exit 2; fi' })
    await using server = serve(place.options)
    const peer = await introduced(server.connect())
    await trustAll(peer)
    const { id: threadId } = (await begun(peer)).thread

    await said(peer, threadId, 'go')

    const [, second = []] = inputs(place)
    expect(JSON.stringify(second.at(-1))).toContain('<hook_prompt hook_run_id=\\"stop:0:')
    const shown = peer.events.of('item/completed').map(({ params }) => (params as { item: { type: string } }).item.type)
    expect(shown).toContain('hookPrompt')
  })
})
