import { parseToml } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { subagentsKind } from '../../src/kinds/subagents.js'
import { subagentsReader } from '../../src/sources/reading/subagents.js'
import { tempTree } from '../core/temp-tree.js'
import { fates, migration, outcomeOf, treeOf } from '../trees/migrate.js'

const AGENTS = '.claude/agents'
const agents = (root: string) => migration(subagentsReader, subagentsKind, root)
const agent = (name: string, rest = '') => `---\nname: ${name}\ndescription: The ${name}\n${rest}---\nDo it.\n`

/** The role file that one agent becomes, as TOML says it, and the fates of its facts. */
async function migrated(text: string, file = 'x.md') {
  const root = tempTree({ [`${AGENTS}/${file}`]: text })
  const planned = await agents(root).migrate()
  const written = treeOf(root)[`.codex/agents/${file.replace('.md', '.toml')}`]
  const role = typeof written === 'string' ? parseToml(written, file) : undefined
  const keys = Object.entries(fates(planned)).map(([id, fate]) => [
    id.replace(/^.*#/, '').replace('frontmatter/', ''),
    fate,
  ])
  return { role, written, fates: Object.fromEntries(keys) as { [key: string]: string } }
}

describe('subagents', () => {
  it('become role files with the keys that are read, in a fixed order', async () => {
    const { written, fates } = await migrated(
      '---\nname: Code Reviewer\ndescription: Reviews using Claude.\neffort: max\npermissionMode: acceptEdits\ncolor: purple\nmodel: inherit\n---\n\nYou are Claude Code. Follow CLAUDE.md.\nSecond line.\n',
    )

    expect(written).toBe(
      'name = "Code Reviewer"\ndescription = "Reviews using Codex."\nmodel_reasoning_effort = "xhigh"\n' +
        'sandbox_mode = "workspace-write"\n' +
        'developer_instructions = """\nYou are Codex. Follow AGENTS.md.\nSecond line."""\n',
    )
    expect(fates).toEqual({
      name: 'mapped',
      description: 'rewritten:names-rewritten',
      effort: 'rewritten:nearest-effort',
      permissionMode: 'rewritten:as-sandbox-mode',
      color: 'dropped:no-counterpart',
      model: 'mapped',
      body: 'rewritten:names-rewritten',
    })
  })

  it.each([
    "multi \"quotes\" and ''' triple",
    'back\\slash \\n and """ triple """',
    'ends with "quotes"',
    'ends with back\\',
    'two\nlines with """" four quotes"',
    'a\ttab, a bell \u0007 and \u007f\nin two lines',
  ])('writes %j so that TOML gives it back', async (body) => {
    const { role } = await migrated(`---\nname: x\ndescription: d\n---\n${body}\n`)

    expect(role?.developer_instructions).toBe(body)
  })

  it('A10: finds agents in folders and behind links inside the root', async () => {
    const root = tempTree({
      [`${AGENTS}/a.md`]: agent('a'),
      [`${AGENTS}/team/a.md`]: agent('team a'),
      [`${AGENTS}/team/deep/b.md`]: agent('b'),
      [`${AGENTS}/link.md`]: { link: '../../elsewhere.md' },
      'elsewhere.md': agent('elsewhere'),
      [`${AGENTS}/README.md`]: agent('readme'),
    })

    const planned = await agents(root).migrate()

    expect(Object.keys(treeOf(root, '.codex/agents')).sort()).toEqual([
      '.codex/agents/a.toml',
      '.codex/agents/b.toml',
      '.codex/agents/link.toml',
      '.codex/agents/team-a.toml',
    ])
    expect(planned.map((artifact) => [artifact.name, outcomeOf(artifact)])).toEqual([
      ['README', 'skipped:readme'],
      ['a', 'change'],
      ['elsewhere', 'change'],
      ['team a', 'change'],
      ['b', 'change'],
    ])
  })

  it.each([
    ['unquoted colons', '---\nname: x\ndescription: a: b: c\n---\nbody\n', { name: 'x', description: 'a: b: c' }],
    ['a lone star', '---\nname: x\ndescription: d\ntools: *\n---\nbody\n', { name: 'x', description: 'd' }],
    ['no name', '---\ndescription: d\n---\nbody\n', { name: 'x', description: 'd' }],
    ['no description', '---\nname: n\n---\n# Be *brief*\nbody\n', { name: 'n', description: 'Be *brief*' }],
    [
      'several lines of description',
      '---\nname: n\ndescription: |\n  one\n  two\n---\nbody\n',
      { name: 'n', description: 'one\ntwo' },
    ],
  ])('A10: reads an agent with %s', async (_what, text, expected) => {
    const { role } = await migrated(text)

    expect(role).toMatchObject(expected)
  })

  it('A10: says why an agent without text or front matter stays behind', async () => {
    const root = tempTree({
      [`${AGENTS}/empty.md`]: '---\nname: empty\ndescription: d\n---\n\n',
      [`${AGENTS}/plain.md`]: 'plain\n',
    })

    expect(agents(root).offered()).toEqual([])
    expect(
      agents(root)
        .plan()
        .map((artifact) => [artifact.name, outcomeOf(artifact)]),
    ).toEqual([
      ['empty', 'skipped:empty-body'],
      ['plain', 'skipped:no-front-matter'],
    ])
  })

  it.each([
    ['tools: Read, Grep, Glob, WebFetch(domain:x.org)', 'read-only', 'rewritten:as-sandbox-mode'],
    ['tools: [Read, LS]', 'read-only', 'rewritten:as-sandbox-mode'],
    ['tools: Read, Bash', undefined, 'needs-action:limit-not-kept'],
    ['tools: Read, mcp__x__y', undefined, 'needs-action:limit-not-kept'],
    ['tools: "*"', undefined, 'mapped'],
    ['tools:', undefined, 'mapped'],
    ['disallowedTools: Write, Edit, Bash', 'read-only', 'rewritten:as-sandbox-mode'],
    ['disallowedTools: Write, Edit, Bash(rm *)', undefined, 'needs-action:limit-not-kept'],
    ['disallowedTools: WebSearch', undefined, 'needs-action:limit-not-kept'],
    ['permissionMode: plan', 'read-only', 'rewritten:as-sandbox-mode'],
    ['permissionMode: readOnly', 'read-only', 'rewritten:as-sandbox-mode'],
    ['permissionMode: default', undefined, 'mapped'],
    ['permissionMode: bypassPermissions', undefined, 'dropped:not-granted'],
    ['readonly: true', 'read-only', 'rewritten:as-sandbox-mode'],
  ])('A11: keeps the limit %s as sandbox mode %s, or says so', async (line, sandbox, fate) => {
    const { role, fates } = await migrated(agent('x', `${line}\n`))

    expect(role?.sandbox_mode).toBe(sandbox)
    expect(fates[line.slice(0, line.indexOf(':'))]).toBe(fate)
  })

  it('A11: takes the strictest of several limits', async () => {
    const { role, fates } = await migrated(agent('x', 'permissionMode: acceptEdits\ntools: Read\n'))

    expect(role?.sandbox_mode).toBe('read-only')
    expect(fates).toMatchObject({ permissionMode: 'dropped:stricter-limit', tools: 'rewritten:as-sandbox-mode' })
  })

  it('A11: gives every other key a fate, and skills a place in the instructions', async () => {
    const { role, fates } = await migrated(
      agent(
        'x',
        'model: opus\nskills: [pdf, git]\nmcpServers: [github]\nhooks:\n  Stop: []\nmemory: user\neffort: weird\nbackground: false\n',
      ),
    )

    expect(role?.developer_instructions).toBe('Use these skills where they help: $pdf, $git.\n\nDo it.')
    expect(fates).toMatchObject({
      model: 'dropped:model-unknown',
      skills: 'rewritten:in-the-text',
      mcpServers: 'mapped:inherited',
      hooks: 'needs-action:limit-not-kept',
      memory: 'dropped:no-counterpart',
      effort: 'dropped:effort-unknown',
      background: 'mapped',
    })
  })

  it('A11: asks for action where an agent brings a server of its own', async () => {
    const { fates } = await migrated(agent('x', 'mcpServers:\n  - own:\n      command: npx\n'))

    expect(fates.mcpServers).toBe('needs-action:server-not-added')
  })

  it('A22: reads an agent file with a byte order mark', async () => {
    const { role } = await migrated(`\ufeff${agent('x')}`)

    expect(role?.name).toBe('x')
  })

  it('B11: tells two agents of one name apart by their paths, and says that only one is loaded', () => {
    const root = tempTree({ [`${AGENTS}/dup.md`]: agent('ro'), [`${AGENTS}/ro.md`]: agent('ro') })

    const planned = agents(root).plan()

    expect(planned.map(({ source, sourcePath, targetPath }) => [source, sourcePath, targetPath])).toEqual([
      ['ro', `${root}/${AGENTS}/dup.md`, `${root}/.codex/agents/dup.toml`],
      ['ro', `${root}/${AGENTS}/ro.md`, `${root}/.codex/agents/ro.toml`],
    ])
    expect(fates(planned)).toMatchObject({
      'agents/dup.md#frontmatter/name': 'mapped',
      'agents/ro.md#frontmatter/name': 'needs-action:name-repeated',
    })
  })

  it('C3: fails only the agent that is not UTF-8', async () => {
    const root = tempTree({
      [`${AGENTS}/a.md`]: agent('a'),
      [`${AGENTS}/b.md`]: new Uint8Array([0xe9]),
      [`${AGENTS}/c.md`]: agent('c'),
    })

    const planned = await agents(root).migrate()

    expect(planned.map(outcomeOf)).toEqual(['change', 'failed:invalid_utf8', 'change'])
    expect(agents(root).read('names').warnings).toMatchObject([
      { source: `${root}/${AGENTS}/b.md`, subErrorType: 'invalid_utf8' },
    ])
    expect(agents(root).offered()).toEqual([])
  })

  it.each([
    ['default', 'skipped:target-exists', 'mine\n', false],
    ['overwrite', 'change', undefined, false],
    ['rename', 'change', 'mine\n', true],
  ] as const)(
    'treats a different role of that name under the policy %s as %s',
    async (policy, outcome, kept, isRenamed) => {
      const root = tempTree({ [`${AGENTS}/a.md`]: agent('a'), '.codex/agents/a.toml': 'mine\n' })

      const planned = await agents(root).migrate(policy)

      const role = 'name = "a"\ndescription = "The a"\ndeveloper_instructions = "Do it."\n'
      expect(planned.map(outcomeOf)).toEqual([outcome])
      expect(treeOf(root)['.codex/agents/a.toml']).toBe(kept ?? role)
      expect(treeOf(root)['.codex/agents/a-imported.toml']).toBe(isRenamed ? role : undefined)
      expect(await agents(root).migrate(policy === 'default' ? 'default' : policy)).toMatchObject([
        { outcome: { type: policy === 'default' ? 'skipped' : 'nothing' } },
      ])
    },
  )

  it('B9: reports a folder in the way as a conflict', () => {
    const root = tempTree({ [`${AGENTS}/a.md`]: agent('a'), '.codex/agents/a.toml': { folder: true } })

    expect(agents(root).offered()).toEqual([])
    expect(agents(root).plan('overwrite').map(outcomeOf)).toEqual(['skipped:target-is-folder'])
  })

  it('C13: refuses the whole item when a plain file stands where the agents go', () => {
    const root = tempTree({ [`${AGENTS}/a.md`]: agent('a'), '.codex/agents': 'a file\n' })

    expect(() => agents(root).offered()).toThrow(/\.codex\/agents: /)
    expect(() => agents(root).plan()).toThrow(/\.codex\/agents: /)
  })
})
