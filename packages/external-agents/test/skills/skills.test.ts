import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { skillsKind } from '../../src/kinds/skills.js'
import { skillsReader } from '../../src/sources/reading/skills.js'
import { grow, tempTree } from '../core/temp-tree.js'
import { fates, migration, outcomes, treeOf } from '../trees/migrate.js'

const skill = (name: string, rest = '') =>
  `---\nname: ${name}\ndescription: The ${name} skill\n${rest}---\n\nDo ${name}.\n`
const SKILLS = '.claude/skills'

describe('skills', () => {
  it('copies folders whole, with modes and bytes, and rewrites only the prose of SKILL.md', async () => {
    const bytes = new Uint8Array([0, 255, 67, 108, 97, 117, 100, 101])
    const root = tempTree({
      [`${SKILLS}/pdf/SKILL.md`]:
        '---\nname: claude-pdf\ndescription: PDFs in Claude Code\n---\n\nClaude reads `claude -p`.\n',
      [`${SKILLS}/pdf/notes/Claude.md`]: 'Claude stays\n',
      [`${SKILLS}/pdf/run.sh`]: { text: '#!/bin/sh\n', mode: 0o755 },
      [`${SKILLS}/pdf/data.bin`]: bytes,
      [`${SKILLS}/pdf/empty`]: { folder: true },
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(outcomes(planned)).toEqual({ pdf: 'change' })
    expect(treeOf(root)).toMatchObject({
      '.agents/skills/pdf/SKILL.md':
        '---\nname: claude-pdf\ndescription: PDFs in Codex\n---\n\nCodex reads `claude -p`.\n',
      '.agents/skills/pdf/notes/Claude.md': 'Claude stays\n',
      '.agents/skills/pdf/empty/': null,
    })
    expect(readFileSync(join(root, '.agents/skills/pdf/data.bin'))).toEqual(Buffer.from(bytes))
    expect(statSync(join(root, '.agents/skills/pdf/run.sh')).mode & 0o777).toBe(0o755)
    expect(fates(planned)).toEqual({
      'pdf/SKILL.md#frontmatter/name': 'mapped',
      'pdf/SKILL.md#frontmatter/description': 'rewritten:names-rewritten',
      'pdf/SKILL.md#body': 'rewritten:names-rewritten',
      'notes/Claude.md': 'mapped',
      'pdf/run.sh': 'mapped',
      'pdf/data.bin': 'mapped',
    })
  })

  it('C11: offers and reports skills in byte order of their names', () => {
    const root = tempTree({
      [`${SKILLS}/b/SKILL.md`]: skill('b'),
      [`${SKILLS}/a/SKILL.md`]: skill('a'),
      [`${SKILLS}/Z/SKILL.md`]: skill('Z'),
    })

    const skills = migration(skillsReader, skillsKind, root)

    expect(skills.offered()).toEqual(['Z', 'a', 'b'])
    expect(Object.keys(outcomes(skills.plan()))).toEqual(['Z', 'a', 'b'])
  })

  it('A12: copies what links lead to inside the root, and says what it left out', async () => {
    const outside = tempTree({ 'secret/SKILL.md': 'secret\n' })
    const root = tempTree({
      'dotfiles/linked/SKILL.md': skill('linked'),
      [`${SKILLS}/linked`]: { link: '../../dotfiles/linked' },
      [`${SKILLS}/own/SKILL.md`]: skill('own'),
      [`${SKILLS}/own/ref/notes.md`]: 'notes\n',
      [`${SKILLS}/own/link.md`]: { link: 'ref/notes.md' },
      [`${SKILLS}/own/folder`]: { link: 'ref' },
      [`${SKILLS}/own/out.md`]: { link: join(outside, 'secret/SKILL.md') },
      [`${SKILLS}/own/round`]: { link: '..' },
      [`${SKILLS}/own/gone.md`]: { link: 'nowhere.md' },
      [`${SKILLS}/foreign`]: { link: join(outside, 'secret') },
      [`${SKILLS}/loose.md`]: 'loose\n',
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(outcomes(planned)).toEqual({
      foreign: 'skipped:link-outside-root',
      linked: 'change',
      'loose.md': 'skipped:loose-file',
      own: 'change',
    })
    expect(Object.keys(treeOf(root, '.agents')).sort()).toEqual([
      '.agents/skills/linked/SKILL.md',
      '.agents/skills/own/SKILL.md',
      '.agents/skills/own/folder/notes.md',
      '.agents/skills/own/link.md',
      '.agents/skills/own/ref/notes.md',
    ])
    expect(fates(planned)).toMatchObject({
      'skills/loose.md': 'dropped:loose-file',
      'skills/foreign': 'dropped:link-outside-root',
      'own/out.md': 'dropped:link-outside-root',
      'own/round': 'dropped:link-loop',
      'own/gone.md': 'dropped:link-broken',
    })
  })

  it('C3: fails only the skill whose SKILL.md is not UTF-8', async () => {
    const root = tempTree({
      [`${SKILLS}/a/SKILL.md`]: skill('a'),
      [`${SKILLS}/b/SKILL.md`]: new Uint8Array([0x43, 0xe9, 0x0a]),
      [`${SKILLS}/b/ok.txt`]: 'ok\n',
      [`${SKILLS}/c/SKILL.md`]: skill('c'),
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(outcomes(planned)).toEqual({ a: 'change', b: 'failed:invalid_utf8', c: 'change' })
    expect(Object.keys(treeOf(root, '.agents')).sort()).toEqual([
      '.agents/skills/a/SKILL.md',
      '.agents/skills/c/SKILL.md',
    ])
  })

  it('offers and changes nothing the second time', async () => {
    const root = tempTree({
      [`${SKILLS}/a/SKILL.md`]: skill('a', 'disable-model-invocation: true\n'),
      [`${SKILLS}/b/x.txt`]: 'x\n',
    })
    const skills = migration(skillsReader, skillsKind, root)
    await skills.migrate()
    const before = treeOf(root)

    expect(skills.offered()).toEqual([])
    expect(outcomes(await skills.migrate())).toEqual({ a: 'nothing', b: 'nothing' })
    expect(treeOf(root)).toEqual(before)
  })

  it.each([
    ['default', 'skipped:target-exists', 'mine\n', undefined],
    ['merge', 'skipped:target-exists', 'mine\n', undefined],
    ['overwrite', 'change', skill('a'), undefined],
    ['rename', 'change', 'mine\n', skill('a')],
  ] as const)(
    'treats a different skill of that name under the policy %s as %s',
    async (policy, outcome, kept, renamed) => {
      const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a'), '.agents/skills/a/SKILL.md': 'mine\n' })

      const planned = await migration(skillsReader, skillsKind, root).migrate(policy)

      expect(outcomes(planned)).toEqual({ a: outcome })
      expect(treeOf(root)['.agents/skills/a/SKILL.md']).toBe(kept)
      expect(treeOf(root)['.agents/skills/a-imported/SKILL.md']).toBe(renamed)
    },
  )

  it('B9: reports a plain file in the way as a conflict, and does not offer the skill again and again', () => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a'), '.agents/skills/a': 'in the way\n' })
    const skills = migration(skillsReader, skillsKind, root)

    expect(skills.offered()).toEqual([])
    expect(outcomes(skills.plan())).toEqual({ a: 'skipped:target-is-file' })
  })

  it('refuses the whole item when the skills folder cannot be made', () => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a'), '.agents': 'a file\n' })
    const skills = migration(skillsReader, skillsKind, root)

    expect(() => skills.offered()).toThrow(/\.agents: /)
    expect(() => skills.plan()).toThrow(/\.agents: /)
  })

  it('says of every front matter key what becomes of it', async () => {
    const keys =
      'allowed-tools: Read, Bash\nmodel: opus\ncontext: fork\nlicense: MIT\nhooks:\n  Stop: []\nuser-invocable: true\n'
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a', keys) })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(treeOf(root)['.agents/skills/a/SKILL.md']).toBe(skill('a', keys))
    expect(fates(planned)).toEqual({
      'a/SKILL.md#frontmatter/name': 'mapped',
      'a/SKILL.md#frontmatter/description': 'mapped',
      'a/SKILL.md#frontmatter/allowed-tools': 'needs-action:limit-not-kept',
      'a/SKILL.md#frontmatter/model': 'dropped:not-read',
      'a/SKILL.md#frontmatter/context': 'dropped:not-read',
      'a/SKILL.md#frontmatter/license': 'mapped',
      'a/SKILL.md#frontmatter/hooks': 'needs-action:limit-not-kept',
      'a/SKILL.md#frontmatter/user-invocable': 'mapped',
      'a/SKILL.md#body': 'mapped',
    })
  })

  it('keeps the model from calling a skill that only the person may call', async () => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a', 'disable-model-invocation: true\n') })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(treeOf(root)['.agents/skills/a/agents/openai.yaml']).toBe('policy:\n  allow_implicit_invocation: false\n')
    expect(fates(planned)['a/SKILL.md#frontmatter/disable-model-invocation']).toBe('rewritten:as-policy')
  })

  it('leaves a policy file that the skill brings, and says what to do', async () => {
    const root = tempTree({
      [`${SKILLS}/a/SKILL.md`]: skill('a', 'disable-model-invocation: true\n'),
      [`${SKILLS}/a/agents/openai.yaml`]: 'interface: {}\n',
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(treeOf(root)['.agents/skills/a/agents/openai.yaml']).toBe('interface: {}\n')
    expect(fates(planned)['a/SKILL.md#frontmatter/disable-model-invocation']).toBe('needs-action:policy-exists')
  })

  it.each([
    ['no front matter', '# Tidy up\n\nText.\n', '---\ndescription: Tidy up\n---\n# Tidy up\n\nText.\n'],
    ['no description', '---\nname: a\n---\n- Do **it**\n', '---\nname: a\ndescription: Do **it**\n---\n- Do **it**\n'],
    [
      'a lone star',
      '---\nname: a\ndescription: d\ntools: *\n---\nb\n',
      '---\nname: a\ndescription: d\ntools: "*"\n---\nb\n',
    ],
    ['a byte order mark', '\ufeff---\nname: a\ndescription: d\n---\nb\n', '---\nname: a\ndescription: d\n---\nb\n'],
    [
      'when_to_use',
      '---\ndescription: d\nwhen_to_use: on Mondays\n---\nb\n',
      '---\ndescription: d on Mondays\nwhen_to_use: on Mondays\n---\nb\n',
    ],
    [
      'a name that is too long',
      `---\nname: ${'n'.repeat(70)}\ndescription: d\n---\nb\n`,
      expect.stringMatching(/^---\nname: n{55}-[0-9a-f]{8}\n/),
    ],
  ])('mends a SKILL.md with %s, so that it is loaded', async (_what, before, after) => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: before })

    await migration(skillsReader, skillsKind, root).migrate()

    expect(treeOf(root)['.agents/skills/a/SKILL.md']).toEqual(after)
  })

  it('keeps nested keys, comments and CRLF of front matter around a changed description', async () => {
    const before =
      '---\r\n# mine\r\nname: a\r\nmetadata:\r\n  x: 1\r\ndescription: For Claude\r\n# end\r\nlicense: MIT\r\n---\r\nb\r\n'
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: before })

    await migration(skillsReader, skillsKind, root).migrate()

    const after = before.replace('For Claude', 'For Codex')
    expect(treeOf(root)['.agents/skills/a/SKILL.md']).toBe(after)
  })

  it('gives skill.md the spelling under which it is found', async () => {
    const root = tempTree({ [`${SKILLS}/a/skill.md`]: skill('a') })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(treeOf(root, '.agents')).toEqual({ '.agents/skills/a/SKILL.md': skill('a') })
    expect(fates(planned)['a/skill.md#body']).toBe('rewritten:respelled')
  })

  it('copies a folder without SKILL.md, and says that it is no skill', async () => {
    const root = tempTree({ [`${SKILLS}/a/readme.txt`]: 'x\n', [`${SKILLS}/.git/HEAD`]: 'x\n' })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(outcomes(planned)).toEqual({ '.git': 'skipped:hidden-folder', a: 'change' })
    expect(fates(planned)['a/readme.txt']).toBe('mapped:no-skill-file')
  })

  it('makes hostile folder names harmless', async () => {
    const root = tempTree({
      [`${SKILLS}/a\nb/SKILL.md`]: skill('x'),
      [`${SKILLS}/..a/SKILL.md`]: skill('y'),
      [`${SKILLS}/a-b/SKILL.md`]: skill('z'),
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(planned.map((artifact) => artifact.name)).toEqual(['a', 'a-b', 'a-b-2'])
    expect(Object.keys(treeOf(root, '.agents'))).toHaveLength(3)
  })

  it('takes front matter keys for what they are, whatever they are called', async () => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: skill('a', '__proto__: x\nconstructor: y\n') })

    expect(fates(await migration(skillsReader, skillsKind, root).migrate())).toMatchObject({
      'a/SKILL.md#frontmatter/__proto__': 'dropped:not-read',
      'a/SKILL.md#frontmatter/constructor': 'dropped:not-read',
    })
  })

  it('refuses a SKILL.md that is no text of a reasonable size, and copies other files of any size', async () => {
    const root = tempTree({
      [`${SKILLS}/big/SKILL.md`]: 'x'.repeat(11 * 1024 * 1024),
      [`${SKILLS}/data/SKILL.md`]: skill('data'),
      [`${SKILLS}/data/big.bin`]: new Uint8Array(12 * 1024 * 1024),
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    expect(outcomes(planned)).toEqual({ big: 'failed:too_large', data: 'change' })
    expect(statSync(join(root, '.agents/skills/data/big.bin')).size).toBe(12 * 1024 * 1024)
  })

  it('explains the placeholders of a skill in its text', async () => {
    const root = tempTree({
      [`${SKILLS}/a/SKILL.md`]: '---\nname: a\ndescription: d\n---\nFix $ARGUMENTS after !`git status`.\n',
    })

    const planned = await migration(skillsReader, skillsKind, root).migrate()

    const text = treeOf(root)['.agents/skills/a/SKILL.md']
    expect(text).toContain('Fix $ARGUMENTS after !`git status`.\n\n## Stand-ins in this text\n\n- `$ARGUMENTS` means')
    expect(text).toContain('Here: `git status`.')
    expect(fates(planned)['a/SKILL.md#body']).toBe('rewritten:stand-ins-explained')
  })

  it('reads names only to detect', () => {
    const root = tempTree({ [`${SKILLS}/a/SKILL.md`]: new Uint8Array([0xe9]) })

    expect(migration(skillsReader, skillsKind, root).read('names').artifacts).toMatchObject([
      { name: 'a', files: [], facts: [] },
    ])
  })

  it('finds no skills where there is no folder, and takes up new ones later', () => {
    const root = tempTree({ '.claude': { folder: true } })
    const skills = migration(skillsReader, skillsKind, root)
    expect(skills.offered()).toEqual([])

    grow(root, { [`${SKILLS}/a/SKILL.md`]: skill('a') })

    expect(skills.offered()).toEqual(['a'])
  })
})
