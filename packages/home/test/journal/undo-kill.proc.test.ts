import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { homeLayout } from '@gangway/home'
import { applyChange, openJournal, recoverJournals, reverseImport } from '@gangway/home/editing'
import { expect, it } from 'vitest'
import { endOf, startProgram } from '../child.js'
import { temporaryFolder, treeOf, write } from '../folder.js'
import { importChanges } from './import-changes.js'

/** A home with an import in it; the tree before and after. */
async function imported() {
  const root = temporaryFolder()
  write(join(root, '.codex', 'config.toml'), '# mine\nmodel = "m"\n')
  write(join(root, '.agents', 'skills', 'skill-0', 'mine'), 'm')
  const before = treeOf(root)
  const layout = homeLayout(join(root, '.codex'))
  const changes = importChanges(root)
  const journal = openJournal(layout, 'import-1')
  const steps = journal.begin(changes)
  for (const [index, change] of changes.entries()) {
    const step = steps[index]
    if (step) await applyChange(change, { roots: [root], locksDir: layout.locksDir, step })
  }
  journal.finish()
  return { root, layout, before, after: treeOf(root) }
}

async function undoAndKill(root: string, afterMs: number): Promise<number | NodeJS.Signals | null> {
  const child = startProgram('./journal/undo-to-be-killed.ts', [root, 'import-1'])
  const end = endOf(child)
  if (child.stdout) await once(child.stdout, 'data')
  await delay(afterMs)
  child.kill('SIGKILL')
  return await end
}

it('an undo that is killed goes on when it is asked for again, and can be undone as a whole', async () => {
  const ends: unknown[] = []
  for (const afterMs of [0, 2, 5, 10, 20, 40]) {
    const { root, layout, before, after } = await imported()
    ends.push(await undoAndKill(root, afterMs))
    expect(recoverJournals(layout)).toEqual([])

    const { undoId, kept } = await reverseImport(layout, 'import-1')

    expect(kept).toEqual([])
    expect(treeOf(root)).toEqual(before)
    await reverseImport(layout, undoId ?? '')
    expect(treeOf(root)).toEqual(after)
  }

  expect(ends).toContain('SIGKILL')
}, 90_000)
