import { turnEvents } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { threadId } from '../session/told.js'
import { runApp, turn } from './app-run.js'
import { keys } from './virtual-terminal.js'

const counts = {
  totalTokens: 12_345,
  inputTokens: 12_000,
  cachedInputTokens: 9_000,
  outputTokens: 345,
  reasoningOutputTokens: 0,
}

it('shows the plan while the agent works, and how far it is', async () => {
  await using run = await runApp()
  run.server.notify(...turnEvents.started(turn))
  const plan = [
    { step: 'Look around', status: 'completed' },
    { step: 'Mend the sail', status: 'inProgress' },
    { step: 'Cast off', status: 'pending' },
  ]
  run.server.notify('turn/plan/updated', { ...turn, explanation: null, plan })

  const screen = await run.terminal.shows('Cast off')
  run.server.notify(...turnEvents.completed(turn))

  expect(screen).toMatch(/✓ Look around\n\s+› Mend the sail\n\s+· Cast off/)
  await run.terminal.hides('Cast off')
})

it('shows the tokens that were used, and how full the window is', async () => {
  await using run = await runApp()
  const tokenUsage = { total: counts, last: counts, modelContextWindow: 100_000 }

  run.server.notify('thread/tokenUsage/updated', { ...turn, tokenUsage })

  await run.terminal.shows('12.3k tokens, 12% of the window')
  run.terminal.type('/status')
  run.terminal.press(keys.enter)
  await run.terminal.shows('12.0k in (9.0k cached), 345 out')
})

it('shows warnings and errors of the server once each', async () => {
  await using run = await runApp()

  run.server.notify('warning', { threadId, message: 'the wind turns' })
  await run.terminal.shows('! the wind turns')
  run.server.notify('warning', { threadId, message: 'the tide falls' })

  const screen = await run.terminal.shows('! the tide falls')
  expect(screen.split('the wind turns')).toHaveLength(2)
})

it.each([12, 6, 3])('holds on a screen of %i columns, questions and lists included', async (columns) => {
  await using run = await runApp({ columns: 80, rows: 20, colour: true })
  run.peer.on('thread/list', () => ({
    data: [{ id: 'a', name: '世界 ahead', updatedAt: 1, cwd: '/projects' }],
    nextCursor: null,
  }))
  run.terminal.resize(columns, 20)
  run.terminal.type('/resume')
  run.terminal.press(keys.enter)
  await run.server.request('thread/list')
  run.terminal.press(keys.escape)
  run.server.notify(...turnEvents.started(turn))
  const about = {
    ...turn,
    itemId: 'c',
    startedAtMs: 1,
    command: 'ls 世界',
    cwd: '/w',
    proposedExecpolicyAmendment: ['ls'],
  }
  run.server.ask(7, 'item/commandExecution/requestApproval', about)
  await run.terminal.shows(/e\s*s\s*c/)

  run.terminal.press('y')

  expect(await run.server.answerTo(7)).toMatchObject({ result: { decision: 'accept' } })
})
