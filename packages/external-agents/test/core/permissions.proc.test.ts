import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadWork } from '../../src/load-work.js'
import { PlannedFiles } from '../../src/planned-files.js'
import { TargetSide } from '../../src/target-view.js'
import { importAll, workplace } from './claude-home.js'
import { tempTree } from './temp-tree.js'

/** The user that owns nothing, on every Linux. As root this process becomes that user for good: it is the file's own. */
const NOBODY = 65534

beforeAll(async () => {
  if (process.getuid?.() !== 0) return
  // What is loaded when it is needed lies where nobody may read.
  await Promise.all([loadWork(), import('diff')])
  process.setgid?.(NOBODY)
  process.setuid?.(NOBODY)
})

describe('where the person has no permission', () => {
  it('C16: makes a warning of a file that may not be read, and offers the rest', async () => {
    const { imports, home } = workplace()
    chmodSync(join(home, '.claude/settings.json'), 0)

    const { items, warnings } = await imports.detect({ includeHome: true })

    expect(items.map(({ itemType }) => itemType)).toContain('SKILLS')
    expect(warnings?.[0]?.path).toBe(join(home, '.claude/settings.json'))
    expect(warnings?.[0]?.message).toMatch(/permission denied/)
  })

  it('C16: fails for a repository that may not be written to, and names its path', async () => {
    const { imports, repo } = workplace()
    chmodSync(repo, 0o555)
    const migrationItems = [{ itemType: 'AGENTS_MD', description: 'instructions', cwd: 'repo' } as const]

    const refusal = importAll(imports, { migrationItems })

    await expect(refusal).rejects.toMatchObject({ code: -32603, message: expect.stringContaining(repo) })
    chmodSync(repo, 0o755)
  })

  it('C9: refuses before it writes anything when no journal could be kept, and names the folder', async () => {
    const { imports, home, codexHome } = workplace()
    mkdirSync(join(codexHome, 'gangway/journal'), { recursive: true })
    chmodSync(join(codexHome, 'gangway/journal'), 0o555)
    const migrationItems = [{ itemType: 'SKILLS', description: '' } as const]

    const preview = await imports.preview({ migrationItems })
    const refusal = importAll(imports, { migrationItems })

    expect(preview.items[0]?.error?.source).toBe(join(codexHome, 'gangway/journal'))
    await expect(refusal).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining(join(codexHome, 'gangway/journal')),
    })
    expect(existsSync(join(home, '.agents'))).toBe(false)
    chmodSync(join(codexHome, 'gangway/journal'), 0o755)
  })

  it('says why nothing can be made in a folder that may not be written to', async () => {
    const root = tempTree({ 'shut/x': 'x' })
    chmodSync(join(root, 'shut'), 0o555)
    const view = new TargetSide({ planned: new PlannedFiles() }).viewFor('SKILLS')

    expect(view.blockedBecause(join(root, 'shut/a'))).toMatchObject({ subErrorType: 'permission_denied' })
    chmodSync(join(root, 'shut'), 0o755)
  })
})
