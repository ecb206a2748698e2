import { spawn } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { importAll, SAMPLE, workplace } from './claude-home.js'
import { snapshot } from './snapshot.js'
import type { TreeNode } from './temp-tree.js'

const CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const MANY: { readonly [path: string]: TreeNode } = {
  ...SAMPLE,
  ...Object.fromEntries(
    Array.from({ length: 120 }, (_, index) => [
      `home/.claude/skills/s${index}/SKILL.md`,
      `---\nname: s${index}\ndescription: d\n---\nUse Claude ${index}\n`,
    ]),
  ),
}

/** Starts an import in a process of its own and kills it once `killAfter` skills stand there. */
async function importAndKill(home: string, killAfter: number): Promise<NodeJS.Signals | null> {
  const args = ['--conditions=@gangway/source', '--import', 'tsx', CHILD, home]
  const child = spawn(process.execPath, args, { cwd: PACKAGE, stdio: ['ignore', 'ignore', 'inherit'] })
  const skills = join(home, '.agents/skills')
  const watch = setInterval(() => {
    if (namesIn(skills).length >= killAfter) child.kill('SIGKILL')
  }, 1)
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, by) => resolve(by))
  })
  clearInterval(watch)
  return signal
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

describe('an import that is killed', () => {
  it('loses nothing and duplicates nothing: the next one ends where an undisturbed one would', {
    timeout: 60_000,
  }, async () => {
    const undisturbed = workplace(MANY)
    await importAll(undisturbed.imports, {
      migrationItems: (await undisturbed.imports.detect({ includeHome: true })).items,
    })
    rmSync(join(undisturbed.codexHome, 'gangway'), { recursive: true })
    const expected = snapshot(undisturbed.home)

    for (const killAfter of [1, 20, 100]) {
      const { imports, home, codexHome } = workplace(MANY)
      expect(await importAndKill(home, killAfter)).toBe('SIGKILL')

      const { items } = await imports.detect({ includeHome: true })
      const { completed } = await importAll(imports, { migrationItems: items })

      expect(completed.itemResults?.every(({ errorCount }) => errorCount === 0)).toBe(true)
      rmSync(join(codexHome, 'gangway'), { recursive: true })
      expect(snapshot(home)).toEqual(expected)
    }
  })
})
