import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { homeLayout } from '@gangway/home'
import { applyChange, openJournal, parseJson, parseToml, recoverJournals, reverseImport } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { endOf, startProgram } from '../child.js'
import { temporaryFolder, treeOf, write } from '../folder.js'
import { importChanges } from './import-changes.js'

function person(): string {
  const root = temporaryFolder()
  write(join(root, '.codex', 'config.toml'), '# mine\nmodel = "m"\n')
  write(join(root, '.agents', 'skills', 'skill-0', 'mine'), 'm')
  return root
}

async function importAndKill(root: string, afterMs: number): Promise<number | NodeJS.Signals | null> {
  const child = startProgram('./journal/import-to-be-killed.ts', [root, 'import-1'])
  const end = endOf(child)
  if (child.stdout) await once(child.stdout, 'data')
  await delay(afterMs)
  child.kill('SIGKILL')
  return await end
}

/** After its beginning is on the disk; spread over the whole import, which takes some 100 ms. */
const momentsMs = [0, 3, 8, 15, 25, 40, 60, 90, 130].map((ms) => ms + Math.random() * 10)

describe('an import that is killed', () => {
  it('leaves whole files only, and is reversed byte for byte', async () => {
    const outcomes = await Promise.all(
      momentsMs.map(async (afterMs) => {
        const root = person()
        const before = treeOf(root)
        const end = await importAndKill(root, afterMs)
        const layout = homeLayout(join(root, '.codex'))

        const interrupted = recoverJournals(layout)

        const names = Object.keys(treeOf(root))
        expect(names.filter((name) => name.includes('gangway-'))).toEqual([])
        parseToml(readFileSync(layout.configToml, 'utf8'), 'config.toml')
        if (names.includes('.codex/hooks.json')) parseJson(readFileSync(layout.hooksJson, 'utf8'), 'hooks.json')
        const skills = names.filter((name) => /skills\/skill-\d+$/.test(name) && !names.includes(`${name}/mine`))
        for (const skill of skills) expect(names.filter((name) => name.startsWith(`${skill}/`))).toHaveLength(8)
        const applied = interrupted.flatMap(({ changes }) => changes.filter((change) => change.applied))
        if (interrupted.length > 0) expect(skills.length).toBe(applied.filter(({ type }) => type === 'copyTree').length)

        if (Object.keys(before).length !== names.length || interrupted.length > 0)
          await reverseImport(layout, 'import-1')
        expect(treeOf(root)).toEqual(before)
        return { end, isInterrupted: interrupted.length > 0 }
      }),
    )

    expect(outcomes).toContainEqual({ end: 'SIGKILL', isInterrupted: true })
  })

  it('can be run again under a new id, and then nothing is missing', async () => {
    const root = person()
    const whole = person()
    await importAndKill(root, 20)
    const layout = homeLayout(join(root, '.codex'))
    recoverJournals(layout)
    await reverseImport(layout, 'import-1').catch(() => undefined)

    for (const folder of [root, whole]) {
      const here = homeLayout(join(folder, '.codex'))
      const changes = importChanges(folder)
      const journal = openJournal(here, 'import-2')
      const steps = journal.begin(changes)
      for (const [index, change] of changes.entries()) {
        const step = steps[index]
        if (step) await applyChange(change, { roots: [folder], locksDir: here.locksDir, step })
      }
      journal.finish()
    }

    expect(treeOf(root)).toEqual(treeOf(whole))
  })
})
