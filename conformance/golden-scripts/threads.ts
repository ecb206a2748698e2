import { setTimeout as delay } from 'node:timers/promises'
import { message, respond, type ScriptedItem, toolCall } from '../../packages/testkit/dist/index.js'
import type { Script } from '../support/golden.js'
import type { Json } from '../support/peer.js'
import type { Stage } from '../support/stage.js'

const absent = '01a1f7f4-4d3f-76a0-9912-2f8e0e15d41f'

const threadRules: Script['stage'] = {
  rules: [
    { hears: 'SLOW', says: [() => respond([slowly()])] },
    { hears: 'STEERED', says: [() => respond([message('got steered')])] },
    {
      hears: 'RUN',
      says: [() => respond([toolCall('exec_command', { cmd: 'sleep 30' })]), () => respond([message('x')])],
    },
  ],
}

/** What is refused, reading and paging, steering, interrupting. */
export const turns: Script = {
  name: 'turns',
  stage: threadRules,
  async play(stage) {
    await stage.request('thread/list', {})
    await stage.initialize()
    await stage.request('initialize', { clientInfo: { name: 'x', version: '1' } })
    await stage.request('thread/start', { cwd: 5 })
    await stage.request('turn/start', { threadId: 'nope', input: [] })
    await stage.request('turn/start', { threadId: absent, input: [{ type: 'text', text: 'x' }] })
    const threadId = await stage.thread({ sandbox: 'read-only' })
    await stage.request('thread/list', {})
    await stage.turn(threadId, 'first')
    await stage.turn(threadId, 'second')
    await stage.request('thread/read', { threadId })
    await stage.request('thread/read', { threadId, includeTurns: true })
    await stage.request('thread/turns/list', { threadId, limit: 1 })
    await stage.request('thread/turns/list', { threadId, limit: 10, itemsView: 'full' })

    let from = stage.steps.length
    let turnId = await stage.turn(threadId, 'SLOW', {}, false)
    await spoken(stage, from)
    const steered = [{ type: 'text', text: 'STEERED' }]
    await stage.request('turn/steer', { threadId, expectedTurnId: 'wrong', input: steered })
    await stage.request('turn/steer', { threadId, expectedTurnId: turnId, input: steered })
    await stage.end(threadId, from)
    await stage.request('turn/steer', { threadId, expectedTurnId: turnId, input: steered })

    from = stage.steps.length
    await stage.turn(threadId, 'SLOW', {}, false)
    await spoken(stage, from)
    await stage.request('turn/start', { threadId, input: steered })
    await stage.end(threadId, from)

    from = stage.steps.length
    turnId = await stage.turn(threadId, 'SLOW', {}, false)
    await spoken(stage, from)
    await stage.request('turn/interrupt', { threadId, turnId: 'bad' })
    await stage.request('turn/interrupt', { threadId, turnId })
    await stage.end(threadId, from)
    await stage.request('turn/interrupt', { threadId, turnId })

    from = stage.steps.length
    turnId = await stage.turn(threadId, 'RUN', {}, false)
    await stage.until(({ method, value }) => method === 'item/started' && itemType(value) === 'commandExecution', from)
    await delay(300)
    await stage.request('turn/interrupt', { threadId, turnId })
    await stage.end(threadId, from)
  },
}

/** Names, forks, lists, reverting, compaction, commands of the person, the archive, another start. */
export const threads: Script = {
  name: 'threads',
  stage: threadRules,
  async play(stage) {
    await stage.initialize()
    const threadId = await stage.thread({ sandbox: 'read-only' })
    const first = await stage.turn(threadId, 'first')
    const second = await stage.turn(threadId, 'second')
    await stage.request('thread/name/set', { threadId, name: 'My thread' })
    await delay(100)
    await stage.request('thread/metadata/update', { threadId, gitInfo: { branch: 'b1' } })
    const { thread } = await stage.request('thread/fork', { threadId })
    const forkId = (thread as { id: string }).id
    await delay(100)
    await stage.request('thread/fork', { threadId, lastTurnId: first, ephemeral: true, excludeTurns: true })
    await delay(100)
    await stage.request('thread/fork', { threadId, beforeTurnId: second, excludeTurns: true })
    await delay(100)
    for (const query of [
      {},
      { searchTerm: 'thread' },
      { searchTerm: 'zzz' },
      { cwd: '/nowhere' },
      { cwd: stage.cwd, sortKey: 'updated_at', sortDirection: 'asc' },
      { sourceKinds: ['exec'] },
      { sortKey: 'bogus' },
      { cursor: 'bogus' },
      { modelProviders: ['other'] },
    ])
      await stage.request('thread/list', query)
    await stage.request('thread/revert', { threadId: forkId, turnId: second })
    await stage.request('thread/revert', { threadId: forkId, beforeTurnId: second })
    await delay(100)
    await stage.request('thread/rollback', { threadId: forkId, numTurns: 1 })
    let from = stage.steps.length
    await stage.request('thread/compact/start', { threadId })
    await stage.end(threadId, from)
    await stage.turn(threadId, 'after compact')
    from = stage.steps.length
    await stage.request('thread/shellCommand', { threadId, command: 'echo hi; exit 2' })
    await stage.end(threadId, from)
    await stage.turn(threadId, 'after shell')
    const content = [{ type: 'input_text', text: 'injected' }]
    await stage.request('thread/inject_items', { threadId, items: [{ type: 'message', role: 'user', content }] })
    await stage.request('thread/settings/update', { threadId, model: 'gpt-5.4', effort: 'high' })
    await delay(100)
    await stage.request('thread/archive', { threadId })
    await delay(300)
    await stage.request('thread/list', { archived: true })
    await stage.request('thread/resume', { threadId })
    await stage.request('thread/unarchive', { threadId })
    await delay(200)
    await stage.request('thread/archive', { threadId: absent })
    await stage.request('thread/unsubscribe', { threadId: forkId })
    await stage.request('thread/unsubscribe', { threadId: forkId })
    await stage.request('thread/unsubscribe', { threadId: absent })
    await delay(100)

    await stage.stop()
    stage.note('another start')
    stage.start()
    await stage.initialize()
    await stage.request('thread/resume', { threadId })
    await delay(200)
    await stage.request('thread/resume', { threadId, excludeTurns: true })
    await delay(200)
    await stage.request('thread/resume', { threadId: absent })
    await stage.turn(threadId, 'after resume')
  },
}

async function spoken(stage: Stage, from: number): Promise<void> {
  await stage.until(({ method }) => method === 'item/agentMessage/delta', from)
  await delay(150)
}

function itemType(value: unknown): unknown {
  return ((value as Json).item as Json | undefined)?.type
}

/** A message that stalls in its middle: whoever waits must cut it. */
function slowly(): ScriptedItem {
  return message('word word word', { before: { do: 'stall' } })
}
