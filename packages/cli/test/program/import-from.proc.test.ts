import { expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { sampleHome } from './sample-home.js'

const cursor = {
  '.cursor/skills/gamma/SKILL.md': '---\nname: gamma\ndescription: Third\n---\nDo gamma in Cursor.\n',
  '.cursor/rules/always.mdc': '---\nalwaysApply: true\n---\nBe brief.\n',
}

it('brings over from the agent that is named, and from no other', async () => {
  await using home = await sampleHome(cursor)

  const run = await runProgram(['import', '--from', 'cursor', '--home-only', '--yes'], {
    env: home.env,
    cwd: home.folder.path,
  })

  expect(run.code).toBe(0)
  const written = await home.folder.read()
  expect(Object.keys(written).filter((path) => path.startsWith('.agents'))).toEqual(['.agents/skills/gamma/SKILL.md'])
  expect(written['.codex/AGENTS.md']).toContain('Be brief.')
})

it('brings over from all agents, one after the other, and prints one document of all', async () => {
  await using home = await sampleHome(cursor)
  const options = { env: home.env, cwd: home.folder.path }

  const planned = await runProgram(['import', '--from', 'all', '--home-only', '--json'], options)
  const written = await runProgram(['import', '--from', 'all', '--home-only', '--yes'], options)

  expect([planned.code, written.code]).toEqual([0, 0])
  const { imports } = JSON.parse(planned.stdout) as { imports: { from: string; status: string }[] }
  expect(imports.map(({ from, status }) => [from, status])).toEqual([
    ['claude-code', 'planned'],
    ['cursor', 'planned'],
  ])
  expect(written.stdout).toMatch(/From Claude Code:[\s\S]*From Cursor:/)
  expect(
    Object.keys(await home.folder.read())
      .filter((path) => path.startsWith('.agents'))
      .sort(),
  ).toEqual([
    '.agents/skills/alpha/SKILL.md',
    '.agents/skills/beta/SKILL.md',
    '.agents/skills/gamma/SKILL.md',
    '.agents/skills/source-command-fix/SKILL.md',
  ])
})
