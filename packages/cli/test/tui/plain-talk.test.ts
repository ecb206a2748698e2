import { agentMessage, turnEvents } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { PlainTalk } from '../../src/tui/plain/plain-talk.js'
import { runApp, turn } from './app-run.js'

async function talk() {
  const run = await runApp()
  const lines: string[] = []
  const plain = new PlainTalk(run.conversation, (line) => lines.push(line))
  return { run, lines, plain, [Symbol.asyncDispose]: () => run[Symbol.asyncDispose]() }
}

it('says each thing once, when it is whole', async () => {
  await using told = await talk()
  const { run, lines, plain } = told
  run.server.notify(...turnEvents.started(turn))
  run.server.notify(...turnEvents.delta(turn, 'm', 'Half'))
  await run.terminal.shows('Half')
  plain.changed()
  expect(lines).toEqual([])

  run.server.notify(...turnEvents.itemCompleted(turn, agentMessage('m', 'Half and whole\u001b[2J.')))
  await run.terminal.shows('Half and whole')
  plain.changed()
  plain.changed()

  expect(lines).toEqual(['Agent: Half and whole\\x1b[2J.'])
})

it('takes a letter as the answer to a question, and asks again for one that means nothing', async () => {
  await using told = await talk()
  const { run, lines, plain } = told
  run.server.notify(...turnEvents.started(turn))
  const about = { ...turn, itemId: 'c', startedAtMs: 1, command: 'ls', cwd: '/w' }
  run.server.ask(7, 'item/commandExecution/requestApproval', about)
  await run.terminal.shows('May this command run?')
  plain.changed()

  await plain.take('perhaps')
  expect(lines.filter((line) => line === 'May this command run?')).toHaveLength(2)
  await plain.take('n')

  expect(await run.server.answerTo(7)).toMatchObject({ result: { decision: 'decline' } })
})

it('refuses what is asked when nobody can answer any more', async () => {
  await using told = await talk()
  const { run, plain } = told
  run.server.notify(...turnEvents.started(turn))
  const questions = [{ id: 'q', header: 'Q', question: 'Which?', options: null }]
  run.server.ask(7, 'item/tool/requestUserInput', { ...turn, itemId: 'c', questions, isBlocking: true })
  await run.terminal.shows('Which?')
  plain.changed()

  await plain.finish()

  expect(await run.server.answerTo(7)).toMatchObject({ result: { answers: {} } })
})

it('names a command that it does not know', async () => {
  await using told = await talk()

  expect(await told.plain.take('/dance')).toBe('stay')
  expect(await told.plain.take('/quit')).toBe('quit')
  expect(told.lines).toEqual(['Error: /dance is not known in plain mode; /help lists what is'])
})
