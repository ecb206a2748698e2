import { join } from 'node:path'
import { respond, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { configFor, execHome } from './exec-home.js'

it('does not work outside a repository unless it is told to', async () => {
  await using home = await execHome()

  const refused = await home.exec(['x'], { cwd: '/' })
  const allowed = await home.exec(['--skip-git-repo-check', '--ephemeral', 'x'], { cwd: '/' })

  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toContain('Not inside a trusted directory and --skip-git-repo-check was not specified.\n')
  expect(allowed.code).toBe(0)
})

it('remembers a trusted project, and lets it write then', async () => {
  await using home = await execHome()

  const run = await home.exec(['--trust', 'x'])
  const next = await home.exec(['x'])

  expect(run.code).toBe(0)
  expect((await home.folder.read())['home/config.toml']).toMatch(/trust_level = "trusted"/)
  expect(next.stderr).toContain('sandbox: workspace-write [workdir')
})

it('does not trust a project that is marked as untrusted', async () => {
  await using home = await execHome()
  const marked = `${configFor(home.model.url)}[projects."${home.repository}"]\ntrust_level = "untrusted"\n`
  await home.folder.write({ 'home/config.toml': marked })

  const run = await home.exec(['--trust', 'x'])

  expect([run.code, run.stdout]).toEqual([1, ''])
  expect(run.stderr).toContain(`${home.repository} is marked as untrusted. Update its trust setting first.`)
  expect((await home.folder.read())['home/config.toml']).toBe(marked)
})

it('ends with 2 for a wrong command line, and with 1 for no prompt, no session, no folder, no file', async () => {
  await using home = await execHome()

  const runs = await Promise.all([
    home.exec(['--bogus-flag', 'x']),
    home.exec([]),
    home.exec(['resume', '00000000-0000-7000-8000-000000000000', 'x']),
    home.exec(['resume', 'no such name', 'x']),
    home.exec(['-C', 'nowhere', 'x']),
    home.exec(['--output-schema', 'nothing.json', 'x']),
    home.exec(['review']),
  ])

  expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual([[2, ''], ...Array(6).fill([1, ''])])
  expect(runs.map(({ stderr }) => stderr.trim().split('\n').at(-1))).toEqual([
    'gangway: exec: unknown option --bogus-flag',
    'No prompt provided via stdin.',
    expect.stringContaining('no rollout found for thread id 00000000-0000-7000-8000-000000000000'),
    'gangway: no session has the id or name no such name',
    `gangway: -C ${join(home.repository, 'nowhere')}: no such folder`,
    expect.stringContaining(`Failed to read output schema file ${join(home.repository, 'nothing.json')}: `),
    'gangway: exec review: give --uncommitted, --base, --commit, or instructions',
  ])
})

it('names the variable and the ways out when there is no model to talk to', async () => {
  await using home = await execHome()
  await home.folder.write({ 'home/config.toml': '' })

  const noKey = await home.exec(['x'])
  const noProvider = await home.exec(['-c', 'model_provider=nowhere', 'x'])
  const noLocal = await home.exec(['--oss', 'x'])

  expect([noKey.code, noProvider.code, noLocal.code]).toEqual([1, 1, 1])
  expect(noKey.stderr).toContain('`openai`: set OPENAI_API_KEY')
  expect(noKey.stderr).toContain('--local-provider ollama')
  expect(noProvider.stderr).toContain('Model provider `nowhere` not found')
  expect(noLocal.stderr).toContain('Give --local-provider ollama or lmstudio, or set oss_provider in config.toml')
})

it('does without the rules for commands when it is told to', async () => {
  const working = () => respond([toolCall('exec_command', { cmd: 'echo ruled' })])
  await using home = await execHome({ replies: [working(), textReply('So.'), working(), textReply('So.')] })
  await home.folder.write({ 'home/rules/default.rules': 'prefix_rule(pattern=["echo"], decision="forbidden")\n' })

  await home.exec(['x'])
  await home.exec(['--ignore-rules', 'x'])

  const outputs = [1, 3].map((number) => JSON.stringify(home.model.requests[number]?.body))
  expect(outputs.map((text) => /Output:\\nruled/.test(text))).toEqual([false, true])
})

it('lays a profile over the configuration, does without it, and refuses what it does not know', async () => {
  await using home = await execHome()
  await home.folder.write({ 'home/deep.config.toml': 'model = "deep"\n', 'home/odd.config.toml': 'odd = 1\n' })

  const deep = await home.exec(['-p', 'deep', 'x'])
  const without = await home.exec(['--ignore-user-config', 'x'])
  const odd = await home.exec(['-p', 'odd', 'x'])
  const strict = await home.exec(['-p', 'odd', '--strict-config', 'x'])

  expect(deep.stderr).toContain('\nmodel: deep\n')
  expect(without.stderr).toContain('\nprovider: openai\n')
  expect(odd.code).toBe(0)
  expect([strict.code, strict.stderr]).toEqual([1, expect.stringContaining('unknown configuration field `odd` in ')])
})
