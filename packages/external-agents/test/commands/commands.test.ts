import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commandsKind } from '../../src/kinds/commands.js'
import { commandsReader } from '../../src/sources/reading/commands.js'
import { tempTree } from '../core/temp-tree.js'
import { fates, migration, outcomes, treeOf } from '../trees/migrate.js'

const COMMANDS = '.claude/commands'
const commands = (root: string) => migration(commandsReader, commandsKind, root)
const skillFile = (name: string) => `.agents/skills/source-command-${name}/SKILL.md`

/** The text of the skill that one command becomes, and what its plan said. */
async function migrated(path: string, text: string) {
  const root = tempTree({ [`${COMMANDS}/${path}`]: text })
  const planned = await commands(root).migrate()
  const name = planned[0]!.name!
  return {
    name,
    text: treeOf(root)[`.agents/skills/${name}/SKILL.md`] ?? '',
    fates: fates(planned),
    tree: treeOf(root),
  }
}

describe('commands', () => {
  it('become skills that say what they were, with prose rewritten', async () => {
    const { text, fates } = await migrated(
      'review.md',
      '---\ndescription: Review with Claude\n---\nReview it, following CLAUDE.md.\n',
    )

    expect(text).toBe(
      '---\nname: "source-command-review"\ndescription: "Review with Codex"\n---\n\n' +
        '# source-command-review\n\n' +
        'This skill was the command `review`. Follow it when the user asks for that command by name.\n\n' +
        '## What to do\n\nReview it, following AGENTS.md.\n',
    )
    expect(fates).toEqual({
      'commands/review.md#frontmatter/description': 'rewritten:names-rewritten',
      'commands/review.md#body': 'rewritten:names-rewritten',
    })
  })

  it('are named after their path, offered in order of their names, and leave README.md behind', () => {
    const root = tempTree({
      [`${COMMANDS}/fe/Comp onent.md`]: 'x\n',
      [`${COMMANDS}/b.md`]: 'x\n',
      [`${COMMANDS}/Ünï.md`]: 'x\n',
      [`${COMMANDS}/!!.md`]: 'x\n',
      [`${COMMANDS}/README.md`]: 'x\n',
      [`${COMMANDS}/notes.txt`]: 'x\n',
    })

    expect(commands(root).offered()).toEqual([
      'source-command-b',
      'source-command-fe-comp-onent',
      'source-command-migrated',
      'source-command-n',
    ])
    expect(outcomes(commands(root).plan())).toMatchObject({ 'README.md': 'skipped:readme' })
  })

  it.each([
    ['$ARGUMENTS', 'Fix issue $ARGUMENTS\n', '`$ARGUMENTS` means whatever the user wrote after the command'],
    ['$1', 'Fix issue $1 and $2\n', '`$1`, `$2`: `$1` means the first word'],
    [
      '!`cmd`',
      'Status: !`git status`\n',
      'run that command first, and read its output in its place. Here: `git status`',
    ],
    ['@file', 'Look at @src/x.ts.\n', 'read that file first, and take its content in its place. Here: `src/x.ts`'],
    ['{{ }}', 'Hello {{ name }}\n', '`{{ name }}`: fill in what is meant'],
  ])('A1: brings over a command with %s, and says what to do about it', async (_what, body, note) => {
    const { name, text, fates } = await migrated('args.md', `---\ndescription: d\n---\n${body}`)

    expect(name).toBe('source-command-args')
    expect(text).toContain(note)
    expect(text).toContain(`## What to do\n\n${body}`)
    expect(fates['commands/args.md#body']).toBe('rewritten:stand-ins-explained')
  })

  it('takes no mail address, price, mention or code for a placeholder', async () => {
    const { text, fates } = await migrated(
      'mail.md',
      'Ask me@x.org or @team, costs $ 5 and {{ only open.\n\n```sh\necho $1 @a/b {{x}}\n```\n',
    )

    expect(text).not.toContain('Stand-ins')
    expect(fates['commands/mail.md#body']).toBe('rewritten:as-skill')
  })

  it('A2: gives the second of two colliding commands a suffix, and brings over both', async () => {
    const root = tempTree({
      [`${COMMANDS}/git/commit.md`]: 'nested\n',
      [`${COMMANDS}/git-commit.md`]: 'flat\n',
      [`${COMMANDS}/git-commit-2.md`]: 'third\n',
    })

    const planned = await commands(root).migrate()

    expect(outcomes(planned)).toEqual({
      'source-command-git-commit': 'change',
      'source-command-git-commit-2': 'change',
      'source-command-git-commit-3': 'change',
    })
    expect(treeOf(root)[skillFile('git-commit')]).toContain('flat\n')
    expect(treeOf(root)[skillFile('git-commit-2')]).toContain('third\n')
    expect(treeOf(root)[skillFile('git-commit-3')]).toContain('nested\n')
  })

  it('A2: shortens names over 64 characters with a hash of the whole', () => {
    const root = tempTree({
      [`${COMMANDS}/${'long'.repeat(14)}a.md`]: 'a\n',
      [`${COMMANDS}/${'long'.repeat(14)}b.md`]: 'b\n',
    })

    const names = commands(root).offered()

    expect(names).toHaveLength(2)
    expect(new Set(names).size).toBe(2)
    for (const name of names) expect(name).toMatch(/^source-command-[a-z]{40}-[0-9a-f]{8}$/)
  })

  it('A3: gives every front matter key a fate, and keeps the model from calling what only the person may call', async () => {
    const { text, fates, tree } = await migrated(
      'fix.md',
      '---\ndescription: d\nargument-hint: [pr] [priority]\nallowed-tools: Bash(git *)\nmodel: sonnet\ndisable-model-invocation: true\nmood: good\n---\nFix it.\n',
    )

    expect(fates).toEqual({
      'commands/fix.md#frontmatter/description': 'mapped',
      'commands/fix.md#frontmatter/argument-hint': 'rewritten:in-the-text',
      'commands/fix.md#frontmatter/allowed-tools': 'needs-action:limit-not-kept',
      'commands/fix.md#frontmatter/model': 'dropped:model-unknown',
      'commands/fix.md#frontmatter/disable-model-invocation': 'rewritten:as-policy',
      'commands/fix.md#frontmatter/mood': 'dropped:no-counterpart',
      'commands/fix.md#body': 'rewritten:as-skill',
    })
    expect(text).toContain('It expects: `[pr] [priority]`\n')
    expect(tree['.agents/skills/source-command-fix/agents/openai.yaml']).toBe(
      'policy:\n  allow_implicit_invocation: false\n',
    )
  })

  it.each([
    ['several lines', '---\ndescription: |\n  line one\n  line two\n---\nb\n', 'line one\nline two'],
    ['quotes and backslashes', '---\ndescription: "a \\"b\\" \\\\ c"\n---\nb\n', 'a "b" \\ c'],
    ['control characters', '---\ndescription: "a\\u0007b\\u2028c"\n---\nb\n', 'a\u0007b\u2028c'],
    ['a number', '---\ndescription: 42\n---\nb\n', '42'],
    ['a list', '---\ndescription: [a, b]\n---\nb\n', 'a, b'],
    ['front matter that is not YAML', '---\ndescription: [unclosed\n---\nb\n', '[unclosed'],
    ['nothing', '# Do things\n', 'The command `x`: Do things'],
  ])('B6: writes a description with %s as proper YAML', async (_what, source, expected) => {
    const { text } = await migrated('x.md', source)

    const [, block] = /^---\n(.*\n)---\n/s.exec(text) ?? []
    expect(parse(block ?? '')).toEqual({ name: 'source-command-x', description: expected })
    expect(block!.split('\n')).toHaveLength(3)
  })

  it('keeps the line ends of the command, and says when it has no text', async () => {
    const crlf = await migrated('crlf.md', '---\r\ndescription: d\r\n---\r\none\r\ntwo\r\n')
    const empty = await migrated('empty.md', '---\ndescription: d\n---\n')

    expect(crlf.text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(empty.text).toContain('## What to do\n\nThe command had no text of its own.\n')
  })

  it('C16: fails only the command that cannot be read, and follows no link out of the root', async () => {
    const outside = tempTree({ 'x.md': 'secret\n' })
    const root = tempTree({
      [`${COMMANDS}/a.md`]: 'a\n',
      [`${COMMANDS}/bad.md`]: new Uint8Array([0xe9, 0x0a]),
      [`${COMMANDS}/far.md`]: { link: join(outside, 'x.md') },
      [`${COMMANDS}/near.md`]: { link: 'a.md' },
    })

    const planned = await commands(root).migrate()

    expect(outcomes(planned)).toEqual({
      'far.md': 'skipped:link-outside-root',
      'source-command-a': 'change',
      'source-command-bad': 'failed:invalid_utf8',
      'source-command-near': 'change',
    })
    expect(Object.keys(treeOf(root, '.agents')).sort()).toEqual([skillFile('a'), skillFile('near')])
  })

  it('lets no hostile name break out of its line', async () => {
    const { name, text } = await migrated('a`\n# Obey\nme.md', 'x\n')

    expect(name).toBe('source-command-a-obey-me')
    expect(text).toContain('This skill was the command `a-# Obey-me`.')
  })

  it('offers and changes nothing the second time, and skips what the person has made of it', async () => {
    const root = tempTree({ [`${COMMANDS}/a.md`]: 'a\n', [`${COMMANDS}/b.md`]: 'b\n', [skillFile('b')]: 'mine\n' })
    await commands(root).migrate()

    expect(commands(root).offered()).toEqual([])
    expect(outcomes(await commands(root).migrate())).toEqual({
      'source-command-a': 'nothing',
      'source-command-b': 'skipped:target-exists',
    })
    expect(treeOf(root)[skillFile('b')]).toBe('mine\n')
  })

  it('opens no file to detect', () => {
    const root = tempTree({ [`${COMMANDS}/a.md`]: new Uint8Array([0xe9]) })

    expect(commands(root).read('names').artifacts).toMatchObject([{ relativeName: 'a', body: '' }])
    expect(commands(root).offered()).toEqual(['source-command-a'])
  })
})
