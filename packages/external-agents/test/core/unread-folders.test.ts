import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportCompleted, MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from './claude-home.js'

const items = (...itemTypes: MigrationItem['itemType'][]): MigrationItem[] =>
  itemTypes.map((itemType) => ({ itemType, description: '' }))
const errorsOf = ({ itemResults }: ImportCompleted) =>
  itemResults?.flatMap(({ rawErrors }) => rawErrors.map(({ subErrorType, source }) => [subErrorType, source]))

describe('a folder that is not read', () => {
  it.each([
    ['COMMANDS', 'commands'],
    ['SUBAGENTS', 'agents'],
    ['SKILLS', 'skills'],
    ['AGENTS_MD', 'rules'],
  ] as const)('fails %s by name, and is not taken for an empty one', async (itemType, folder) => {
    const { imports, home } = workplace({
      'elsewhere/a.md': '---\nname: a\ndescription: d\n---\nx\n',
      [`home/.claude/${folder}`]: { link: '../../elsewhere' },
    })
    const path = join(home, '.claude', folder)

    const found = await imports.detect({ includeHome: true })
    const { completed } = await importAll(imports, { migrationItems: items(itemType), failureMode: 'item' })

    expect(found.warnings?.map((warning) => warning.path)).toEqual([path])
    expect(errorsOf(completed)).toEqual([['outside_root', path]])
    await expect(importAll(imports, { migrationItems: items(itemType) })).rejects.toMatchObject({ code: -32603 })
  })

  it.each([
    ['COMMANDS', 'commands'],
    ['SUBAGENTS', 'agents'],
    ['AGENTS_MD', 'rules'],
  ] as const)('is told as skipped when it is one of the folders of %s', async (itemType, folder) => {
    const { imports, home } = workplace({
      'elsewhere/a.md': 'x',
      [`home/.claude/${folder}/mine.md`]: '---\nname: a\ndescription: d\n---\nx\n',
      [`home/.claude/${folder}/team`]: { link: '../../../elsewhere' },
    })

    const { completed } = await importAll(imports, { migrationItems: items(itemType) })

    const [result] = completed.itemResults ?? []
    expect(result?.successCount).toBe(1)
    expect(result?.skipped.map(({ reason, sourcePath }) => [reason, sourcePath])).toEqual([
      ['link-outside-root', join(home, '.claude', folder, 'team')],
    ])
  })
})

describe('a name that is not UTF-8', () => {
  it('keeps the one file back, and not the skill that it is in', async () => {
    const { imports, home } = workplace({ 'home/.claude/skills/s/SKILL.md': 'x', 'home/.claude/commands/a.md': 'x' })
    const bad = (folder: string, ending: string) =>
      Buffer.concat([Buffer.from(`${join(home, '.claude', folder)}/bad`), Buffer.from([0xff]), Buffer.from(ending)])
    writeFileSync(bad('skills/s', '.txt'), 'x')
    writeFileSync(bad('commands', '.md'), 'x')
    mkdirSync(bad('skills', ''))

    const { items: offered } = await imports.detect({ includeHome: true })
    const { completed } = await importAll(imports, { migrationItems: items('SKILLS', 'COMMANDS') })

    expect(offered.map(({ details }) => [...(details?.skills ?? []), ...(details?.commands ?? [])])).toEqual([
      [{ name: 's' }],
      [{ name: 'source-command-a' }],
    ])
    expect(completed.itemResults?.map(({ successCount, errorCount }) => [successCount, errorCount])).toEqual([
      [1, 0],
      [1, 0],
    ])
    expect(completed.itemResults?.flatMap(({ skipped }) => skipped.map(({ reason }) => reason))).toEqual([
      'name-not-utf8',
      'name-not-utf8',
    ])
    expect(existsSync(join(home, '.agents/skills/s/SKILL.md'))).toBe(true)
  })
})

describe('a pipe where a file of the target should be', { timeout: 20_000 }, () => {
  it('fails what would be written there by name, and holds nothing up', async () => {
    const { imports, home, codexHome, troubles } = workplace()
    mkdirSync(join(home, '.agents/skills'), { recursive: true })
    for (const name of ['config.toml', 'hooks.json', 'AGENTS.md', '../.agents/skills/pdf']) {
      execFileSync('mkfifo', [join(codexHome, name)])
    }
    const migrationItems = items('CONFIG', 'MCP_SERVER_CONFIG', 'HOOKS', 'AGENTS_MD', 'SKILLS')

    const found = await imports.detect({ includeHome: true })
    const preview = await imports.preview({ migrationItems })
    const { completed } = await importAll(imports, { migrationItems, failureMode: 'item' })

    expect(found.items.map(({ itemType }) => itemType)).toContain('SKILLS')
    expect(preview.items[0]?.error?.subErrorType).toBe('not_a_file')
    expect(errorsOf(completed)).toEqual(
      expect.arrayContaining([
        ['not_a_file', join(codexHome, 'config.toml')],
        ['not_a_file', join(codexHome, 'hooks.json')],
      ]),
    )
    expect(completed.itemResults?.find(({ itemType }) => itemType === 'SKILLS')).toMatchObject({ successCount: 1 })
    expect(troubles).toEqual([])
  })
})
