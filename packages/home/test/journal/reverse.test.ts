import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Change, ChangeConflict, HomeError, type HomeLayout, homeLayout } from '@gangway/home'
import { applyChange, openJournal, readJournal, recoverJournals, reverseImport } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/files/digest.js'
import { temporaryFolder, treeOf, write } from '../folder.js'

interface Place {
  readonly root: string
  readonly layout: HomeLayout
  readonly changes: readonly Change[]
}

/** A person's folder with a Codex home and a repository, and changes of every type to both. */
function place(): Place {
  const root = temporaryFolder()
  const layout = homeLayout(join(root, '.codex'))
  write(layout.configToml, '# mine\r\nmodel = "m"')
  chmodSync(layout.configToml, 0o600)
  write(layout.agentsMd, 'mine')
  write(join(root, 'dotfiles', 'hooks.json'), '{ // why\n}\n')
  symlinkSync('../dotfiles/hooks.json', layout.hooksJson)
  write(join(root, '.agents', 'skills', 'two', 'mine'), 'm', 0o755)
  mkdirSync(join(root, 'repo'))
  const source = write(join(root, 'source', 'run.sh'), 'echo')
  const skill = (name: string, replace = false): Change => ({
    type: 'copyTree',
    path: join(layout.skillsDir, name),
    files: [
      { relativePath: 'SKILL.md', content: `# ${name}`, mode: 0o644 },
      { relativePath: 'bin/run.sh', source, mode: 0o755 },
    ],
    folders: ['empty'],
    replace,
  })
  const changes: Change[] = [
    { type: 'mergeToml', path: layout.configToml, patch: { a: { x: 1 } } },
    { type: 'writeFile', path: layout.agentsMd, content: 'mine and more', replaces: digestOf('mine') },
    skill('one'),
    { type: 'mergeToml', path: layout.configToml, patch: { b: { y: 2 } } },
    { type: 'mergeJson', path: layout.hooksJson, patch: { hooks: { Stop: { $append: [1] } } } },
    skill('two', true),
    { type: 'writeFile', path: join(root, 'repo', '.codex', 'rules', 'a.rules'), content: 'r' },
    { type: 'mergeToml', path: join(root, 'repo', '.codex', 'config.toml'), patch: { a: 1 } },
  ]
  return { root, layout, changes }
}

async function runImport(
  { root, layout, changes }: Place,
  importId = 'import-1',
  upTo = changes.length,
): Promise<void> {
  const journal = openJournal(layout, importId)
  const steps = journal.begin(changes)
  for (const [index, change] of changes.slice(0, upTo).entries()) {
    const step = steps[index]
    if (step) await applyChange(change, { roots: [root], locksDir: layout.locksDir, step })
  }
  if (upTo === changes.length) journal.finish()
}

describe('reversing an import', () => {
  it('C9: gives the target back byte for byte, modes, links and missing folders included', async () => {
    const here = place()
    const before = treeOf(here.root)
    await runImport(here)
    const between = treeOf(here.root)

    const report = await reverseImport(here.layout, 'import-1')

    expect(between).not.toEqual(before)
    expect(treeOf(here.root)).toEqual(before)
    expect(report.kept).toEqual([])
    expect([...report.restored].sort()).toEqual(
      [
        here.layout.agentsMd,
        here.layout.configToml,
        join(here.root, 'dotfiles', 'hooks.json'),
        join(here.layout.skillsDir, 'two', 'mine'),
      ].sort(),
    )
    expect(readJournal(here.layout, 'import-1')?.state).toBe('reversed')
  })

  it('gives back what was made of an import that stopped at any change', async () => {
    for (let upTo = 0; upTo <= 8; upTo++) {
      const here = place()
      const before = treeOf(here.root)
      await runImport(here, 'import-1', upTo)

      const report = await reverseImport(here.layout, 'import-1')

      expect(treeOf(here.root)).toEqual(before)
      expect(report.kept).toEqual([])
    }
  })

  it('keeps and names what the person changed, added or removed since', async () => {
    const here = place()
    const { layout } = here
    await runImport(here)
    writeFileSync(layout.configToml, `${readFileSync(layout.configToml, 'utf8')}c = 3\n`)
    write(join(layout.skillsDir, 'one', 'notes.md'), 'mine')
    writeFileSync(join(layout.skillsDir, 'two', 'SKILL.md'), 'edited')
    rmSync(layout.agentsMd)

    const report = await reverseImport(layout, 'import-1')

    expect(report.kept).toEqual([
      { path: join(layout.skillsDir, 'two', 'SKILL.md'), reason: 'it was changed since' },
      { path: join(layout.skillsDir, 'two'), reason: expect.stringContaining('what was there before is in') },
      { path: join(layout.skillsDir, 'one', 'notes.md'), reason: 'it was added since' },
      { path: layout.agentsMd, reason: 'it was removed since' },
    ])
    expect(report.merged).toEqual([layout.configToml])
    expect(readdirSync(join(layout.skillsDir, 'one'))).toEqual(['notes.md'])
  })

  it('changes nothing the second time', async () => {
    const here = place()
    await runImport(here)
    await reverseImport(here.layout, 'import-1')
    const after = treeOf(here.root)

    const report = await reverseImport(here.layout, 'import-1')

    expect(treeOf(here.root)).toEqual(after)
    expect(report).toMatchObject({ status: 'alreadyUndone', restored: [], removed: [], merged: [], kept: [] })
  })

  it('works where power failed and took the lines after the beginning along', async () => {
    const here = place()
    const before = treeOf(here.root)
    await runImport(here)
    const lines = join(here.layout.journalDir, 'import-1', 'journal.jsonl')
    const beginning = readFileSync(lines, 'utf8')
      .split('\n')
      .filter((line) => !/"type":"(writing|applied|finished)"/.test(line))
    writeFileSync(lines, `${beginning.join('\n')}{"type":"wri`)

    expect(readJournal(here.layout, 'import-1')?.changes.every(({ applied }) => applied)).toBe(true)
    await reverseImport(here.layout, 'import-1')

    expect(treeOf(here.root)).toEqual(before)
  })

  it('refuses an import it has no journal of, and names that are no names', async () => {
    const { layout } = place()

    await expect(reverseImport(layout, 'none')).rejects.toThrow('there is no journal of import none')
    await expect(reverseImport(layout, '../x')).rejects.toThrow(HomeError)
    expect(() => openJournal(layout, '')).toThrow(HomeError)
  })
})

