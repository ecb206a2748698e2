import { expect, it } from 'vitest'
import { runProgram } from './run-program.js'
import { sampleHome } from './sample-home.js'
import { temporaryFolder } from './temporary-folder.js'

it('refuses to write unasked when there is no terminal, and says what to add', async () => {
  await using home = await sampleHome()

  const run = await runProgram(['import', '--home-only'], { env: home.env, cwd: home.folder.path })

  expect(run.code).toBe(2)
  expect(run.stderr).toContain('--yes')
  expect(run.stderr).toContain('--dry-run')
  expect(Object.keys(await home.folder.read()).filter((path) => !path.startsWith('.claude'))).toEqual([])
})

it('shows plan and diff on a dry run, and writes nothing', async () => {
  await using home = await sampleHome()
  const before = await home.folder.read()

  const run = await runProgram(['import', '--home-only', '--dry-run'], { env: home.env, cwd: home.folder.path })

  expect(run.code).toBe(0)
  expect(run.stdout).toMatch(/Skills +2 +alpha, beta/)
  expect(run.stdout).toContain('+Do alpha.')
  expect(run.stdout).toMatch(/--yes=[0-9a-f]{16,}/)
  expect(run.stdout).not.toContain('\u001b')
  expect(await home.folder.read()).toEqual(before)
})

