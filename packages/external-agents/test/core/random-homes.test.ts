import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { homeLayout } from '@gangway/home'
import { reverseImport } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { assertAccounted } from '../../src/accounting.js'
import type { ConflictPolicy } from '../../src/kind.js'
import { planImport } from '../../src/plan.js'
import { kinds } from '../../src/registry.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import type { MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from './claude-home.js'
import { randomHome, SECRET } from './random-home.js'
import { snapshot } from './snapshot.js'

/** Homes that are tried. Each has its own number, which a failure names. */
const TRIES = 40
const POLICIES: readonly ConflictPolicy[] = ['default', 'skip', 'merge', 'rename', 'overwrite']
const seeds = Array.from({ length: TRIES }, (_, seed) => [seed] as const)
const migrationItems: readonly MigrationItem[] = kinds
  .filter(({ itemType }) => itemType !== 'MEMORY')
  .flatMap(({ itemType }) => [null, 'repo'].map((cwd) => ({ itemType, description: '', cwd })))

/** All that an import may write to. */
const TARGETS =
  /^(?:home\/\.codex|home\/\.agents|repo\/\.codex|repo\/\.agents|repo\/(?:[^.].*\/)?AGENTS(?:\.imported(?:-\d+)?)?\.md)(?:\/|$)/
/** Ours alone, and changed by every import. */
const OURS = /^home\/\.codex\/gangway(?:\/|$)/

function kept(root: string, isLeftOut: RegExp): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(snapshot(root)).filter(([path]) => !isLeftOut.test(path)))
}

function written(root: string): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(snapshot(root)).filter(([path]) => TARGETS.test(path)))
}

describe('any home', { timeout: 30_000 }, () => {
  it.each(seeds)('has one fate for each of its statements under every policy (home %i)', async (seed) => {
    const { root, home, codexHome } = workplace(randomHome(seed).tree)
    const context = { source: claudeCode, env: {}, userHome: home, cwd: root, codexHome }

    for (const onConflict of POLICIES) {
      const plan = await planImport(migrationItems, { ...context, options: { onConflict, copySecrets: false } })
      assertAccounted(plan)
    }
  })

  it.each(seeds)(
    'arrives in the target only, without its secrets, once under each policy, and can be taken back (home %i)',
    async (seed) => {
      const { root, imports, codexHome, troubles } = workplace(randomHome(seed).tree)
      const before = snapshot(root)
      const params = { migrationItems, onConflict: POLICIES[seed % POLICIES.length]! }
      const preview = await imports.preview(params)

      const first = await importAll(imports, { ...params, failureMode: 'item', planDigest: preview.digest })
      const after = kept(root, OURS)
      const second = await importAll(imports, { ...params, failureMode: 'item' })

      expect(troubles).toEqual([])
      expect(kept(root, TARGETS)).toEqual(
        Object.fromEntries(Object.entries(before).filter(([path]) => !TARGETS.test(path))),
      )
      expect(JSON.stringify(written(root))).not.toContain(SECRET)
      expect(JSON.stringify([preview, first])).not.toContain(SECRET)
      expect(second.completed.itemResults?.flatMap(({ successes }) => successes)).toEqual([])
      expect(kept(root, OURS)).toEqual(after)
      expect(first.progress).toHaveLength(migrationItems.length)
      const failed = second.completed.itemResults?.flatMap(({ rawErrors }) => rawErrors) ?? []
      expect(failed).toEqual(first.completed.itemResults?.flatMap(({ rawErrors }) => rawErrors))

      for (const entry of readdirSync(join(codexHome, 'gangway/journal'))) {
        const report = await reverseImport(homeLayout(codexHome), entry)
        expect(report.kept).toEqual([])
      }
      expect(kept(root, OURS)).toEqual(before)
    },
  )
})
