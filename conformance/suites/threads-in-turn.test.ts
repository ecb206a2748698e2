import { afterEach, describe, expect, it } from 'vitest'
import { customCall, message, respond, toolCall } from '../../packages/testkit/dist/index.js'
import type { Json } from '../support/peer.js'
import { gangway, type Program, reference } from '../support/programs.js'
import { Stage } from '../support/stage.js'

const patch = '*** Begin Patch\n*** Add File: added.txt\n+one\n*** End Patch\n'
const rules = [
  {
    hears: 'COMMAND',
    says: [
      () => respond([toolCall('exec_command', { cmd: 'echo from the command' })]),
      () => respond([message('The command ran.')]),
    ],
  },
  {
    hears: 'PATCH',
    says: [() => respond([customCall('apply_patch', patch)]), () => respond([message('The patch is in.')])],
  },
]
const ways: readonly (readonly [string, Program, Program, string])[] = [
  ['the reference writes (paginated) and we go on', reference(), gangway(), 'paginated'],
  ['the reference writes (legacy) and we go on', reference(), gangway(), 'legacy'],
  ['we write and the reference goes on', gangway(), reference(), 'legacy'],
]

let stage: Stage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

describe.each(ways)('threads in turn: %s', (_title, first, second, historyMode) => {
  it('shows what was said and done, and tells the model of it', async () => {
    stage = await opened(first)
    const threadId = await stage.thread({ sandbox: 'danger-full-access', approvalPolicy: 'never', historyMode })
    await stage.turn(threadId, 'first words')
    await stage.turn(threadId, 'COMMAND')
    await stage.turn(threadId, 'PATCH')
    await handedOver(stage, second)

    const { thread } = await stage.request('thread/resume', { threadId })
    await stage.turn(threadId, 'go on')

    expect(shown(thread)).toEqual([
      ['userMessage', 'agentMessage'],
      ['userMessage', ...shownCommands(historyMode), 'agentMessage'],
      ['userMessage', 'fileChange', 'agentMessage'],
    ])
    const told = JSON.stringify(stage.model.requests.at(-1)?.body)
    for (const words of ['first words', 'from the command', 'The command ran.', 'go on']) expect(told).toContain(words)
  })

  it('goes on behind a compaction', async () => {
    stage = await opened(first)
    const threadId = await stage.thread({ sandbox: 'read-only', historyMode })
    await stage.turn(threadId, 'before it')
    const from = stage.steps.length
    await stage.request('thread/compact/start', { threadId })
    await stage.end(threadId, from)
    await handedOver(stage, second)

    await stage.request('thread/resume', { threadId })
    await stage.turn(threadId, 'behind it')

    const told = JSON.stringify(stage.model.requests.at(-1)?.body)
    expect(told).toContain('before it')
    expect(told).toContain('behind it')
    expect(told.split('An answer.').length).toBe(2)
  })

  it('goes on with a fork, and with what was taken back', async () => {
    stage = await opened(first)
    const threadId = await stage.thread({ sandbox: 'read-only', historyMode })
    await stage.turn(threadId, 'kept words')
    const lost = await stage.turn(threadId, 'lost words')
    const forked = await stage.request('thread/fork', { threadId, excludeTurns: true })
    const forkId = (forked.thread as { id: string }).id
    await stage.turn(forkId, 'words of the fork')
    const reverted = await stage.request('thread/revert', { threadId, beforeTurnId: lost })
    if (historyMode === 'paginated' || first.name === 'gangway') expect(reverted.error).toBeUndefined()
    await handedOver(stage, second)

    await stage.request('thread/resume', { threadId: forkId })
    await stage.turn(forkId, 'go on')
    const ofFork = JSON.stringify(stage.model.requests.at(-1)?.body)
    await stage.request('thread/resume', { threadId })
    await stage.turn(threadId, 'go on')
    const ofThread = JSON.stringify(stage.model.requests.at(-1)?.body)

    for (const words of ['kept words', 'lost words', 'words of the fork']) expect(ofFork).toContain(words)
    expect(ofThread).toContain('kept words')
    if (reverted.error === undefined) expect(ofThread).not.toContain('lost words')
  })
})

async function opened(program: Program): Promise<Stage> {
  const one = await Stage.open(program, { rules })
  await one.initialize()
  return one
}

async function handedOver(one: Stage, program: Program): Promise<void> {
  await one.stop()
  one.start(program)
  await one.initialize()
}

/** The reference neither writes nor shows commands in legacy threads, its own ones included. */
function shownCommands(historyMode: string): readonly string[] {
  return historyMode === 'paginated' ? ['commandExecution'] : []
}

function shown(thread: unknown): readonly (readonly string[])[] {
  const { turns } = thread as { turns: readonly { items: readonly Json[] }[] }
  return turns.map(({ items }) => items.map(({ type }) => String(type)))
}
