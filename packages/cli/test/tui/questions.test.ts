import { turnEvents } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { threadId } from '../session/told.js'
import { type AppRun, runApp, turn } from './app-run.js'
import { keys } from './virtual-terminal.js'

const about = { ...turn, itemId: 'call-1', startedAtMs: 1 }
const command = {
  ...about,
  kind: 'command',
  command: "/bin/bash -lc 'touch /outside'",
  cwd: '/projects/project',
  reason: 'It must.',
  proposedExecpolicyAmendment: ['touch', '/outside'],
}

async function asked(run: AppRun, method: string, params: unknown, words: string): Promise<void> {
  run.server.notify(...turnEvents.started(turn))
  run.server.ask(7, method, params)
  await run.terminal.shows(words)
}

describe('a command that needs approval', () => {
  it.each([
    ['y', 'accept'],
    ['a', 'acceptForSession'],
    ['p', { acceptWithExecpolicyAmendment: { execpolicy_amendment: ['touch', '/outside'] } }],
    ['n', 'decline'],
    [keys.escape, 'cancel'],
  ])('is answered by %j', async (key, decision) => {
    await using run = await runApp()
    await asked(run, 'item/commandExecution/requestApproval', command, 'May this command run?')

    const screen = await run.terminal.text()
    run.terminal.press(key)

    expect(screen).toContain('$ touch /outside')
    expect(screen).toContain('Why: It must.')
    expect(await run.server.answerTo(7)).toMatchObject({ result: { decision } })
    await run.terminal.hides('May this command run?')
  })

  it('offers no prefix where the server proposes none', async () => {
    await using run = await runApp()
    const plain = { ...command, proposedExecpolicyAmendment: null }
    await asked(run, 'item/commandExecution/requestApproval', plain, 'May this command run?')

    expect(await run.terminal.text()).not.toContain('always what begins with')
  })

  it('is not answered by a key of somebody who was just writing', async () => {
    await using run = await runApp()
    run.terminal.type('why')
    await asked(run, 'item/commandExecution/requestApproval', command, 'stop typing to answer')

    run.terminal.type(' y')
    await run.terminal.shows('why y')
    run.pass(10_000)
    await run.terminal.shows('May this command run?')
    run.terminal.press('n')

    expect(await run.server.answerTo(7)).toMatchObject({ result: { decision: 'decline' } })
    expect(run.app.parts.view.composer.text).toBe('why y')
  })

  it('is gone when it was answered elsewhere', async () => {
    await using run = await runApp()
    await asked(run, 'item/commandExecution/requestApproval', command, 'May this command run?')

    run.server.notify('serverRequest/resolved', { threadId, requestId: 7 })

    await run.terminal.hides('May this command run?')
  })

  it('shows what could move the cursor or hide as what it is', async () => {
    await using run = await runApp()
    const sly = { ...command, command: 'echo ok\u001b[2K\rrm -rf ~', proposedExecpolicyAmendment: null }
    await asked(run, 'item/commandExecution/requestApproval', sly, 'May this command run?')

    expect(await run.terminal.text()).toContain('echo ok\\x1b[2K\\rrm -rf ~')
  })
})

it('shows the diff of files that are to be changed', async () => {
  await using run = await runApp()
  const changes = [{ path: '/projects/project/a.txt', kind: { type: 'update' }, diff: '@@ -1 +1 @@\n-old\n+new\n' }]
  run.server.notify(...turnEvents.started(turn))
  run.server.notify(
    ...turnEvents.itemStarted(turn, { type: 'fileChange', id: 'call-1', status: 'inProgress', changes }),
  )
  run.server.ask(7, 'item/fileChange/requestApproval', { ...about, reason: null, grantRoot: null })

  expect(await run.terminal.shows('May these files be changed?')).toMatch(/-old\n\s+\+new/)
  run.terminal.press('y')
  expect(await run.server.answerTo(7)).toMatchObject({ result: { decision: 'accept' } })
})

it('asks the questions of the agent one after the other', async () => {
  await using run = await runApp()
  const options = [
    { label: 'Red', description: 'like fire' },
    { label: 'Blue', description: 'like the sea' },
  ]
  const questions = [
    { id: 'colour', header: 'Colour', question: 'Which?', options, isOther: true },
    { id: 'key', header: 'Key', question: 'The secret?', options: null, isSecret: true },
  ]
  await asked(run, 'item/tool/requestUserInput', { ...about, questions, isBlocking: true }, 'Which?')

  run.terminal.press(keys.down, keys.enter)
  await run.terminal.shows('The secret?')
  run.terminal.type('hunter2')
  const screen = await run.terminal.shows('•••••••')
  run.terminal.press(keys.enter)

  expect(screen).not.toContain('hunter2')
  expect(await run.server.answerTo(7)).toMatchObject({
    result: { answers: { colour: { answers: ['Blue'] }, key: { answers: ['hunter2'] } } },
  })
})

it('fills the form of an MCP server, and refuses a number that is none', async () => {
  await using run = await runApp()
  const requestedSchema = {
    type: 'object',
    properties: { ship: { type: 'string', title: 'Ship' }, crew: { type: 'integer', title: 'Crew', minimum: 1 } },
    required: ['ship', 'crew'],
  }
  const params = {
    threadId,
    turnId: turn.turnId,
    serverName: 'harbour',
    mode: 'form',
    message: 'Who?',
    requestedSchema,
  }
  await asked(run, 'mcpServer/elicitation/request', params, 'harbour asks')

  run.terminal.type('Anna')
  run.terminal.press(keys.enter)
  await run.terminal.shows('Crew')
  run.terminal.type('x')
  run.terminal.press(keys.enter)
  await run.terminal.shows('x is no number')
  run.terminal.press(keys.backspace, '3', keys.enter)

  expect(await run.server.answerTo(7)).toMatchObject({
    result: { action: 'accept', content: { ship: 'Anna', crew: 3 } },
  })
})

it('refuses what only a program can answer', async () => {
  await using run = await runApp()

  run.server.ask(8, 'currentTime/read', {})

  expect(await run.server.answerTo(8)).toMatchObject({ error: { code: -32601 } })
})
