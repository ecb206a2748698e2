import { existsSync } from 'node:fs'
import { customCall, type ModelServerOptions, message, respond, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { execHome } from '../exec/exec-home.js'
import { runProgram } from '../program/run-program.js'
import { hasTmux, runInTerminal, type TerminalRun } from '../program/tmux.js'

/** The built program on a scripted model, in a terminal of its own. */
async function open(
  options: ModelServerOptions,
  args: readonly string[] = [],
  how: { columns?: number; rows?: number; after?: string; env?: { readonly [name: string]: string } } = {},
) {
  const home = await execHome(options)
  const terminal = await runInTerminal(args, { cwd: home.repository, ...how, env: { ...home.env, ...how.env } })
  return {
    home,
    terminal,
    async say(words: string): Promise<void> {
      await say(terminal, words)
    },
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]()
      await home[Symbol.asyncDispose]()
    },
  }
}

async function say(terminal: TerminalRun, words: string): Promise<void> {
  await terminal.type('-l', words)
  await terminal.shows(words)
  await terminal.type('Enter')
}

const ask = respond([
  toolCall('exec_command', {
    cmd: 'touch approved.txt',
    sandbox_permissions: 'require_escalated',
    justification: 'To see.',
  }),
])
const stall = respond([message('Half of it ')], { end: 'stall' })
/** Prints whether the shell's terminal takes lines and shows what is typed. */
const modes = 'stty -a | tr " " "\\n" | grep -E "^-?(icanon|echo);?$"'

