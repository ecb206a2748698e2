import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { homeLayout } from '@gangway/home'
import { reverseImport } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { importAll, SAMPLE, workplace } from './claude-home.js'
import { snapshot } from './snapshot.js'

const EXISTING = {
  ...SAMPLE,
  'home/.codex/config.toml': '# mine\nmodel = "x" # keep\n',
  'home/.codex/hooks.json': '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"mine"}]}]}}\n',
  'home/.codex/AGENTS.md': 'my own rules\r\n',
}

describe('undoing an import', () => {
  it('C9: gives home and repository back byte for byte', async () => {
    const { imports, home, repo, codexHome } = workplace(EXISTING)
    const before = [snapshot(home), snapshot(repo)]
    const { items } = await imports.detect({ includeHome: true, cwds: [repo] })
    const { importId, completed } = await importAll(imports, { migrationItems: items })
    expect(completed.itemResults?.every(({ errorCount, successCount }) => errorCount === 0 && successCount > 0)).toBe(
      true,
    )
    expect(snapshot(home)).not.toEqual(before[0])

    await reverseImport(homeLayout(codexHome), importId)

    rmSync(join(codexHome, 'gangway'), { recursive: true })
    expect([snapshot(home), snapshot(repo)]).toEqual(before)
  })

  it('keeps what the person has changed since', async () => {
    const { imports, codexHome } = workplace(EXISTING)
    const { importId } = await importAll(imports, {
      migrationItems: [
        { itemType: 'SUBAGENTS', description: '' },
        { itemType: 'AGENTS_MD', description: '' },
      ],
    })
    writeFileSync(join(codexHome, 'AGENTS.md'), 'changed since')

    const report = await reverseImport(homeLayout(codexHome), importId)

    expect(readFileSync(join(codexHome, 'AGENTS.md'), 'utf8')).toBe('changed since')
    expect(report.kept.map(({ path }) => path)).toEqual([join(codexHome, 'AGENTS.md')])
    expect(report.removed).toContain(join(codexHome, 'agents/reviewer.toml'))
  })
})
