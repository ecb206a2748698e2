import { turnEvents } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { runApp, turn } from './app-run.js'
import { keys } from './virtual-terminal.js'

it('paints many deltas that come at once a few times, and the last of them always', async () => {
  await using run = await runApp({ columns: 100, rows: 30 })
  const { terminal, server } = run
  terminal.type('go')
  terminal.press(keys.enter)
  await terminal.shows('Working')
  terminal.written = []

  for (let count = 0; count < 2_000; count += 1) server.notify(...turnEvents.delta(turn, 'm', `w${count} `))
  await terminal.shows('w1999')

  const paints = terminal.written.filter((text) => text.includes('\u001b[?2026h'))
  expect(paints.length).toBeLessThan(50)
})

it('paints a key without waiting for the words that stream', async () => {
  await using run = await runApp()
  const { terminal, server } = run
  terminal.type('go')
  terminal.press(keys.enter)
  await terminal.shows('Working')
  server.notify(...turnEvents.delta(turn, 'm', 'first '))
  await terminal.shows('first')
  server.notify(...turnEvents.delta(turn, 'm', 'second '))
  terminal.type('x')

  const screen = await terminal.shows(/^x/m)

  expect(screen).toContain('first')
})

it('paints everything anew for another width, wide characters included', async () => {
  await using run = await runApp({ columns: 80, rows: 24 })
  const { terminal, server } = run
  server.notify(...turnEvents.started(turn))
  server.notify(...turnEvents.delta(turn, 'm', `${'世界'.repeat(30)} end`))
  await terminal.shows('end')

  terminal.resize(30, 20)

  const screen = await terminal.shows(/end/)
  expect(screen.split('\n').filter((line) => line.includes('世')).length).toBeGreaterThan(3)
})
