import { message, respond, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { eventsOf, execHome } from './exec-home.js'

it('interrupts the turn at the first Ctrl-C, and ends with 1', async () => {
  await using home = await execHome({ replies: [respond([toolCall('exec_command', { cmd: 'sleep 60' })])] })
  let isSent = false

  const run = await home.exec(['--json', '-s', 'danger-full-access', 'wait'], {
    onOutput: (text, kill) => {
      if (isSent || !text.includes('item.started')) return
      isSent = true
      kill('SIGINT')
    },
  })

  expect(run.code).toBe(1)
  const types = eventsOf(run).map(({ type }) => type)
  expect(types.slice(0, 3)).toEqual(['thread.started', 'turn.started', 'item.started'])
  expect(types).not.toContain('turn.completed')
})

it('says that the turn was interrupted, and keeps the session so that it can be resumed', async () => {
  await using home = await execHome({ replies: [respond([message('half')], { end: 'stall' })] })
  let isSent = false

  const run = await home.exec(['wait'], {
    onError: (text, kill) => {
      if (isSent || !text.includes('half')) return
      isSent = true
      kill('SIGINT')
    },
  })
  const next = await home.exec(['resume', '--last', 'go on'])

  expect([run.code, run.stdout]).toEqual([1, ''])
  expect(run.stderr).toContain('turn interrupted\n')
  expect([next.code, next.stdout]).toEqual([0, 'Nothing was scripted.\n'])
})

it('ends at once with 130 when it is told twice', async () => {
  await using home = await execHome({ replies: [respond([message('half')], { end: 'stall' })] })
  let isSent = false

  const run = await home.exec(['wait'], {
    onError: (text, kill) => {
      if (isSent || !text.includes('half')) return
      isSent = true
      kill('SIGINT')
      kill('SIGTERM')
    },
  })

  expect(run.code).toBe(130)
})
