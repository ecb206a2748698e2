import { existsSync, readdirSync, symlinkSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assertAccounted } from '../../src/accounting.js'
import { planImport } from '../../src/plan.js'
import { kinds } from '../../src/registry.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import type { MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from './claude-home.js'
import { snapshot } from './snapshot.js'
import { grow, type TreeNode } from './temp-tree.js'

const everything = (cwd: string | null = null): MigrationItem[] =>
  kinds
    // Plugins have hostile homes of their own; they and memories come only by name.
    .filter(({ itemType }) => itemType !== 'PLUGINS' && itemType !== 'MEMORY')
    .map(({ itemType }) => ({ itemType, description: '', cwd }))
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const BAD_BYTES = new Uint8Array([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe])

const HOSTILE: { readonly [path: string]: TreeNode } = {
  'home/.claude/skills/..hidden/SKILL.md': 'x',
  'home/.claude/skills/line\nbreak/SKILL.md': '---\nname: "a\\nb"\ndescription: d\n---\nx',
  'home/.claude/skills/-rf/SKILL.md': 'x',
  'home/.claude/skills/CON/SKILL.md': 'x',
  [`home/.claude/skills/${'n'.repeat(255)}/SKILL.md`]: 'x',
  'home/.claude/skills/bytes/SKILL.md': BAD_BYTES,
  'home/.claude/skills/js/SKILL.md': '---js\nmodule.exports = process.exit(1)\n---\nx',
  'home/.claude/skills/proto/SKILL.md': '---\n__proto__:\n  polluted: yes\nconstructor: x\n---\nx',
  'home/.claude/skills/crlf/SKILL.md': '\uFEFF---\r\nname: crlf\r\n---\r\nUse Claude\r\n',
  'home/.claude/commands/bytes.md': BAD_BYTES,
  'home/.claude/commands/a\nb.md': 'x',
  'home/.claude/commands/...md': 'x',
  'home/.claude/agents/evil.md': '---\nname: ../../../evil\ndescription: d\n---\nx\n',
  'home/.claude/agents/nul.md': '---\nname: "a\\0b"\ndescription: "d\\0"\n---\nx\n',
  'home/.claude/agents/bytes.md': BAD_BYTES,
  'home/.claude/CLAUDE.md': '@../../../../etc/passwd\n@./CLAUDE.md\n@~/../x\n# Claude\n',
  'home/.claude.json': JSON.stringify({
    mcpServers: {
      '': { command: 'x' },
      'a]\n[b': { command: 'x\ny', args: ['\u0000', '\ud800', 7] },
      '../../x': { command: 'x' },
      constructor: { command: 'x' },
      'no object': 'x',
      list: { command: ['x'], env: { 'BAD NAME': 'x', '': 'y' } },
    },
  }),
  'home/.claude/settings.json': JSON.stringify({
    env: { 'A\nB': 'x', constructor: 'x', LONE: '\ud800' },
    hooks: {
      Stop: [{ hooks: [{ type: 'command', command: "echo '\u0000" }, null, 7] }, 'x', null],
      constructor: [],
      toString: 1,
    },
    permissions: { deny: ['Bash(', 'Read(../../**)', 7, null], allow: 'all' },
  }),
}

