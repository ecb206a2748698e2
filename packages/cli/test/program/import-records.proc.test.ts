import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { type SampleHome, sampleHome } from './sample-home.js'
import { hasTmux, runInTerminal } from './tmux.js'

function run(home: SampleHome, ...args: readonly string[]) {
  return runProgram(['import', ...args], { cwd: home.folder.path, env: home.env })
}

async function importEverything(home: SampleHome): Promise<string> {
  const { stdout } = await run(home, '--home-only', '--yes', '--json')
  return (JSON.parse(stdout) as { readonly importId: string }).importId
}

describe('gangway import list, undo and verify', () => {
  it('lists what was imported, with its id and state', async () => {
    await using home = await sampleHome()
    const none = await run(home, 'list')
    const id = await importEverything(home)

    const listed = await run(home, 'list')
    const document = JSON.parse((await run(home, 'list', '--json')).stdout)

    expect(none).toMatchObject({ code: 0, stdout: 'Nothing was imported yet.\n' })
    expect(listed.stdout).toMatch(new RegExp(`${id} .* done `))
    expect(document.imports).toMatchObject([{ id, state: 'done' }])
  })

  it('shows what an undo would do, does it with --yes, and can take that back', async () => {
    await using home = await sampleHome({ '.codex/config.toml': '# mine\n' })
    const before = await home.folder.read()
    const id = await importEverything(home)
    const imported = await home.folder.read()

    const planned = await run(home, 'undo', id, '--dry-run')
    const unchanged = await home.folder.read()
    const undone = await run(home, 'undo', id, '--yes')
    const restored = await home.folder.read()
    const again = JSON.parse((await run(home, 'undo', id, '--yes', '--json')).stdout)
    await run(home, 'undo', again.undoId, '--yes')

    expect(planned.stdout).toContain('Nothing was written.')
    expect(unchanged['.codex/config.toml']).toBe(imported['.codex/config.toml'])
    expect(undone).toMatchObject({ code: 0 })
    expect(restored['.codex/config.toml']).toBe(before['.codex/config.toml'])
    expect(restored['.agents/skills/alpha/SKILL.md']).toBeUndefined()
    expect(again.status).toBe('alreadyUndone')
    expect((await home.folder.read())['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
  })

  it('only plans an undo with --json alone, and refuses where nobody can be asked', async () => {
    await using home = await sampleHome()
    const id = await importEverything(home)

    const planned = JSON.parse((await run(home, 'undo', id, '--json')).stdout)
    const refused = await run(home, 'undo', id)

    expect(planned.status).toBe('planned')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('--yes')
    expect((await home.folder.read())['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
  })

  it('names an import that is not known, and an action that is not', async () => {
    await using home = await sampleHome()

    const unknown = await run(home, 'undo', '00000000-0000-4000-8000-000000000000', '--yes')
    const missing = await run(home, 'undo')
    const action = await run(home, 'verfy')

    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('00000000-0000-4000-8000-000000000000')
    expect(missing).toMatchObject({ code: 2, stderr: 'gangway: import undo: which import? See: gangway import list\n' })
    expect(action.stderr).toContain('(did you mean verify?)')
  })

  it('verifies what came over, and ends with code 1 when some of it is broken', async () => {
    await using home = await sampleHome()
    const id = await importEverything(home)

    const fine = await run(home, 'verify', id)
    await home.folder.write({ '.agents/skills/alpha/SKILL.md': 'no front matter\n' })
    const broken = await run(home, 'verify')
    const document = JSON.parse((await run(home, 'verify', id, '--json')).stdout)

    expect(fine.code).toBe(0)
    expect(fine.stdout).toMatch(/Checked: \d+ verified/)
    expect(broken.code).toBe(1)
    expect(broken.stdout).toContain('✗ Skills: alpha')
    expect(document.counts.broken).toBe(1)
  })

  it.skipIf(!hasTmux)('asks before it takes an import back', async () => {
    await using home = await sampleHome()
    const id = await importEverything(home)
    await using terminal = await runInTerminal(['import', 'undo', id], { cwd: home.folder.path, env: home.env })

    await terminal.shows('Take it back?')
    await terminal.type('Enter')

    expect(await terminal.shows('exit code')).toContain('exit code 0')
    expect((await home.folder.read())['.agents/skills/alpha/SKILL.md']).toBeUndefined()
  })
})

describe('completion in bash', () => {
  async function complete(...words: readonly string[]): Promise<readonly string[]> {
    const { stdout: script } = await runProgram(['completion', 'bash'])
    const shown = words.map((word) => `'${word}'`).join(' ')
    const command = [
      script,
      'gangway() { [ "$2" = imports ] && echo import-id-1; [ "$2" = threads ] && echo thread-id-1; }',
      `COMP_WORDS=(gangway ${shown}); COMP_CWORD=${words.length}; _gangway; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join('\n')
    const { stdout } = await promisify(execFile)('bash', ['-c', command])
    return stdout.split('\n').filter((line) => line !== '')
  }

  it('goes on behind a comma, without what is there already', async () => {
    expect(await complete('import', '--kinds', 'sk')).toEqual(['skills'])
    expect(await complete('import', '--kinds', 'skills,ho')).toEqual(['skills,hooks'])
    expect(await complete('import', '--kinds', 'skills,')).not.toContain('skills,skills')
  })

  it('knows the ids that an action takes', async () => {
    expect(await complete('import', 'undo', '')).toEqual(['import-id-1'])
    expect(await complete('import', 'verify', 'import')).toEqual(['import-id-1'])
    expect(await complete('threads', 'show', '')).toEqual(['thread-id-1'])
    expect(await complete('threads', 'list', '--s')).toContain('--since')
  })

  it('prints the ids of a home for the shell', async () => {
    await using home = await sampleHome()
    const id = await importEverything(home)

    const words = await runProgram(['completion', 'imports'], { cwd: home.folder.path, env: home.env })

    expect(words).toEqual({ code: 0, stdout: `${id}\n`, stderr: '' })
  })
})
