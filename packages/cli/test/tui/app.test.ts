import { agentMessage, turnEvents, turnOf } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { runApp, turn } from './app-run.js'
import { keys } from './virtual-terminal.js'

it('sends what was written, shows the words as they come, and is ready for the next', async () => {
  await using run = await runApp()
  const { terminal, server } = run

  terminal.type('Hello, agent')
  terminal.press(keys.enter)
  const request = await server.request('turn/start')
  server.notify(...turnEvents.delta(turn, 'm', 'Hello, **per'))
  const half = await terminal.shows('Hello, **per')
  server.notify(...turnEvents.itemCompleted(turn, agentMessage('m', 'Hello, **person**.')))
  server.notify(...turnEvents.completed(turn))

  expect(request).toMatchObject({ params: { input: [{ type: 'text', text: 'Hello, agent' }] } })
  expect(half).toContain('Working')
  expect(await terminal.hides('Working')).toContain('Hello, person.')
  expect(run.kept).toEqual(['Hello, agent'])
})

it('takes several lines with shift+enter and alt+enter, and keeps pasted lines together', async () => {
  await using run = await runApp()
  const { terminal, server } = run

  terminal.type('one')
  terminal.press(keys.shiftEnter)
  terminal.type('two')
  terminal.press(keys.altEnter, keys.paste('three\nfour'))
  terminal.press(keys.enter)

  expect(await server.request('turn/start')).toMatchObject({ params: { input: [{ text: 'one\ntwo\nthree\nfour' }] } })
})

it('sends a long paste in full though it shows only that it is there', async () => {
  await using run = await runApp()
  const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n')

  run.terminal.press(keys.paste(long))
  const shown = await run.terminal.shows('40 lines')
  run.terminal.press(keys.enter)

  expect(shown).not.toContain('line 39')
  expect(await run.server.request('turn/start')).toMatchObject({ params: { input: [{ text: long }] } })
})

it('brings back what was written in earlier sessions with up', async () => {
  await using run = await runApp({ history: ['the first', 'the second'] })

  run.terminal.press(keys.up)
  await run.terminal.shows('the second')
  run.terminal.press(keys.up)

  expect(await run.terminal.shows('the first')).not.toContain('the second')
})

it('lets the agent hear what is written while it works', async () => {
  await using run = await runApp()
  const { terminal, server } = run
  terminal.type('go')
  terminal.press(keys.enter)
  await terminal.shows('Working')

  terminal.type('also this')
  terminal.press(keys.enter)

  expect(await server.request('turn/steer')).toMatchObject({
    params: {
      expectedTurnId: turn.turnId,
      input: [{ text: 'also this' }],
    },
  })
})

it('says with tab what is to be said when the turn has ended', async () => {
  await using run = await runApp()
  const { terminal, server } = run
  terminal.type('go')
  terminal.press(keys.enter)
  await terminal.shows('Working')

  terminal.type('and then this')
  terminal.press(keys.tab)
  await terminal.shows('next: and then this')
  expect(server.requests('turn/start')).toHaveLength(1)
  server.notify(...turnEvents.completed(turn))

  expect(await server.request('turn/start', 2)).toMatchObject({ params: { input: [{ text: 'and then this' }] } })
})

it('interrupts with escape, and gives back what was to be said later', async () => {
  await using run = await runApp()
  const { terminal, server } = run
  terminal.type('go')
  terminal.press(keys.enter)
  await terminal.shows('Working')
  terminal.type('later')
  terminal.press(keys.tab)
  await terminal.shows('next: later')

  terminal.press(keys.escape)
  expect(await server.request('turn/interrupt')).toMatchObject({ params: { turnId: turn.turnId } })
  const [method, params] = turnEvents.completed(turn)
  const ended = params as { readonly turn: object }
  server.notify(method, { ...ended, turn: { ...ended.turn, status: 'interrupted' } })

  const screen = await terminal.shows('· interrupted')
  expect(screen).not.toContain('next:')
  expect(run.app.parts.view.composer.text).toBe('later')
})

it('clears the composer with ctrl+c, and leaves with two of them', async () => {
  await using run = await runApp()
  run.terminal.type('half a thought')
  run.terminal.press(keys.ctrlC)
  expect(run.app.parts.view.composer.text).toBe('')

  run.terminal.press(keys.ctrlC)
  await run.terminal.shows('press ctrl+c again')
  run.terminal.press(keys.ctrlC)

  await run.app.left
})

it('names the nearest command for one that is not known', async () => {
  await using run = await runApp()

  run.terminal.type('/modle')
  run.terminal.press(keys.enter)

  expect(await run.terminal.shows('unknown command /modle')).toContain('did you mean model?')
})

it('sends a path at the start as words, not as a command', async () => {
  await using run = await runApp()

  run.terminal.type('/etc/hosts is what?')
  run.terminal.press(keys.enter)

  expect(await run.server.request('turn/start')).toMatchObject({ params: { input: [{ text: '/etc/hosts is what?' }] } })
})

it('completes a file behind @ with what the server finds', async () => {
  await using run = await runApp()
  const match = { root: '/projects/project', match_type: 'file', file_name: 'harbour.ts', score: 9, indices: [] }
  run.peer.on('fuzzyFileSearch', () => ({ files: [{ ...match, path: 'src/harbour.ts' }] }))

  run.terminal.type('look at @harb')
  await run.terminal.shows('src/harbour.ts')
  run.terminal.press(keys.tab)

  await run.terminal.shows('look at @src/harbour.ts')
})

it('runs a command of the person behind an exclamation mark', async () => {
  await using run = await runApp()
  run.peer.on('thread/shellCommand', () => ({}))

  run.terminal.type('!git status')
  run.terminal.press(keys.enter)

  expect(await run.server.request('thread/shellCommand')).toMatchObject({ params: { command: 'git status' } })
})

it('gives the words back when they could not be sent, and says why', async () => {
  await using run = await runApp()
  run.peer.on('turn/start', () => {
    throw new Error('no')
  })

  run.terminal.type('precious words')
  run.terminal.press(keys.enter)

  await run.terminal.shows('✗')
  expect(run.app.parts.view.composer.text).toBe('precious words')
})

it('is not busy for ever when the end of a turn is lost', async () => {
  await using run = await runApp()
  const ended = { ...turnOf(turn.turnId, 'completed'), items: [agentMessage('m', 'All of it.')] }
  run.peer.on('thread/turns/list', () => ({ data: [ended], nextCursor: null }))
  run.terminal.type('go')
  run.terminal.press(keys.enter)
  await run.terminal.shows('Working')

  run.server.notify(...turnEvents.status(turn.threadId, 'idle'))

  expect(await run.terminal.hides('Working')).toContain('All of it.')
})
