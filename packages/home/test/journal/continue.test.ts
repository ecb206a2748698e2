import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/changes/change.js'
import { applyChange, continueJournal, listJournals, openJournal, reverseImport } from '../../src/editing.js'
import { homeLayout } from '../../src/layout.js'
import { temporaryFolder, treeOf, write } from '../folder.js'

async function perform(root: string, changes: readonly Change[], goesOn: boolean): Promise<void> {
  const layout = homeLayout(root)
  const journal = goesOn ? continueJournal(layout, 'one') : openJournal(layout, 'one')
  const steps = journal.begin(changes)
  for (const [index, change] of changes.entries()) {
    await applyChange(change, { roots: [root], locksDir: layout.locksDir, step: steps[index]! })
  }
  journal.finish()
}

const merge = (root: string, key: string): Change => ({
  type: 'mergeToml',
  path: join(root, 'config.toml'),
  patch: { [key]: { is: 'ours' } },
})
const tree = (root: string, name: string): Change => ({
  type: 'copyTree',
  path: join(root, 'plugins', name),
  files: [{ relativePath: 'file', content: name }],
  replace: true,
})

describe('an import that goes on after it had finished', () => {
  it('is one on record, and undone as a whole, byte for byte', async () => {
    const root = temporaryFolder()
    write(join(root, 'config.toml'), '# mine\n')
    write(join(root, 'plugins/b/old'), 'old')
    const before = treeOf(root)

    await perform(root, [tree(root, 'a'), merge(root, 'first')], false)
    await perform(root, [tree(root, 'b'), merge(root, 'second')], true)
    expect(listJournals(homeLayout(root))).toMatchObject([{ id: 'one', state: 'done' }])
    const report = await reverseImport(homeLayout(root), 'one')

    expect(report.kept).toEqual([])
    expect(treeOf(root)).toEqual(before)
  })

  it('keeps what somebody wrote in between when it is undone', async () => {
    const root = temporaryFolder()
    const config = write(join(root, 'config.toml'), '# mine\n')
    await perform(root, [merge(root, 'first')], false)
    writeFileSync(config, `${readFileSync(config, 'utf8')}\n[theirs]\nis = "kept"\n`)
    await perform(root, [merge(root, 'second')], true)

    await reverseImport(homeLayout(root), 'one')

    expect(readFileSync(config, 'utf8')).toMatch(/^# mine\n\s*\[theirs\]\nis = "kept"\s*$/)
  })

  it('may begin with what goes on, and does not go on once it was undone', async () => {
    const root = temporaryFolder()
    await perform(root, [merge(root, 'first')], true)
    await reverseImport(homeLayout(root), 'one')

    expect(treeOf(root)).toEqual({})
    expect(() => continueJournal(homeLayout(root), 'one')).toThrow('was undone')
  })
})
