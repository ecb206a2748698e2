import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { temporaryFolder } from './temporary-folder.js'

it('shows detect, plan, diff, import and account, and names the folders', async () => {
  await using folder = await temporaryFolder()

  const run = await runProgram(['demo', '--dir', 'here'], { cwd: folder.path, env: { HOME: folder.path } })

  expect(run).toMatchObject({ code: 0, stderr: '' })
  for (const words of ['Found ', 'Will be written', 'Diff, abridged', 'Importing', 'needs action', 'Have a look']) {
    expect(run.stdout).toContain(words)
  }
  const after = await folder.read()
  expect(Object.keys(after)).toContain('here/home/.codex/config.toml')
  expect(Object.keys(after)).toContain('here/home/projects/harbour/AGENTS.md')
  expect(Object.values(after).filter((text) => text.includes('sk-live-5f2c9d71'))).toHaveLength(1)
})

it('accounts for the broken file of its sample', async () => {
  await using folder = await temporaryFolder()

  const run = await runProgram(['demo', '--full', '--dir', 'here'], { cwd: folder.path, env: { HOME: folder.path } })

  expect(run.stdout).toMatch(/broken/)
  expect(run.stdout).toMatch(/1 failed/)
})

it('leaves nothing behind with --no-keep', async () => {
  await using folder = await temporaryFolder()

  const run = await runProgram(['demo', '--no-keep'], {
    cwd: folder.path,
    env: { HOME: folder.path, TMPDIR: folder.path },
  })

  expect(run.code).toBe(0)
  expect(await folder.read()).toEqual({})
})

it('refuses a folder that is not empty, and leaves it alone', async () => {
  await using folder = await temporaryFolder()
  await folder.write({ 'full/x.txt': 'x' })

  const run = await runProgram(['demo', '--dir', 'full'], { cwd: folder.path, env: { HOME: folder.path } })

  expect(run).toMatchObject({ code: 2, stderr: 'gangway: demo: --dir full is not empty\n' })
  expect(await folder.read()).toEqual({ 'full/x.txt': 'x' })
  expect(existsSync(`${folder.path}/.codex`)).toBe(false)
})
