import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judgeCommand } from '../../src/approval/command-policy.js'
import { type ToolTurn, type ToolTurnOptions, toolTurn } from '../exec/tool-turn.js'

const readOnly = { type: 'readOnly' } as const
const escalated = { cmd: 'touch made', sandbox_permissions: 'require_escalated', justification: 'May I?', login: false }

async function asking(decision: unknown, options: ToolTurnOptions = {}): Promise<ToolTurn> {
  return toolTurn({ sandboxPolicy: readOnly, approvalPolicy: 'on-request', decide: () => decision, ...options })
}

const questions = (turn: ToolTurn) =>
  turn.told.filter(({ method }) => method === 'item/commandExecution/requestApproval')

describe('a command that leaves the sandbox', () => {
  it('asks with all that a person needs to decide', async () => {
    await using turn = await asking('accept')

    await turn.call('exec_command', escalated)

    expect(existsSync(join(turn.cwd, 'made'))).toBe(true)
    expect(questions(turn)).toMatchObject([
      {
        params: {
          kind: 'command',
          threadId: 'thread',
          turnId: 'turn',
          itemId: 'call-1',
          environmentId: 'local',
          reason: 'May I?',
          command: "/bin/bash -c 'touch made'",
          cwd: turn.cwd,
          commandActions: [{ type: 'unknown', command: 'touch made' }],
          proposedExecpolicyAmendment: ['touch', 'made'],
          availableDecisions: [
            'accept',
            { acceptWithExecpolicyAmendment: { execpolicy_amendment: ['touch', 'made'] } },
            'cancel',
          ],
        },
      },
    ])
    expect(turn.started).toMatchObject([{ source: 'agent', processId: null }])
    expect(turn.completed).toMatchObject([{ source: 'unifiedExecStartup', status: 'completed' }])
  })

  it.each([
    ['decline', false],
    ['cancel', true],
  ])('does not run when the person says %s', async (decision, isCancelled) => {
    await using turn = await asking(decision)

    expect(await turn.call('exec_command', escalated)).toContain('rejected by user')
    expect(existsSync(join(turn.cwd, 'made'))).toBe(false)
    expect(turn.completed).toMatchObject([{ status: 'declined', processId: null }])
    expect(turn.wasCancelled()).toBe(isCancelled)
  })

  it('is asked about once where the person said so for the session', async () => {
    await using turn = await asking('acceptForSession')

    await turn.call('exec_command', escalated)
    await turn.call('exec_command', escalated)
    await turn.call('exec_command', { ...escalated, cmd: 'touch other' })

    expect(questions(turn)).toHaveLength(2)
  })

  it('is allowed for good by a rule, which is kept', async () => {
    const words = ['touch']
    await using turn = await asking({ acceptWithExecpolicyAmendment: { execpolicy_amendment: words } })

    await turn.call('exec_command', { ...escalated, prefix_rule: words })
    await turn.call('exec_command', { cmd: 'touch other', login: false })

    expect(questions(turn)).toMatchObject([{ params: { proposedExecpolicyAmendment: words } }])
    expect(await readFile(join(turn.codexHome, 'rules/default.rules'), 'utf8')).toBe(
      'prefix_rule(pattern=["touch"], decision="allow")\n',
    )
    expect(existsSync(join(turn.cwd, 'other'))).toBe(true)
  })

  it('is refused to the model where nobody may be asked', async () => {
    await using turn = await toolTurn({ sandboxPolicy: readOnly, approvalPolicy: 'never' })

    expect(await turn.call('exec_command', escalated)).toContain('the approval policy is never')
    expect(questions(turn)).toEqual([])
  })

  it('asks for several calls at once', async () => {
    let open = 0
    let both = () => {}
    const arrived = new Promise<void>((resolve) => {
      both = resolve
    })
    await using turn = await asking('', {
      decide: async () => {
        open += 1
        if (open === 2) both()
        await arrived
        return 'accept'
      },
    })

    await Promise.all(['one', 'two'].map((name) => turn.call('exec_command', { ...escalated, cmd: `touch ${name}` })))

    expect(['one', 'two'].every((name) => existsSync(join(turn.cwd, name)))).toBe(true)
  })
})

