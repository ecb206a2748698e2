import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { releases } from '../support/programs.js'
import type { Terminal } from '../support/terminal.js'
import { TuiRun } from '../support/tui-run.js'

/** What the composer of the reference shows while it waits for words. */
const READY = /Ask Codex|Explain this codebase|Summarize recent commits|› \S/

async function opened(run: TuiRun, words: readonly string[] = []): Promise<Terminal> {
  const terminal = run.open(words)
  await terminal.shows(READY)
  return terminal
}

describe('the pickers of the terminal UI of the reference, on our server', () => {
  it('change permissions and the model, and offer skills and files', async () => {
    await using run = await TuiRun.start('ws')
    const terminal = await opened(run)
    await terminal.say('hello there')
    await terminal.shows('this is the scripted model')

    await terminal.say('/permissions')
    await terminal.shows('Update Model Permissions')
    terminal.press('4')
    await terminal.shows('Permission selection requested: Read Only')
    await terminal.say('/model')
    await terminal.shows('Select Model and Effort')
    terminal.press('Enter')
    await terminal.shows('Select Reasoning Level')
    terminal.press('3')
    await terminal.shows(/gpt-5\.5 high/)
    await terminal.say('/skills')
    await terminal.shows('Enable/Disable Skills')
    terminal.press('Escape')
    await terminal.shows(READY)
    terminal.type('@hell')
    await terminal.shows('Filesystem Only')
    await terminal.shows(/› hello\.txt/)
    terminal.press('Tab')
    await terminal.shows('› hello.txt')
    terminal.type('slow')
    await delay(400)
    terminal.press('Enter')
    await terminal.shows('word word word')

    const { body } = run.model.requests.find((request) => JSON.stringify(request.body).includes('hello.txt slow'))!
    expect(body).toMatchObject({ reasoning: { effort: 'high' } })
    expect(JSON.stringify(body)).toContain('read-only')
  })

  it('allow a prefix once and for all', async () => {
    await using run = await TuiRun.start('ws')
    const terminal = await opened(run)

    await terminal.say('prefix please')
    await terminal.shows('commands that start with')
    terminal.press('p')
    await terminal.shows('That was prefixed')
    await terminal.say('prefix again')
    await terminal.shows(/prefix again[\s\S]*That was prefixed/)

    const rules = readFileSync(path.join(run.codexHome, 'rules', 'default.rules'), 'utf8')
    expect(rules).toContain('prefix_rule(pattern=["echo", "prefixed"], decision="allow")')
  })

  it('ask the person’s opinion in plan mode, and review', async () => {
    await using run = await TuiRun.start('ws')
    const terminal = await opened(run)
    await terminal.say('hello there')
    await terminal.shows('this is the scripted model')

    await terminal.say('/plan')
    await terminal.shows('Plan mode (')
    await terminal.say('question please')
    await terminal.shows('Which berth should it be')
    terminal.press('Enter')
    await terminal.shows(/answer: North[\s\S]*As you wish/)
    await terminal.say('/review')
    await terminal.shows('Select a review preset')
    terminal.press('2')
    await terminal.shows(/Code review started[\s\S]*Code review finished/)
  })

  it('put a thread away, and show it there', async () => {
    await using run = await TuiRun.start('ws')
    const terminal = await opened(run)
    await terminal.say('hello the first')
    await terminal.shows('this is the scripted model')
    await terminal.say('/new')
    await terminal.shows(/Ask Codex/)
    await terminal.say('/resume')
    await terminal.shows('The first talk')

    terminal.press('C-a')
    await terminal.shows('No sessions yet')
    terminal.press('Tab')
    terminal.press('Right')
    await terminal.shows(/The first talk/)
  })
})

describe('a terminal UI of the reference that stays', () => {
  it('comes back to its thread when the server was killed and started again', async () => {
    await using run = await TuiRun.start('ws')
    const terminal = await opened(run)
    await terminal.say('hello there')
    await terminal.shows('this is the scripted model')

    await run.restart(500)
    await delay(1_500)
    await terminal.say('approval please')
    await terminal.shows('Would you like to run')
    terminal.press('y')
    await terminal.shows('All done after approval')
  })

  it('shows what another one says in the same thread, and takes part in its approvals', async () => {
    await using run = await TuiRun.start('ws')
    const first = await opened(run)
    await first.say('hello there')
    await first.shows('this is the scripted model')
    const second = await opened(run, ['resume', '--last'])
    await second.shows('this is the scripted model')

    await first.say('approval please')
    await second.shows('Would you like to run')
    second.press('y')
    await first.shows('All done after approval')
    await second.shows('All done after approval')
    await second.say('patch please')
    await first.shows('Patched it')
  })
})

describe.each(releases().filter(({ release }) => release !== '0.169'))(
  'the terminal UI of release $release',
  (program) => {
    it('chats and asks for approvals on our server', async () => {
      await using run = await TuiRun.start('ws')
      const terminal = run.open([], program)
      await terminal.shows('/model to change')
      await terminal.shows(READY)
      // Words typed before the thread is there are lost on its way to the screen.
      await delay(1_000)

      await terminal.say('hello there')
      await terminal.shows('this is the scripted model')
      await terminal.say('approval please')
      await terminal.shows('Would you like to run')
      terminal.press('y')
      await terminal.shows('All done after approval')
    })
  },
)