describe.skipIf(!hasTmux)('the terminal UI in a real terminal', () => {
  it('talks, and says at the end how to go on', async () => {
    await using run = await open({ replies: [textReply('Ahoy, **captain**.')] })

    await run.terminal.shows('gpt-5.5')
    await run.say('Hello there')
    await run.terminal.shows('Ahoy, captain.')
    await run.terminal.type('C-d')

    expect(await run.terminal.shows('exit code 0')).toMatch(/To go on: gangway resume [0-9a-f-]{36}/)
  })

  it('says a prompt of the command line at once', async () => {
    await using run = await open({ replies: [textReply('Aye.')] }, ['sail on'])

    expect(await run.terminal.shows('Aye.')).toContain('› sail on')
  })

  it('asks before a command leaves the sandbox, and runs it when it may', async () => {
    await using run = await open({ replies: [ask, textReply('It is there.')] }, ['-a', 'on-request', 'make it'])

    await run.terminal.shows('May this command run?')
    expect(existsSync(`${run.home.repository}/approved.txt`)).toBe(false)
    await run.terminal.type('y')
    await run.terminal.shows('It is there.')

    expect(existsSync(`${run.home.repository}/approved.txt`)).toBe(true)
  })

  it('shows a patch, and changes the file when it may', async () => {
    const patch = '*** Begin Patch\n*** Add File: log.txt\n+Wind from the west.\n*** End Patch'
    const replies = [respond([customCall('apply_patch', patch)]), textReply('Written.')]
    await using run = await open({ replies }, ['-s', 'read-only', '-a', 'on-request', 'write the log'])

    expect(await run.terminal.shows('May these files be changed?')).toContain('+Wind from the west.')
    await run.terminal.type('y')
    await run.terminal.shows('Written.')

    expect(existsSync(`${run.home.repository}/log.txt`)).toBe(true)
  })

  it('interrupts with escape, and takes the next message', async () => {
    await using run = await open({ replies: [stall, textReply('Anew.')] }, ['begin'])

    await run.terminal.shows('Half of it')
    await run.terminal.type('Escape')
    await run.terminal.shows('interrupted')
    await run.say('go on')

    await run.terminal.shows('Anew.')
  })

  it('goes on with what was said before', async () => {
    await using run = await open({ replies: [textReply('The first answer.'), textReply('The second answer.')] })
    await run.terminal.shows('gpt-5.5')
    await run.say('first words')
    await run.terminal.shows('The first answer.')
    await run.terminal.type('C-d')
    await run.terminal.shows('exit code 0')

    await using again = await runInTerminal(['resume', '--last'], { cwd: run.home.repository, env: run.home.env })
    expect(await again.shows('The first answer.')).toContain('› first words')
    await say(again, 'more')
    await again.shows('The second answer.')

    await using picking = await runInTerminal(['resume'], { cwd: run.home.repository, env: run.home.env })
    await picking.shows('› first words')
    await picking.type('Enter')
    await picking.shows('The second answer.')
    await picking.type('Up')
    await picking.shows(/^more/m)
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('leaves the terminal as it was on %s', async (signal, code) => {
    await using run = await open({ replies: [stall] }, ['begin'], { after: modes })
    await run.terminal.shows('Half of it')

    process.kill(await run.terminal.processId(), signal)

    const screen = await run.terminal.shows(`exit code ${code}`)
    expect(screen).toMatch(/^icanon$/m)
    expect(screen).toMatch(/^echo$/m)
  })

  it('talks with a server that runs by itself, and can be left when that is gone', async () => {
    await using home = await execHome()
    const place = { cwd: home.repository, env: home.env }
    await using server = await runInTerminal(['app-server', '--listen', 'unix://'], place)
    await expect
      .poll(() => existsSync(`${home.folder.path}/home/app-server-control/app-server-control.sock`))
      .toBe(true)
    await using terminal = await runInTerminal(['--remote', 'unix://'], { ...place, after: modes })
    await terminal.shows('gpt-5.5')
    await say(terminal, 'hello')
    await terminal.shows('Nothing was scripted.')

    process.kill(await server.processId(), 'SIGTERM')
    await terminal.shows('the connection to the server is lost')
    await terminal.type('C-d')

    const screen = await terminal.shows('exit code 0')
    expect(screen).toContain('gangway resume --remote unix://')
    expect(screen).toMatch(/^icanon$/m)
  })

  it('keeps up with a terminal that changes its size, down to a narrow one', async () => {
    await using run = await open({
      replies: [textReply('One two three four five six seven eight nine ten. 世界世界世界世界')],
    })
    await run.terminal.shows('gpt-5.5')
    await run.say('count')
    await run.terminal.shows('nine ten.')

    await run.terminal.resize(24, 30)
    const narrow = await run.terminal.shows(/nine\s*ten\./)
    await run.terminal.resize(100, 45)

    expect(narrow.split('\n').every((line) => line.length <= 24)).toBe(true)
    await run.terminal.shows('One two three four five six seven eight nine ten.')
  })

  it('uses no colour with NO_COLOR', async () => {
    await using run = await open({ replies: [textReply('**Bold** `code`')] }, ['hi'], { env: { NO_COLOR: '1' } })
    await run.terminal.shows('Bold `code`')

    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is looked for
    expect(await run.terminal.coloured()).not.toMatch(/\u001b\[(?:1|2|3[0-8]|9\d)m/)
  })
})

describe('the plain mode', () => {
  it('says everything in lines, and takes answers as lines', async () => {
    await using home = await execHome({ replies: [ask, textReply('It is there.')] })
    const run = await runProgram(['--plain', '-a', 'on-request'], {
      cwd: home.repository,
      env: home.env,
      input: 'make it\n',
    })

    expect(run.stdout).toContain('You: make it')
    expect(run.stdout).toContain('May this command run?')
    expect(run.stdout).not.toContain('\u001b')
  })

  it('ends with the last answer when its input ends', async () => {
    await using home = await execHome({ replies: [textReply('Aye, aye.')] })

    const run = await runProgram(['--plain'], { cwd: home.repository, env: home.env, input: 'sail\n' })

    expect(run.stdout).toContain('Agent: Aye, aye.')
    expect(run.stdout).toMatch(/To go on: gangway resume [0-9a-f-]{36}/)
    expect(run.code).toBe(0)
  })
})

it('asks for a terminal where there is none', async () => {
  const run = await runProgram(['tui'])

  expect(run).toMatchObject({
    code: 2,
    stderr: 'gangway: the terminal UI needs a terminal; gangway exec works without one\n',
  })
})