describe('a journal', () => {
  it('is on the disk before any change is made, and nothing else is', () => {
    const here = place()
    const before = treeOf(here.root)

    openJournal(here.layout, 'import-1').begin(here.changes)

    expect(treeOf(here.root)).toEqual(before)
    expect(readJournal(here.layout, 'import-1')).toMatchObject({
      state: 'interrupted',
      changes: here.changes.map(({ type, path }, index) => ({ index, type, path, applied: false })),
    })
  })

  it('refuses a change to a file that somebody changed since the import began', async () => {
    const here = place()
    const [change] = here.changes
    const [step] = openJournal(here.layout, 'import-1').begin(here.changes)
    writeFileSync(here.layout.configToml, 'other = 1\n')

    if (!change || !step) throw new Error('no first change')
    const outcome = applyChange(change, { roots: [here.root], locksDir: here.layout.locksDir, step })

    await expect(outcome).rejects.toThrow(ChangeConflict)
    expect(readFileSync(here.layout.configToml, 'utf8')).toBe('other = 1\n')
  })

  it('goes on after a change that failed, and reverses what was made', async () => {
    const here = place()
    const before = treeOf(here.root)
    const journal = openJournal(here.layout, 'import-1')
    const steps = journal.begin(here.changes)
    for (const [index, change] of here.changes.entries()) {
      const step = steps[index]
      if (index !== 0 && step) await applyChange(change, { roots: [here.root], locksDir: here.layout.locksDir, step })
    }
    journal.finish()

    expect(readJournal(here.layout, 'import-1')?.changes.map(({ applied }) => applied)).toEqual([
      false,
      ...Array(7).fill(true),
    ])
    await reverseImport(here.layout, 'import-1')

    expect(treeOf(here.root)).toEqual(before)
  })

  it('leaves imports alone that still run, and removes journals that never began', async () => {
    const here = place()
    openJournal(here.layout, 'import-1').begin(here.changes)
    write(join(here.layout.journalDir, 'torn', 'journal.jsonl'), '{"type":"blob","digest":"x')

    expect(recoverJournals(here.layout)).toEqual([])
    expect(readdirSync(here.layout.journalDir)).toEqual(['import-1'])
  })

  it('puts back a folder that was moved aside when the process died between two renames', async () => {
    const here = place()
    const before = treeOf(here.root)
    openJournal(here.layout, 'import-1').begin(here.changes)
    const lines = join(here.layout.journalDir, 'import-1', 'journal.jsonl')
    writeFileSync(lines, readFileSync(lines, 'utf8').replace(`"pid":${process.pid}`, '"pid":4194305'))
    renameSync(join(here.layout.skillsDir, 'two'), join(here.layout.skillsDir, '.gangway-aside-import-1-5'))
    write(join(here.layout.skillsDir, '.gangway-stage-import-1-5', 'SKILL.md'), 'half')

    expect(recoverJournals(here.layout)).toHaveLength(1)

    expect(treeOf(here.root)).toEqual(before)
  })
})