describe('a hostile home', () => {
  it('ends in outcomes for each artifact, with every fact accounted for', async () => {
    const { home, codexHome } = workplace(HOSTILE)

    const plan = await planImport(everything(), {
      source: claudeCode,
      env: {},
      userHome: home,
      cwd: home,
      codexHome,
      options: { onConflict: 'default', copySecrets: false },
    })

    assertAccounted(plan)
    expect(plan.items.flatMap(({ impossible }) => impossible ?? [])).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('is brought over without a write outside the target, and the same the second time', async () => {
    const { imports, home, root, codexHome, troubles } = workplace(HOSTILE)
    const source = snapshot(join(home, '.claude'))

    const { completed } = await importAll(imports, { migrationItems: everything(), failureMode: 'item' })
    const once = snapshot(codexHome)
    const again = await importAll(imports, { migrationItems: everything(), failureMode: 'item' })

    expect(troubles).toEqual([])
    expect(readdirSync(root).sort()).toEqual(['home'])
    expect(readdirSync(home).sort()).toEqual(['.agents', '.claude', '.claude.json', '.codex'])
    expect(snapshot(join(home, '.claude'))).toEqual(source)
    expect(existsSync(join(dirname(root), 'evil.toml'))).toBe(false)
    expect(completed.itemResults?.every(({ successCount }) => successCount > 0)).toBe(true)
    expect(again.completed.itemResults?.every(({ successCount }) => successCount === 0)).toBe(true)
    const withoutOurs = (state: typeof once) => Object.entries(state).filter(([path]) => !path.startsWith('gangway'))
    expect(withoutOurs(snapshot(codexHome))).toEqual(withoutOurs(once))
  })

  it.each([
    [
      'settings nested a hundred thousand deep',
      'home/.claude/settings.json',
      `{"env": {"A": ${deep(100_000)}}, "x": ${deep(100_000)}}`,
    ],
    [
      'servers nested a hundred thousand deep',
      'home/.claude.json',
      `{"mcpServers": {"a": {"command": "x", "env": ${deep(100_000)}}}}`,
    ],
    ['front matter nested a thousand deep', 'home/.claude/agents/a.md', `---\nname: a\nx: ${deep(1_000)}\n---\nbody\n`],
    [
      'a front matter of one long line',
      'home/.claude/commands/a.md',
      `---\ndescription: "${'a'.repeat(200_000)}"\n---\nx\n`,
    ],
    ['a text of brackets', 'home/.claude/CLAUDE.md', `Claude ${'[(<`*_@'.repeat(50_000)}`],
  ])('outlives %s', { timeout: 20_000 }, async (_what, path, text) => {
    const { imports, troubles } = workplace({ [path]: text, 'home/.claude/skills/s/SKILL.md': 'x' })

    const found = await imports.detect({ includeHome: true })
    const { completed } = await importAll(imports, { migrationItems: everything(), failureMode: 'item' })

    expect(found.items.map(({ itemType }) => itemType)).toContain('SKILLS')
    expect(completed.itemResults?.find(({ itemType }) => itemType === 'SKILLS')?.successCount).toBe(1)
    expect(troubles).toEqual([])
  })

  it('outlives files of 100 MB, and folders that link to each other in circles', { timeout: 20_000 }, async () => {
    const { imports, home, troubles } = workplace({
      'home/.claude/skills/a/SKILL.md': 'x',
      'home/.claude/skills/b/SKILL.md': 'x',
      'home/.claude/settings.json': '',
      'home/.claude/CLAUDE.md': '',
      'home/.claude/agents/big.md': '',
      'home/.claude/commands/big.md': '',
    })
    for (const path of ['settings.json', 'CLAUDE.md', 'agents/big.md', 'commands/big.md']) {
      truncateSync(join(home, '.claude', path), 100 * 1024 * 1024)
    }
    symlinkSync('../b', join(home, '.claude/skills/a/to-b'))
    symlinkSync('../a', join(home, '.claude/skills/b/to-a'))
    symlinkSync('.', join(home, '.claude/skills/self'))
    symlinkSync('/', join(home, '.claude/skills/root'))
    grow(home, { '.claude/commands/up': { link: '..' } })

    const { completed } = await importAll(imports, { migrationItems: everything(), failureMode: 'item' })

    expect(troubles).toEqual([])
    expect(readdirSync(join(home, '.agents/skills')).sort()).toEqual(['a', 'b'])
    const failed = completed.itemResults?.flatMap(({ rawErrors }) => rawErrors.map(({ subErrorType }) => subErrorType))
    expect(new Set(failed)).toEqual(new Set(['too_large']))
  })
})
