import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HookHome } from './hook-home.js'
import { isRunning } from './is-running.js'

const signal = new AbortController().signal
const tool = { turnId: 'u-1', toolName: 'Bash', toolUseId: 'c-1', toolInput: { command: 'ls' } }
const prompt = { turnId: 'u-1', prompt: 'hello' }

it('runs no hook that nobody has trusted', async () => {
  using home = new HookHome()
  home.hooks({ UserPromptSubmit: 'echo context' })

  const verdict = await home.open().run('UserPromptSubmit', prompt, signal)

  expect(verdict.context).toEqual([])
  expect(home.told).toEqual([])
})

it('gives a hook its event as JSON, in the folder of the conversation', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: 'cat > input.json' })
  await home.trust()

  await home.open().run('PreToolUse', tool, signal)

  expect(JSON.parse(readFileSync(join(home.cwd, 'input.json'), 'utf8'))).toEqual({
    session_id: 't-1',
    turn_id: 'u-1',
    transcript_path: null,
    cwd: home.cwd,
    hook_event_name: 'PreToolUse',
    model: 'm-1',
    permission_mode: 'default',
    tool_name: 'Bash',
    tool_use_id: 'c-1',
    tool_input: { command: 'ls' },
  })
})

it('tells clients when a hook begins and how it ended', async () => {
  using home = new HookHome()
  home.hooks({ UserPromptSubmit: { command: 'echo words', statusMessage: 'looking' } })
  await home.trust()

  const verdict = await home.open().run('UserPromptSubmit', prompt, signal)

  expect(verdict.context).toEqual(['words'])
  expect(home.told.map(({ method, params }) => [method, params.run.status])).toEqual([
    ['hook/started', 'running'],
    ['hook/completed', 'completed'],
  ])
  expect(home.lastRun).toMatchObject({
    id: `user-prompt-submit:0:${home.layout.hooksJson}`,
    eventName: 'userPromptSubmit',
    scope: 'turn',
    statusMessage: 'looking',
    entries: [{ kind: 'context', text: 'words' }],
  })
})

it('blocks a tool by exit code 2, with the words of standard error', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: 'echo "not that" >&2; exit 2' })
  await home.trust()

  const verdict = await home.open().run('PreToolUse', tool, signal)

  expect(verdict.blocked).toBe('not that')
  expect(verdict.feedback).toEqual([{ text: 'not that', hookRunId: `pre-tool-use:0:${home.layout.hooksJson}:c-1` }])
  expect(home.lastRun.status).toBe('blocked')
})

it('goes on when a hook fails in any other way', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: 'echo no >&2; exit 1' })
  await home.trust()

  const verdict = await home.open().run('PreToolUse', tool, signal)

  expect(verdict.blocked).toBeNull()
  expect(home.lastRun).toMatchObject({
    status: 'failed',
    entries: [{ kind: 'error', text: 'hook exited with code 1' }],
  })
})

it('ends a hook and what it started at its time limit', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: { command: 'sleep 60 & echo $! > pid; wait', timeout: 1 } })
  await home.trust()

  await home.open().run('PreToolUse', tool, signal)

  expect(home.lastRun.entries).toEqual([{ kind: 'error', text: 'hook timed out after 1s' }])
  const pid = Number(readFileSync(join(home.cwd, 'pid'), 'utf8'))
  expect(isRunning(pid)).toBe(false)
})

it('ends hooks when the turn is interrupted', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: 'sleep 60' })
  await home.trust()
  const controller = new AbortController()
  const run = home.open().run('PreToolUse', tool, controller.signal)

  controller.abort(new Error('the person stopped'))

  await expect(run).rejects.toThrow('the person stopped')
})

it('runs a hook only for tools that its matcher names, a patch also by the names of other agents', async () => {
  using home = new HookHome()
  home.hooks({ PreToolUse: { command: 'exit 1', matcher: 'Write|mcp__.*' } })
  await home.trust()
  const hooks = home.open()

  await hooks.run('PreToolUse', tool, signal)
  await hooks.run('PreToolUse', { ...tool, toolName: 'mcp__notes__add' }, signal)
  await hooks.run('PreToolUse', { ...tool, toolName: 'apply_patch' }, signal)

  const ran = home.told.filter(({ method }) => method === 'hook/started')
  expect(ran).toHaveLength(2)
})

it('does not wait for an asynchronous hook', async () => {
  using home = new HookHome()
  home.hooks({ Stop: { command: 'exit 2', async: true } })
  await home.trust()

  const verdict = await home
    .open()
    .run('Stop', { turnId: 'u-1', stopHookActive: false, lastAssistantMessage: 'x' }, signal)

  expect(verdict.blocked).toBeNull()
  expect(home.told[0]?.params.run.executionMode).toBe('async')
})

it('puts long context into a file, and says where', async () => {
  using home = new HookHome()
  home.hooks({ UserPromptSubmit: 'head -c 20000 /dev/zero | tr "\\0" x' })
  await home.trust()

  const { context } = await home.open().run('UserPromptSubmit', prompt, signal)

  const [text = ''] = context
  expect(text.length).toBeLessThan(10_400)
  const file = /\[The rest of what the hook said is in (.*)\]/.exec(text)?.[1] ?? ''
  expect(readFileSync(file, 'utf8')).toBe('x'.repeat(20_000))
})

it('warns of a file of hooks that cannot be read, once', async () => {
  using home = new HookHome()
  writeFileSync(home.layout.hooksJson, '{"hooks":{},"extra":1}')
  const hooks = home.open()

  await hooks.run('UserPromptSubmit', prompt, signal)
  await hooks.run('UserPromptSubmit', prompt, signal)

  expect(home.told.map(({ method }) => method)).toEqual(['warning'])
  expect(home.told[0]?.params.message).toContain('unknown field `extra`')
})
