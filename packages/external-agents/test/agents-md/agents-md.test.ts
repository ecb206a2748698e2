import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agentsMdKind } from '../../src/kinds/agents-md.js'
import { instructionsReader } from '../../src/sources/claude-code/instructions.js'
import { grow, type TreeNode, tempTree } from '../core/temp-tree.js'
import { fates, migration, outcomeOf, treeOf } from '../trees/migrate.js'

const instructions = (root: string, as: 'home' | 'repo' = 'repo') =>
  migration(instructionsReader, agentsMdKind, root, as)
const plannedOutcomes = (planned: ReturnType<ReturnType<typeof instructions>['plan']>, root: string) =>
  planned.map((artifact) => [artifact.sourcePath.slice(root.length + 1), outcomeOf(artifact)])

/** AGENTS.md of a repository with these files, after the import, and the fates. */
async function migrated(tree: { readonly [path: string]: TreeNode }) {
  const root = tempTree(tree)
  const planned = await instructions(root).migrate()
  return { root, planned, text: treeOf(root)['AGENTS.md'], fates: fates(planned) }
}

describe('instructions', () => {
  it('become AGENTS.md of the home, with prose rewritten', async () => {
    const root = tempTree({ '.claude/CLAUDE.md': '# Claude Code guide\n\nSee ~/.claude/CLAUDE.md and `claude -p`.\n' })

    const planned = await instructions(root, 'home').migrate()

    expect(treeOf(root)).toEqual({ '.codex/AGENTS.md': '# Codex guide\n\nSee ~/.codex/AGENTS.md and `claude -p`.\n' })
    expect(planned).toMatchObject([
      {
        name: null,
        source: join(root, '.claude/CLAUDE.md'),
        target: join(root, '.codex/AGENTS.md'),
        outcome: { type: 'change' },
      },
    ])
    expect(fates(planned)).toEqual({ '.claude/CLAUDE.md#body': 'rewritten:names-rewritten' })
  })

  it('names the document that holds text in what detect offers', () => {
    const root = tempTree({ 'CLAUDE.md': ' \n', '.claude/CLAUDE.md': 'inner\n' })
    const { place, target } = instructions(root)

    expect(instructions(root).offered()).toEqual([''])
    const files = {
      readText: (path: string) => ({
        ok: true as const,
        value: { path, text: readFileSync(path, 'utf8'), hadBom: false },
      }),
    }
    const words = instructionsReader.describe(place, files as never)
    expect(agentsMdKind.describe(words, target, [''])).toBe(`Migrate ${root}/.claude/CLAUDE.md to ${root}/AGENTS.md`)
  })

  it('A13: appends the second root document and the rules, with the files each rule is for', async () => {
    const { text, planned, root, fates } = await migrated({
      'CLAUDE.md': 'Root rules for Claude\n',
      '.claude/CLAUDE.md': 'Inner rules\n',
      '.claude/rules/go.md': '---\npaths: ["**/*.go", "go.mod"]\nowner: me\n---\nUse gofmt\n',
      '.claude/rules/deep/all.md': 'Be kind\n',
    })

    expect(text).toBe(
      'Root rules for Codex\n\n## From `.claude/CLAUDE.md`\n\nInner rules\n\n## Rule `deep/all.md`\n\nBe kind\n\n' +
        '## Rule `go.md`\n\nThis holds only for files that match `**/*.go`, `go.mod`.\n\nUse gofmt\n',
    )
    expect(plannedOutcomes(planned, root)).toEqual([
      ['CLAUDE.md', 'change'],
      ['.claude/CLAUDE.md', 'change'],
      ['.claude/rules/deep/all.md', 'change'],
      ['.claude/rules/go.md', 'change'],
    ])
    expect(fates).toMatchObject({
      'rules/go.md#frontmatter/paths': 'rewritten:in-the-text',
      'rules/go.md#frontmatter/owner': 'dropped:no-counterpart',
      'rules/go.md#body': 'mapped',
    })
  })

  it('A13: brings documents of sub-folders to the same sub-folders, and none from generated, hidden or foreign ones', async () => {
    const { root, planned } = await migrated({
      'CLAUDE.md': 'root\n',
      'a/b/CLAUDE.md': 'Nested for Claude\n',
      'node_modules/x/CLAUDE.md': 'no\n',
      '.hidden/CLAUDE.md': 'no\n',
      'module/.git': 'gitdir: elsewhere\n',
      'module/CLAUDE.md': 'no\n',
      'a/link': { link: 'b' },
    })

    expect(treeOf(root)['a/b/AGENTS.md']).toBe('Nested for Codex\n')
    expect(planned.map((artifact) => artifact.targetPath.slice(root.length + 1))).toEqual([
      'AGENTS.md',
      'a/b/AGENTS.md',
    ])
    expect(instructions(root).offered()).toEqual([])
  })

  it('A13: never puts a personal document where others read it, and says what to do', async () => {
    const { root, planned, text } = await migrated({
      'CLAUDE.md': 'shared\n',
      'CLAUDE.local.md': 'private\n',
      'a/CLAUDE.local.md': 'private\n',
    })

    expect(text).toBe('shared\n')
    expect(Object.values(treeOf(root)).filter((content) => content === 'private\n')).toHaveLength(2)
    expect(plannedOutcomes(planned, root)).toEqual([
      ['CLAUDE.md', 'change'],
      ['CLAUDE.local.md', 'skipped:personal'],
      ['a/CLAUDE.local.md', 'skipped:personal'],
    ])
    expect(fates(planned.slice(1, 2))).toMatchObject({
      [`${root.split('/').at(-1)}/CLAUDE.local.md#body`]: 'needs-action:personal',
    })
  })

  it('A13: puts the text of an include in its line, or at the end when it stands in a sentence', async () => {
    const { text, fates } = await migrated({
      'CLAUDE.md':
        'First.\n@docs/style.md\nSee @README.md, and `@docs/not.md`.\n\n```\n@docs/not.md\n```\n@someone and @scope/package stay.\n',
      'docs/style.md': 'Style for Claude\n@more.md\n',
      'docs/more.md': 'More\n@style.md\n',
      'README.md': 'Readme\n',
      'docs/not.md': 'NOT\n',
    })

    expect(text).toBe(
      'First.\nStyle for Codex\nMore\n`docs/style.md`\nSee `README.md`, and `@docs/not.md`.\n\n```\n@docs/not.md\n```\n' +
        '@someone and @scope/package stay.\n\n## From `README.md`\n\nReadme\n',
    )
    expect(
      Object.entries(fates)
        .filter(([id]) => id.includes('include'))
        .map(([id, fate]) => [id.replace(/^.*#/, ''), fate]),
    ).toEqual([
      ['include/docs~1style.md', 'rewritten:include-copied'],
      ['include/README.md', 'rewritten:include-copied'],
    ])
  })

  it('A13: names data and long texts instead of copying them', async () => {
    const { text } = await migrated({
      'CLAUDE.md': '@package.json\n@long.md\n',
      'package.json': '{}\n',
      'long.md': 'x'.repeat(20_000),
    })

    expect(text).toBe('Read `package.json` before you start.\nRead `long.md` before you start.\n')
  })

  it('A13: opens no include outside the repository, and says which lines need the person', async () => {
    const outside = tempTree({ 'secret.md': 'SECRET\n' })
    const { text, fates } = await migrated({
      'CLAUDE.md': `@${join(outside, 'secret.md')}\n@linked.md\n@gone.md\n@../up.md\n`,
      'linked.md': { link: join(outside, 'secret.md') },
    })

    expect(text).not.toContain('SECRET')
    expect(Object.values(fates)).toEqual([
      'mapped',
      'needs-action:include-outside-root',
      'needs-action:include-outside-root',
      'needs-action:include-not-found',
      'needs-action:include-outside-root',
    ])
  })

  it('A13: follows includes five deep and stops', async () => {
    const chain = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`${n}.md`, `level ${n}\n@${n + 1}.md\n`]))
    const { text } = await migrated({ 'CLAUDE.md': '@1.md\n', ...chain })

    expect(text).toContain('level 5\n')
    expect(text).not.toContain('level 6')
  })

  it.each([
    ['a link to AGENTS.md', { 'CLAUDE.md': { link: 'AGENTS.md' }, 'AGENTS.md': 'For Claude\n' }],
    ['an include of AGENTS.md', { 'CLAUDE.md': '@AGENTS.md\n', 'AGENTS.md': 'For Claude\n' }],
    ['what AGENTS.md links to', { 'CLAUDE.md': 'For Claude\n', 'AGENTS.md': { link: 'CLAUDE.md' } }],
  ])('leaves everything as it is when CLAUDE.md is %s', async (_what, tree) => {
    const root = tempTree(tree as { [path: string]: TreeNode })
    const before = treeOf(root)

    expect(instructions(root).offered()).toEqual([])
    for (const policy of ['default', 'merge', 'overwrite', 'rename'] as const) {
      expect((await instructions(root).migrate(policy)).map(outcomeOf)).toEqual(['nothing'])
    }
    expect(treeOf(root)).toEqual(before)
  })

  it('A14: merges into an existing AGENTS.md as a marked section, once', async () => {
    const root = tempTree({ 'CLAUDE.md': 'Mind Claude\n', 'AGENTS.md': '# Mine\r\n' })
    expect(instructions(root).offered()).toEqual([''])

    await instructions(root).migrate()

    const text = treeOf(root)['AGENTS.md']
    expect(text).toMatch(
      /^# Mine\r\n\r\n<!-- imported from CLAUDE\.md \([0-9a-f]{12}\) -->\r\nMind Codex\r\n<!-- end of CLAUDE\.md -->\r\n$/,
    )
    expect(instructions(root).offered()).toEqual([])
    expect((await instructions(root).migrate()).map(outcomeOf)).toEqual(['nothing'])
    expect(treeOf(root)['AGENTS.md']).toBe(text)
  })

  it('A14: brings its section up to date when the source has changed, unless the person has edited it', async () => {
    const root = tempTree({ 'CLAUDE.md': 'one\n', 'AGENTS.md': '# Mine\n' })
    await instructions(root).migrate()
    grow(root, { 'CLAUDE.md': 'two\n' })

    await instructions(root).migrate()

    const updated = String(treeOf(root)['AGENTS.md'])
    expect(updated).toContain('\ntwo\n<!-- end')
    expect(updated).not.toContain('one')
    grow(root, { 'AGENTS.md': updated.replace('two', 'two, edited'), 'CLAUDE.md': 'three\n' })
    expect(instructions(root).offered()).toEqual([])
    expect(instructions(root).plan().map(outcomeOf)).toEqual(['skipped:edited-since'])
  })

  it('A14: does not add a document that was mostly brought over by hand, unless asked to', () => {
    const lines = ['alpha line', 'beta line', 'gamma line', 'delta line']
    const root = tempTree({ 'CLAUDE.md': `${lines.join('\n')}\n`, 'AGENTS.md': `${lines.slice(0, 3).join('\n\n')}\n` })

    expect(instructions(root).offered()).toEqual([])
    expect(instructions(root).plan().map(outcomeOf)).toEqual(['skipped:mostly-there'])
    expect(instructions(root).plan('merge').map(outcomeOf)).toEqual(['change'])
  })

  it.each([
    ['skip', 'skipped:target-exists', 'mine\n', undefined],
    ['overwrite', 'change', 'theirs\n', undefined],
    ['rename', 'change', 'mine\n', 'theirs\n'],
  ] as const)('A14: treats an existing AGENTS.md under the policy %s as %s', async (policy, outcome, kept, beside) => {
    const root = tempTree({ 'CLAUDE.md': 'theirs\n', 'AGENTS.md': 'mine\n' })

    const planned = await instructions(root).migrate(policy)

    expect(planned.map(outcomeOf)).toEqual([outcome])
    expect(treeOf(root)['AGENTS.md']).toBe(kept)
    expect(treeOf(root)['AGENTS.imported.md']).toBe(beside)
    if (policy === 'rename') {
      expect(Object.values(fates(planned))).toEqual(['needs-action:under-another-name'])
      expect((await instructions(root).migrate('rename')).map(outcomeOf)).toEqual(['nothing'])
    }
  })

  it('fills a blank AGENTS.md, and reports a folder of that name', async () => {
    const { text } = await migrated({ 'CLAUDE.md': 'x\n', 'AGENTS.md': ' \n' })
    const blocked = tempTree({ 'CLAUDE.md': 'x\n', 'AGENTS.md': { folder: true } })

    expect(text).toBe('x\n')
    expect(instructions(blocked).offered()).toEqual([])
    expect(instructions(blocked).plan().map(outcomeOf)).toEqual(['skipped:target-is-folder'])
  })

  it('B12: does not follow a CLAUDE.md that leads out of the repository, and says so', () => {
    const outside = tempTree({ 'foreign.md': 'FOREIGN\n' })
    const root = tempTree({ 'CLAUDE.md': { link: join(outside, 'foreign.md') } })

    const { warnings } = instructions(root).read('names')

    expect(warnings).toMatchObject([{ subErrorType: 'link_outside_root', source: join(root, 'CLAUDE.md') }])
    expect(instructions(root).offered()).toEqual([])
    expect(instructions(root).plan().map(outcomeOf)).toEqual(['skipped:link-outside-root'])
  })

  it('C2: refuses the item when its only document is not UTF-8, and takes the other when there is one', async () => {
    const only = tempTree({ 'CLAUDE.md': new Uint8Array([0xe9]) })
    const { planned, text } = await migrated({ 'CLAUDE.md': new Uint8Array([0xe9]), '.claude/CLAUDE.md': 'inner\n' })

    expect(instructions(only).offered()).toEqual([])
    expect(instructions(only).read('names').warnings).toMatchObject([{ source: join(only, 'CLAUDE.md') }])
    expect(() => instructions(only).plan()).toThrow(join(realpathSync(only), 'CLAUDE.md'))
    expect(planned.map(outcomeOf)).toEqual(['change', 'failed:invalid_utf8'])
    expect(text).toBe('inner\n')
  })

  it('A22: reads a document with a byte order mark', async () => {
    expect((await migrated({ 'CLAUDE.md': '\ufeffx\n' })).text).toBe('x\n')
  })

  it('says when a repository document is longer than what is read', async () => {
    const { fates } = await migrated({ 'CLAUDE.md': `${'word '.repeat(7_000)}\n` })

    expect(Object.values(fates)).toEqual(['needs-action:over-budget'])
  })

  it('names includes instead of copying them when the whole would be longer than what is read', async () => {
    const part = `${'word '.repeat(3_000)}\n`
    const { text, fates } = await migrated({
      'CLAUDE.md': '@a.md\n@b.md\n@c.md\n',
      'a.md': part,
      'b.md': part,
      'c.md': part,
    })

    expect(text).toBe('Read `a.md` before you start.\nRead `b.md` before you start.\nRead `c.md` before you start.\n')
    expect(new Set(Object.values(fates))).toEqual(new Set(['mapped', 'rewritten:include-named']))
  })
})
