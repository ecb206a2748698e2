import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountOf, assertAccounted } from '../../src/accounting.js'
import { Detector } from '../../src/detect.js'
import { planImport } from '../../src/plan.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import type { MigrationItem } from '../../src/wire.js'
import { tempTree } from '../core/temp-tree.js'

const TYPES = ['SKILLS', 'COMMANDS', 'SUBAGENTS', 'AGENTS_MD']
const context = (root: string, env: { readonly [name: string]: string } = {}) => ({
  source: claudeCode,
  env,
  userHome: root,
  cwd: root,
  codexHome: join(root, '.codex'),
})

async function detected(
  root: string,
  env: { readonly [name: string]: string } = {},
): Promise<readonly MigrationItem[]> {
  const found = await new Detector().detect({ ...context(root, env), includeHome: true, cwds: [join(root, 'repo')] })
  return found.items.filter((item) => TYPES.includes(item.itemType))
}

const options = { onConflict: 'default', copySecrets: false } as const

/** A home and a repository with everything that is mapped, rewritten, dropped or needs action. */
function richHome(): string {
  const outside = tempTree({ 'x.md': 'x\n' })
  return tempTree({
    '.claude/skills/pdf/SKILL.md':
      '---\nname: pdf\ndescription: d\nallowed-tools: Read\nmetadata:\n  a: 1\n---\nUse Claude\n',
    '.claude/skills/pdf/out.md': { link: join(outside, 'x.md') },
    '.claude/skills/empty': { folder: true },
    '.claude/skills/bad/SKILL.md': new Uint8Array([0xe9]),
    '.claude/skills/loose.md': 'x\n',
    '.claude/commands/a.md': '---\ndescription: |\n  two\n  lines\nmodel: opus\n---\n$ARGUMENTS\n',
    '.claude/commands/README.md': 'x\n',
    '.claude/commands/bad.md': new Uint8Array([0xe9]),
    '.claude/agents/team/a.md': '---\nname: a\ndescription: a: b\ntools: Read, Bash\nhooks:\n  Stop: []\n---\nDo it\n',
    '.claude/agents/empty.md': '---\nname: b\n---\n',
    '.claude/CLAUDE.md': 'Mind Claude\n@extra.md\n@gone.md\n',
    '.claude/extra.md': 'more\n@deep.md\n',
    '.claude/deep.md': 'deep\n',
    '.claude/rules/go.md': '---\npaths: "*.go"\nother: x\n---\ngo\n',
    '.claude/rules/blank.md': '\n',
    'repo/.git/HEAD': 'x\n',
    'repo/CLAUDE.md': 'root\n',
    'repo/.claude/CLAUDE.md': 'inner\n',
    'repo/CLAUDE.local.md': 'mine\n',
    'repo/a/CLAUDE.md': 'nested\n',
    'repo/a/CLAUDE.local.md': 'mine\n',
    '.agents/skills/source-command-a/SKILL.md': 'mine\n',
  })
}

describe('the account of skills, commands, subagents and instructions', () => {
  it.each(['default', 'skip', 'merge', 'rename', 'overwrite'] as const)(
    'A23: gives every fact of a rich home exactly one fate under the policy %s',
    async (onConflict) => {
      const root = richHome()
      const items = TYPES.flatMap((itemType) =>
        [null, join(root, 'repo')].map((cwd) => ({ itemType, cwd, description: '' }) as MigrationItem),
      )

      const plan = await planImport(items, { ...context(root), options: { ...options, onConflict } })

      assertAccounted(plan)
      expect(accountOf(plan).facts.filter(({ reason }) => reason?.code === 'not-considered')).toEqual([])
      expect(accountOf(plan).facts.length).toBeGreaterThan(30)
    },
  )

  it('A23: tells also what detect does not offer', async () => {
    const root = richHome()

    const plan = await planImport(await detected(root), { ...context(root), options })

    const told = accountOf(plan).facts.map(({ file }) => file.slice(root.length + 1))
    expect(told).toEqual(
      expect.arrayContaining(['.claude/skills/loose.md', '.claude/commands/README.md', 'repo/CLAUDE.local.md']),
    )
    expect(accountOf(plan).facts.find(({ file }) => file.endsWith('commands/a.md'))?.reason?.code).toBe('target-exists')
  })

  it('A20: reads all of them from a configuration folder that stands elsewhere', async () => {
    const config = tempTree({
      'skills/a/SKILL.md': '---\nname: a\ndescription: d\n---\n',
      'commands/b.md': 'b\n',
      'agents/c.md': '---\nname: c\ndescription: d\n---\nc\n',
      'CLAUDE.md': 'd\n@more.md\n',
      'more.md': 'more\n',
    })
    const root = tempTree({ '.claude/CLAUDE.md': 'not this\n' })
    const env = { CLAUDE_CONFIG_DIR: config }

    const plan = await planImport(await detected(root, env), { ...context(root, env), options })

    expect(
      plan.items.map(({ item, artifacts }) => [item.itemType, artifacts.map(({ outcome }) => outcome.type)]),
    ).toEqual([
      ['SKILLS', ['change']],
      ['COMMANDS', ['change']],
      ['SUBAGENTS', ['change']],
      ['AGENTS_MD', ['change']],
    ])
    expect(JSON.stringify(plan)).toContain('d\\nmore\\n')
  })

  it('B7: puts skills beside the Codex home wherever that is, and says so when nobody reads them there', async () => {
    const root = tempTree({
      '.claude/skills/a/SKILL.md': '---\nname: a\ndescription: d\n---\n',
      '.claude/commands/b.md': 'b\n',
    })
    const elsewhere = tempTree()
    const where = { ...context(root), codexHome: join(elsewhere, 'codex') }
    const { items } = await new Detector().detect({ ...where, includeHome: true, cwds: [] })

    const plan = await planImport(items, { ...where, options })

    const planned = plan.items.flatMap(({ artifacts }) => artifacts)
    expect(planned.map(({ targetPath }) => targetPath)).toEqual([
      join(elsewhere, '.agents/skills/a'),
      join(elsewhere, '.agents/skills/source-command-b'),
    ])
    const told = accountOf(plan).facts.filter(({ reason }) => reason?.code === 'not-read-there')
    expect(told.map(({ pointer, action }) => [pointer, action])).toEqual([
      ['body', `Move the skill's folder to ${root}/.agents/skills.`],
      ['body', `Move the skill's folder to ${root}/.agents/skills.`],
    ])
  })
})