describe('rules of the home', () => {
  it.each([
    ['forbidden', 'never here', 0, false],
    ['prompt', 'rejected by user', 1, false],
    ['allow', 'exited with code 0', 0, true],
  ])('hold: %s', async (decision, message, count, isWritten) => {
    await using turn = await asking('decline')
    await mkdir(join(turn.codexHome, 'rules'))
    const rule = `prefix_rule(pattern=["touch"], decision="${decision}", justification="never here")`
    await writeFile(join(turn.codexHome, 'rules/mine.rules'), rule)

    expect(await turn.call('exec_command', { cmd: 'touch made', login: false })).toContain(message)
    expect(questions(turn)).toHaveLength(count)
    expect(existsSync(join(turn.cwd, 'made'))).toBe(isWritten)
  })

  it('are all off, and that is told, when one of them cannot be read', async () => {
    await using turn = await asking('accept')
    await mkdir(join(turn.codexHome, 'rules'))
    await writeFile(join(turn.codexHome, 'rules/mine.rules'), 'prefix_rule(')

    await turn.call('exec_command', { cmd: 'true', login: false })

    expect(turn.told.find(({ method }) => method === 'warning')?.params['message']).toContain('mine.rules')
  })
})

describe('rules of a repository', () => {
  it.each([
    ['trusted', true],
    ['untrusted', false],
  ])('hold where it is %s', async (trust, isHeeded) => {
    await using turn = await asking('accept')
    await mkdir(join(turn.cwd, '.codex/rules'), { recursive: true })
    await writeFile(join(turn.cwd, '.codex/rules/ours.rules'), 'prefix_rule(pattern=["touch"], decision="forbidden")')
    const config = `[projects.${JSON.stringify(turn.cwd)}]\ntrust_level = "${trust}"\n`
    await writeFile(join(turn.codexHome, 'config.toml'), config)

    const output = await turn.call('exec_command', { cmd: 'touch made', login: false })

    expect(output.includes('a rule forbids it')).toBe(isHeeded)
  })
})

describe('removing by force', () => {
  it('is refused under never, also where everything else may be done', async () => {
    await using turn = await toolTurn({ approvalPolicy: 'never' })

    expect(await turn.call('exec_command', { cmd: 'rm -rf x' })).toContain(
      'rm -f style commands are not permitted. Use a safer approach',
    )
  })

  it('is asked about under on-request', async () => {
    await using turn = await toolTurn({ approvalPolicy: 'on-request', decide: () => 'decline' })

    expect(await turn.call('exec_command', { cmd: 'rm -rf x' })).toContain('rejected by user')
  })
})

describe('where no sandbox works', () => {
  const question = {
    script: 'ls',
    argv: ['/bin/bash', '-lc', 'ls'],
    isEscalated: false,
    prefixRule: undefined,
    isOpen: false,
    hasSandbox: false,
    rules: [],
  }

  it.each([
    ['on-request', 'ask'],
    ['untrusted', 'ask'],
    ['never', 'refuse'],
    [{ granular: { mcp_elicitations: true, rules: true, sandbox_approval: false } }, 'refuse'],
  ] as const)('nothing runs unasked under %j', (approvalPolicy, kind) => {
    expect(judgeCommand({ ...question, approvalPolicy }).kind).toBe(kind)
  })

  it('does not believe the words of a script that the model’s own program reads', () => {
    const rules = [{ pattern: [['ls']], decision: 'allow', justification: null }] as const
    const asked = { ...question, hasSandbox: true, approvalPolicy: 'never', rules } as const

    expect(judgeCommand(asked)).toEqual({ kind: 'run', isSandboxed: false })
    expect(judgeCommand({ ...asked, argv: ['./bash', '-lc', 'ls'] })).toEqual({ kind: 'run', isSandboxed: true })
  })

  it('runs what has no rules to keep', () => {
    expect(judgeCommand({ ...question, isOpen: true, approvalPolicy: 'never' })).toEqual({
      kind: 'run',
      isSandboxed: false,
    })
  })
})

describe('the policy untrusted', () => {
  it('asks for every command, and lets what the person agreed to do what it says', async () => {
    await using turn = await asking('accept', { approvalPolicy: 'untrusted' })

    expect(await turn.call('exec_command', { cmd: 'touch made', login: false })).toContain('exited with code 0')
    expect(questions(turn)).toHaveLength(1)
  })
})