it('imports with --yes, reports every thing, and finds nothing more to do', async () => {
  await using home = await sampleHome()
  const options = { env: home.env, cwd: home.folder.path }

  const first = await runProgram(['import', '--home-only', '--yes'], options)
  const after = await home.folder.read()
  const second = await runProgram(['import', '--home-only', '--yes'], options)

  expect(first.code).toBe(0)
  expect(first.stdout).toContain('✓ alpha')
  expect(first.stdout).toMatch(/Journal ~\/\.codex\/gangway\/journal/)
  expect(after['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
  expect(after['.codex/config.toml']).toContain('EDITOR')
  expect(second.code).toBe(3)
  expect(second.stdout).toContain('There is nothing to import.')
})

it('names the variables to export instead of copying a secret, and copies it when asked to', async () => {
  await using home = await sampleHome()
  const options = { env: home.env, cwd: home.folder.path }

  const kept = await runProgram(['import', '--home-only', '--yes', '--kinds', 'config'], options)
  const config = (await home.folder.read())['.codex/config.toml']

  expect(kept.stdout).toContain('API_TOKEN')
  expect(config).not.toContain('ghp_0123')

  await using other = await sampleHome()
  const copied = await runProgram(['import', '--home-only', '--yes', '--kinds', 'config', '--copy-secrets'], {
    env: other.env,
    cwd: other.folder.path,
  })
  expect(copied.code).toBe(0)
  expect((await other.folder.read())['.codex/config.toml']).toContain('ghp_0123')
})

it('prints one JSON document and nothing else, and only plans without --yes', async () => {
  await using home = await sampleHome()
  const before = await home.folder.read()

  const run = await runProgram(['import', '--home-only', '--json'], { env: home.env, cwd: home.folder.path })
  const document = JSON.parse(run.stdout)

  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(Object.keys(document)).toEqual([
    'status',
    'plan',
    'account',
    'environment',
    'warnings',
    'results',
    'importId',
    'error',
    'verification',
  ])
  expect(document).toMatchObject({ status: 'planned', results: null, importId: null, error: null })
  expect(document.plan.files.map((file: { path: string }) => file.path)).toContain(
    `${home.folder.path}/.agents/skills/alpha/SKILL.md`,
  )
  for (const fact of document.account.facts) {
    expect(fact).toMatchObject({ id: expect.any(String), file: expect.any(String), pointer: expect.any(String) })
    expect(['mapped', 'rewritten', 'dropped', 'needs-action']).toContain(fact.fate)
  }
  expect(await home.folder.read()).toEqual(before)
})

it('writes exactly the plan whose digest it is given', async () => {
  await using home = await sampleHome()
  const options = { env: home.env, cwd: home.folder.path }
  const planned = JSON.parse((await runProgram(['import', '--home-only', '--json'], options)).stdout)

  const run = await runProgram(['import', '--home-only', '--json', `--yes=${planned.plan.digest}`], options)
  const document = JSON.parse(run.stdout)

  expect(run.code).toBe(0)
  expect(document).toMatchObject({ status: 'completed', importId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  const skills = document.results.find((result: { itemType: string }) => result.itemType === 'SKILLS')
  expect(skills).toMatchObject({ successCount: 2, errorCount: 0 })
})

it('ends with code 4 and writes nothing when the plan has another digest by now', async () => {
  await using home = await sampleHome()
  const options = { env: home.env, cwd: home.folder.path }
  const planned = JSON.parse((await runProgram(['import', '--home-only', '--json'], options)).stdout)
  await home.folder.write({ '.claude/skills/alpha/SKILL.md': '---\nname: alpha\ndescription: First\n---\nChanged.\n' })
  const before = await home.folder.read()

  const run = await runProgram(['import', '--home-only', '--json', `--yes=${planned.plan.digest}`], options)

  expect(run.code).toBe(4)
  expect(JSON.parse(run.stdout)).toMatchObject({ status: 'stale', results: null, importId: null })
  expect(await home.folder.read()).toEqual(before)
})

it('ends with code 3 and still prints its document when there is nothing', async () => {
  await using folder = await temporaryFolder()
  await folder.write({ '.git/HEAD': 'ref: refs/heads/main\n' })

  const run = await runProgram(['import', '--json', '--yes'], { env: { HOME: folder.path }, cwd: folder.path })

  expect(run.code).toBe(3)
  expect(JSON.parse(run.stdout)).toMatchObject({ status: 'nothing', plan: null, importId: null })
  expect(Object.keys(await folder.read())).toEqual(['.git/HEAD'])
})

it('takes only the kinds it is told to', async () => {
  await using home = await sampleHome()

  const run = await runProgram(['import', '--home-only', '--yes', '--kinds', 'skills'], {
    env: home.env,
    cwd: home.folder.path,
  })
  const after = Object.keys(await home.folder.read())

  expect(run.code).toBe(0)
  expect(after).toContain('.agents/skills/beta/SKILL.md')
  expect(after).not.toContain('.codex/config.toml')
})

it('takes the repository of the current folder too, unless told to look at home only', async () => {
  await using home = await sampleHome({
    'projects/harbour/.git/HEAD': 'ref: refs/heads/main\n',
    'projects/harbour/CLAUDE.md': 'Harbour rules.\n',
    'projects/harbour/src/x.txt': '',
  })
  const cwd = `${home.folder.path}/projects/harbour/src`

  const run = await runProgram(['import', '--yes'], { env: home.env, cwd })

  expect(run.code).toBe(0)
  expect((await home.folder.read())['projects/harbour/AGENTS.md']).toContain('Harbour rules.')
})

it('does not take the home folder for a project when it is started there', async () => {
  await using home = await sampleHome({ '.git/HEAD': 'ref: refs/heads/main\n' })

  const run = await runProgram(['import', '--yes', '--kinds', 'instructions'], { env: home.env, cwd: home.folder.path })
  const after = Object.keys(await home.folder.read())

  expect(run.code).toBe(0)
  expect(after).toContain('.codex/AGENTS.md')
  expect(after).not.toContain('AGENTS.md')
})

it('looks in the folders that --cwd names instead of the current one', async () => {
  await using home = await sampleHome({
    'one/.git/HEAD': '',
    'one/CLAUDE.md': 'One.\n',
    'two/.git/HEAD': '',
    'two/CLAUDE.md': 'Two.\n',
    'three/.git/HEAD': '',
    'three/CLAUDE.md': 'Three.\n',
  })
  const cwd = `${home.folder.path}/three`

  const run = await runProgram(['import', '--yes', '--cwd', '../one', '../two'], { env: home.env, cwd })
  const after = Object.keys(await home.folder.read())

  expect(run.code).toBe(0)
  expect(after.filter((path) => path.endsWith('/AGENTS.md'))).toEqual([
    '.codex/AGENTS.md',
    'one/AGENTS.md',
    'two/AGENTS.md',
  ])
})

it('writes into the Codex home it is told to', async () => {
  await using home = await sampleHome()

  const run = await runProgram(['import', '--home-only', '--yes', '--codex-home', 'elsewhere/.codex'], {
    env: home.env,
    cwd: home.folder.path,
  })

  expect(run.code).toBe(0)
  expect(Object.keys(await home.folder.read())).toContain('elsewhere/.codex/config.toml')
})

it('colours with FORCE_COLOR, and not with NO_COLOR', async () => {
  await using home = await sampleHome()
  const options = (env: { readonly [name: string]: string }) => ({
    env: { ...home.env, ...env },
    cwd: home.folder.path,
  })

  const forced = await runProgram(['import', '--home-only', '--dry-run'], options({ FORCE_COLOR: '1' }))
  const plain = await runProgram(['import', '--home-only', '--dry-run'], options({ NO_COLOR: '1' }))

  expect(forced.stdout).toContain('\u001b[')
  expect(plain.stdout).not.toContain('\u001b')
})

it('spells control characters of files out', async () => {
  await using home = await sampleHome({
    '.claude/skills/evil/SKILL.md': '---\nname: evil\ndescription: d\n---\nred \u001b[31mtext\u202e\n',
  })

  const run = await runProgram(['import', '--home-only', '--dry-run'], { env: home.env, cwd: home.folder.path })

  expect(run.stdout).not.toContain('\u001b')
  expect(run.stdout).not.toContain('\u202e')
  expect(run.stdout).toContain('+red \\x1b[31mtext\\u{202e}')
})

it('leaves a skill that is there alone, and replaces it when told to', async () => {
  const existing = { '.agents/skills/alpha/SKILL.md': 'Mine.\n', '.agents/skills/beta/SKILL.md': 'Mine.\n' }
  await using home = await sampleHome(existing)
  const options = { env: home.env, cwd: home.folder.path }

  const left = await runProgram(['import', '--home-only', '--yes', '--kinds', 'skills'], options)
  const kept = await home.folder.read()
  const replaced = await runProgram(
    ['import', '--home-only', '--yes', '--kinds', 'skills', '--on-conflict', 'overwrite'],
    options,
  )
  const after = await home.folder.read()

  expect(left.code).toBe(3)
  expect(kept).toMatchObject(existing)
  expect(replaced.code).toBe(0)
  expect(after['.agents/skills/alpha/SKILL.md']).toContain('Do alpha.')
})

it('accounts for what cannot come, though detect does not offer it', async () => {
  await using home = await sampleHome({
    '.claude.json': JSON.stringify({
      mcpServers: { tickets: { type: 'sse', url: 'https://tickets.example.com/sse' } },
    }),
  })

  const run = await runProgram(['import', '--home-only', '--json'], { env: home.env, cwd: home.folder.path })
  const facts: readonly { readonly name: string; readonly fate: string }[] = JSON.parse(run.stdout).account.facts

  expect(new Set(facts.filter((fact) => fact.name === 'tickets').map((fact) => fact.fate))).not.toContain('mapped')
  expect(facts.some((fact) => fact.name === 'tickets')).toBe(true)
})

it('stops at Ctrl-C while it writes, and says what was done', async () => {
  const skills = Array.from({ length: 1500 }, (_, index) => [
    `.claude/skills/s${index}/SKILL.md`,
    `---\nname: s${index}\ndescription: d\n---\nDo it.\n`,
  ])
  await using home = await sampleHome(Object.fromEntries(skills))
  let isInterrupted = false

  const run = await runProgram(['import', '--home-only', '--yes', '--kinds', 'config,skills'], {
    env: home.env,
    cwd: home.folder.path,
    onOutput(text, kill) {
      if (isInterrupted || !text.includes('1/2 Settings')) return
      isInterrupted = true
      kill('SIGINT')
    },
  })
  const written = Object.keys(await home.folder.read()).filter((path) => path.startsWith('.agents/skills/'))

  expect(run.code).toBe(130)
  expect(run.stderr).toContain('stopping; press Ctrl-C again to stop at once')
  expect(run.stdout).toMatch(/Stopped/)
  expect(run.stdout).toMatch(new RegExp(`^Skills +${written.length} `, 'm'))
})
