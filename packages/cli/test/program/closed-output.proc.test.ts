import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { assertBundled, launcher } from './run-program.js'
import { sampleHome } from './sample-home.js'

it('writes everything, and ends as it would have, when nobody reads its output any more', async () => {
  assertBundled()
  await using home = await sampleHome()
  const args = [launcher, 'import', '--home-only', '--yes']
  const env = { PATH: process.env.PATH ?? '', ...home.env }

  const child = spawn(process.execPath, args, { cwd: home.folder.path, env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  child.stderr.destroy()
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })

  expect(code).toBe(0)
  const after = await home.folder.read()
  expect(after['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
  expect(after['.agents/skills/beta/SKILL.md']).toBeDefined()
})

it('says that a plan is stale by its exit code when nobody reads its output any more', async () => {
  assertBundled()
  await using home = await sampleHome()
  const args = [launcher, 'import', '--home-only', '--json', '--yes=0000']
  const env = { PATH: process.env.PATH ?? '', ...home.env }

  const child = spawn(process.execPath, args, { cwd: home.folder.path, env, stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout.destroy()
  const code = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })

  expect(code).toBe(4)
})
