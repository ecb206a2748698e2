import { describe, expect, it } from 'vitest'
import { sampleHome } from './sample-home.js'
import { hasTmux, runInTerminal } from './tmux.js'

describe.skipIf(!hasTmux)('in a terminal', () => {
  it('lets the person pick items and single names, shows the diff, and writes only what was picked', async () => {
    await using home = await sampleHome()
    await using run = await runInTerminal(['import', '--home-only'], { cwd: home.folder.path, env: home.env })

    await run.shows('What should come aboard?')
    await run.shows('Skills (2) from home')
    // Settings come first: leave them out, keep the rest.
    await run.type('Space', 'Enter')
    await run.shows('Everything in them?')
    await run.type('Down', 'Enter')
    await run.shows('Skills (2) from home: which?')
    await run.type('Space', 'Enter')
    await run.shows('Write it?')
    await run.type('Down', 'Enter')
    await run.shows('+Do beta.')
    await run.type('Enter')
    await run.shows('exit code 0')
    const after = Object.keys(await home.folder.read())

    expect(after).toContain('.agents/skills/beta/SKILL.md')
    expect(after).not.toContain('.agents/skills/alpha/SKILL.md')
    expect(after).not.toContain('.codex/config.toml')
    expect(await run.everything()).toContain('✓ beta')
  })

  it('writes nothing when the person says no', async () => {
    await using home = await sampleHome()
    const before = await home.folder.read()
    await using run = await runInTerminal(['import', '--home-only', '--kinds', 'skills'], {
      cwd: home.folder.path,
      env: home.env,
    })

    await run.shows('What should come aboard?')
    await run.type('Enter')
    await run.shows('Everything in them?')
    await run.type('Enter')
    await run.shows('Write it?')
    await run.type('Up', 'Enter')

    expect(await run.shows('exit code')).toContain('exit code 130')
    expect(await run.everything()).toContain('Nothing was written.')
    expect(await home.folder.read()).toEqual(before)
  })

  it('stops at Ctrl-C in a question, with nothing written', async () => {
    await using home = await sampleHome()
    const before = await home.folder.read()
    await using run = await runInTerminal(['import', '--home-only'], { cwd: home.folder.path, env: home.env })

    await run.shows('What should come aboard?')
    await run.type('C-c')

    expect(await run.shows('exit code')).toContain('exit code 130')
    expect(await home.folder.read()).toEqual(before)
  })
})
