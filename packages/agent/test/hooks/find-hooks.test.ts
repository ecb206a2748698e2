import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { HookHome } from './hook-home.js'

it('computes the same hash as the reference', async () => {
  using home = new HookHome()
  writeFileSync(
    home.layout.configToml,
    '[[hooks.PreToolUse]]\nmatcher = "^Bash$"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\ncommand = "true"\n',
  )

  const { hooks } = await home.find()

  expect(hooks).toMatchObject([
    {
      key: `${home.layout.configToml}:pre_tool_use:0:0`,
      currentHash: 'sha256:ab998b7464c9549681c8da38d5709ee0c1ece52458a7770bbe7e58b1ac1d162e',
      timeoutSec: 600,
      trustStatus: 'untrusted',
      enabled: true,
      source: 'user',
    },
  ])
})

it('says of a hook that was changed after it was trusted that it is modified', async () => {
  using home = new HookHome()
  home.hooks({ Stop: 'true' })
  await home.trust()
  home.hooks({ Stop: 'false' })

  const { hooks } = await home.find()

  expect(hooks.map(({ trustStatus }) => trustStatus)).toEqual(['modified'])
})

it('does not let a project trust its own hooks', async () => {
  using home = new HookHome()
  const folder = join(home.cwd, '.codex')
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(home.cwd, '.git'))
  writeFileSync(home.layout.configToml, `[projects."${home.cwd}"]\ntrust_level = "trusted"\n`)
  const group = { hooks: [{ type: 'command', command: 'true' }] }
  writeFileSync(join(folder, 'hooks.json'), JSON.stringify({ hooks: { Stop: [group] } }))
  const [before] = (await home.find()).hooks
  writeFileSync(
    join(folder, 'config.toml'),
    `[hooks.state."${before?.key}"]\ntrusted_hash = "${before?.currentHash}"\n`,
  )

  const { hooks } = await home.find()

  expect(hooks).toMatchObject([{ source: 'project', trustStatus: 'untrusted' }])
})

it('leaves the hooks of a project out that is not trusted', async () => {
  using home = new HookHome()
  const folder = join(home.cwd, '.codex')
  mkdirSync(folder, { recursive: true })
  const group = { hooks: [{ type: 'command', command: 'true' }] }
  writeFileSync(join(folder, 'hooks.json'), JSON.stringify({ hooks: { Stop: [group] } }))

  const { hooks } = await home.find()

  expect(hooks).toEqual([])
})

it('clamps the time limit of hooks that hold up an end, and says so', async () => {
  using home = new HookHome()
  home.hooks({ SessionEnd: 'true' })

  const { hooks, warnings } = await home.find()

  expect(hooks[0]?.timeoutSec).toBe(3)
  expect(warnings).toEqual([`clamping SessionEnd hook timeout to 3s in ${home.layout.hooksJson}`])
})
