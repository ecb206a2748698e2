import { expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { sampleHome } from './sample-home.js'

it('ends with code 1 when something failed, and brings the rest over', async () => {
  await using home = await sampleHome({ '.codex/config.toml': 'model = \n' })

  const run = await runProgram(['import', '--home-only', '--yes'], { env: home.env, cwd: home.folder.path })
  const after = await home.folder.read()

  expect(run.code).toBe(1)
  expect(run.stdout).toContain('config.toml')
  expect(after['.codex/config.toml']).toBe('model = \n')
  expect(after['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
})

it('ends with code 3 and names, once, what stands in the way of everything', async () => {
  await using home = await sampleHome({ '.codex/config.toml': 'model = \n' })

  const run = await runProgram(['import', '--home-only', '--yes', '--kinds', 'config'], {
    env: home.env,
    cwd: home.folder.path,
  })

  expect(run.code).toBe(3)
  expect(run.stdout).toContain('Nothing was offered.')
  expect(run.stdout.split('invalid existing config.toml')).toHaveLength(2)
})
