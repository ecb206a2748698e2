import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importAll, SAMPLE, workplace } from './claude-home.js'
import { grow, tempTree } from './temp-tree.js'

describe('detect', () => {
  it('gives nothing when nothing is asked for', async () => {
    const { imports } = workplace()

    expect(await imports.detect({})).toEqual({ items: [], connectors: [], warnings: [] })
  })

  it('offers the kinds in the order of the reference, the home before the repositories, in its words', async () => {
    const { imports, home, repo } = workplace()

    const { items } = await imports.detect({ includeHome: true, cwds: [repo] })

    expect(
      items.map(({ itemType, description, cwd }) => [
        itemType,
        description.replaceAll(home, '~').replaceAll(repo, 'R'),
        cwd,
      ]),
    ).toEqual([
      ['CONFIG', 'Migrate ~/.claude/settings.json into ~/.codex/config.toml', null],
      ['MCP_SERVER_CONFIG', 'Migrate MCP servers from ~ into ~/.codex/config.toml', null],
      ['HOOKS', 'Migrate hooks from ~/.claude to ~/.codex/hooks.json', null],
      ['SKILLS', 'Migrate skills from ~/.claude/skills to ~/.agents/skills', null],
      ['COMMANDS', 'Migrate commands from ~/.claude/commands to ~/.agents/skills', null],
      ['SUBAGENTS', 'Migrate subagents from ~/.claude/agents to ~/.codex/agents', null],
      ['AGENTS_MD', 'Migrate ~/.claude/CLAUDE.md to ~/.codex/AGENTS.md', null],
      ['AGENTS_MD', 'Migrate R/CLAUDE.md to R/AGENTS.md', repo],
    ])
  })

  it('names what an item consists of in the one list of its type, and has no details for config and instructions', async () => {
    const { imports } = workplace()

    const { items } = await imports.detect({ includeHome: true })

    const none = { plugins: [], skills: [], sessions: [], mcpServers: [], hooks: [], subagents: [], commands: [] }
    expect(Object.fromEntries(items.map(({ itemType, details }) => [itemType, details]))).toEqual({
      CONFIG: null,
      MCP_SERVER_CONFIG: { ...none, mcpServers: [{ name: 'docs' }, { name: 'web' }] },
      HOOKS: { ...none, hooks: [{ name: 'Stop' }] },
      SKILLS: { ...none, skills: [{ name: 'pdf' }, { name: 'tables' }] },
      COMMANDS: { ...none, commands: [{ name: 'source-command-review' }] },
      SUBAGENTS: { ...none, subagents: [{ name: 'reviewer' }] },
      AGENTS_MD: null,
    })
  })

  it('C6: lists a repository once, however many of its folders are named, and by its root', async () => {
    const { imports, repo } = workplace()

    const { items } = await imports.detect({ cwds: [join(repo, 'sub'), repo, 'repo/sub/x.txt'] })

    expect(items.map(({ itemType, cwd }) => [itemType, cwd])).toEqual([['AGENTS_MD', repo]])
  })

  it('C6: warns of a folder that is not there', async () => {
    const { imports } = workplace()

    const { items, warnings } = await imports.detect({ cwds: ['gone', ''] })

    expect(items).toEqual([])
    expect(warnings).toEqual([{ path: 'gone', message: 'gone: no such folder', line: null, column: null }])
  })

  it.each([
    ['home/.claude/settings.json', '{\n  "env": nope\n}', ['CONFIG', 'MCP_SERVER_CONFIG', 'HOOKS']],
    ['home/.claude.json', '{', ['MCP_SERVER_CONFIG']],
  ])('C2: makes a warning with its place of a broken %s, and offers the rest', async (path, text, lost) => {
    const { imports, root } = workplace({ ...SAMPLE, [path]: text })

    const { items, warnings } = await imports.detect({ includeHome: true })

    const all = ['CONFIG', 'MCP_SERVER_CONFIG', 'HOOKS', 'SKILLS', 'COMMANDS', 'SUBAGENTS', 'AGENTS_MD']
    expect(items.map(({ itemType }) => itemType)).toEqual(all.filter((itemType) => !lost.includes(itemType)))
    expect(warnings?.[0]).toMatchObject({
      path: join(root, path),
      line: expect.any(Number),
      column: expect.any(Number),
    })
    expect(warnings?.[0]?.message).toContain(join(root, path))
  })

  it('C2: warns once of a file that home and repository both read', async () => {
    const { imports, repo } = workplace({ ...SAMPLE, 'home/.claude.json': '{' })

    const { warnings } = await imports.detect({ includeHome: true, cwds: [repo] })

    expect(warnings).toHaveLength(1)
  })

  it('C2: makes a warning of a target that does not parse', async () => {
    const { imports, codexHome } = workplace({ ...SAMPLE, 'home/.codex/config.toml': 'a = 1\nb = = 2\n' })

    const { items, warnings } = await imports.detect({ includeHome: true })

    expect(items.map(({ itemType }) => itemType)).not.toContain('CONFIG')
    expect(items.map(({ itemType }) => itemType)).toContain('SKILLS')
    expect(warnings).toContainEqual(expect.objectContaining({ path: join(codexHome, 'config.toml'), line: 2 }))
  })

  it('offers nothing a second time once it has been brought over', async () => {
    const { imports, repo } = workplace()
    const { items } = await imports.detect({ includeHome: true, cwds: [repo] })

    await importAll(imports, { migrationItems: items })

    expect(await imports.detect({ includeHome: true, cwds: [repo] })).toEqual({
      items: [],
      connectors: [],
      warnings: [],
    })
  })

  it('reads a known home again only where something has changed, on either side', async () => {
    const { imports, home } = workplace()
    for (const path of ['.claude', '.claude/skills', '.claude/settings.json', '.codex']) settle(join(home, path))
    const namesOf = async (itemType: string) => {
      const { items } = await imports.detect({ includeHome: true })
      return items.find((item) => item.itemType === itemType)?.details?.skills?.map(({ name }) => name)
    }
    expect(await namesOf('SKILLS')).toEqual(['pdf', 'tables'])

    grow(home, { '.claude/skills/added/SKILL.md': 'x' })
    expect(await namesOf('SKILLS')).toEqual(['added', 'pdf', 'tables'])

    mkdirSync(join(home, '.agents/skills/pdf'), { recursive: true })
    writeFileSync(join(home, '.agents/skills/pdf/SKILL.md'), 'mine')
    expect(await namesOf('SKILLS')).toEqual(['added', 'tables'])
  })

  it('A20: finds what CLAUDE_CONFIG_DIR names, with the servers that are kept there then', async () => {
    const elsewhere = tempTree({
      'skills/moved/SKILL.md': '---\nname: moved\ndescription: d\n---\nx\n',
      '.claude.json': JSON.stringify({ mcpServers: { there: { command: 'x' } } }),
    })
    const { imports } = workplace({}, { CLAUDE_CONFIG_DIR: elsewhere })

    const { items } = await imports.detect({ includeHome: true })

    expect(items.map(({ itemType, details }) => [itemType, details?.skills, details?.mcpServers])).toEqual([
      ['MCP_SERVER_CONFIG', [], [{ name: 'there' }]],
      ['SKILLS', [{ name: 'moved' }], []],
    ])
  })

  it('A21: takes an unknown source for Claude Code from callers that cannot know the list, and refuses it by name from the others', async () => {
    const { imports } = workplace()

    const found = await imports.detect({ includeHome: true, migrationSource: 'bogus' }, { experimental: false })

    expect(found.items).toHaveLength(7)
    await expect(imports.detect({ migrationSource: 'bogus' }, { experimental: true })).rejects.toMatchObject({
      code: -32600,
      message: 'unknown migrationSource "bogus", expected one of: claude-code, cursor',
    })
  })

  it('A21: never takes Cursor for Claude Code, in any case of its letters', async () => {
    const { imports } = workplace()

    const found = await imports.detect({ includeHome: true, migrationSource: 'Cursor' }, { experimental: false })
    const preview = await imports.preview({ migrationItems: [], migrationSource: 'cursor' })

    expect(found.items).toEqual([])
    expect(preview.items).toEqual([])
  })
})

function settle(path: string): void {
  utimesSync(path, new Date(0), new Date(0))
}
