import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountOf, assertAccounted } from '../../src/accounting.js'
import { planImport } from '../../src/plan.js'
import { claudeCode } from '../../src/sources/claude-code/index.js'
import type { MigrationItem } from '../../src/wire.js'
import { importAll, workplace } from '../core/claude-home.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'

const ON = '[features]\nexternal_agent_memory_import = true\n'
const RESOURCES = 'memories_v2/extensions/external_agent_import/resources'

const record = (cwd: string) => `${JSON.stringify({ type: 'user', cwd, timestamp: '2026-11-01T10:00:00Z' })}\n`

function memoryHome(config = ON, extra: { readonly [path: string]: TreeNode } = {}) {
  const repository = tempTree()
  const place = workplace({
    'home/.codex/config.toml': config,
    'home/.claude/projects/-full/memory/MEMORY.md': '# Claude remembers\n',
    'home/.claude/projects/-full/memory/topics/Debug Notes.md': 'debug\n',
    'home/.claude/projects/-full/memory/UP.MD': new Uint8Array([0xff, 0xfe]),
    'home/.claude/projects/-full/memory/n.txt': 'no memory\n',
    'home/.claude/projects/-full/memory/link.md': { link: 'MEMORY.md' },
    'home/.claude/projects/-full/s.jsonl': `${JSON.stringify({ type: 'summary' })}\n${record(repository)}`,
    'home/.claude/projects/-gone/memory/MEMORY.md': 'gone\n',
    'home/.claude/projects/-gone/s.jsonl': record('/no/such/folder'),
    'home/.claude/projects/-alone/memory/MEMORY.md': 'alone\n',
    ...extra,
  })
  return { ...place, repository, resources: join(place.codexHome, RESOURCES) }
}

async function memoryItems({ imports }: ReturnType<typeof memoryHome>): Promise<readonly MigrationItem[]> {
  const { items } = await imports.detect({ includeHome: true }, { experimental: true })
  return items.filter(({ itemType }) => itemType === 'MEMORY')
}

const chosen = (memory: string[]): MigrationItem => ({ itemType: 'MEMORY', description: '', details: { memory } })

describe('memories', () => {
  it('are offered and taken only where the feature is on, and one at least must be chosen', async () => {
    const off = memoryHome('')
    const on = memoryHome()

    expect(await memoryItems(off)).toEqual([])
    await expect(importAll(off.imports, { migrationItems: [chosen(['-full'])] })).rejects.toMatchObject({
      code: -32600,
      message: 'external agent memory import is disabled',
    })
    await expect(importAll(on.imports, { migrationItems: [chosen([])] })).rejects.toMatchObject({
      code: -32600,
      message: 'memory import requires at least one selected memory',
    })
  })

  it('are offered last of all, by the keys of projects whose folder a conversation names and that is there', async () => {
    const home = memoryHome()

    const { items } = await home.imports.detect({ includeHome: true }, { experimental: true })

    expect(items.at(-1)).toMatchObject({
      itemType: 'MEMORY',
      description: `Import memory files from ${home.home}/.claude/projects to ${home.resources}`,
      cwd: null,
      details: { memory: ['-full'] },
    })
  })

  it('are copied byte for byte with the folder they are about, and are not offered again until they change', async () => {
    const home = memoryHome()

    const { completed } = await importAll(home.imports, { migrationItems: [...(await memoryItems(home))] })

    expect(completed.itemTypeResults).toMatchObject([
      { itemType: 'MEMORY', successes: [{ source: '-full', target: home.resources, cwd: null }], failures: [] },
    ])
    const folder = join(home.resources, '-full')
    expect(readdirSync(folder).sort()).toEqual(['MEMORY.md', 'UP.MD', 'scope.json', 'topics'])
    expect(readFileSync(join(folder, 'scope.json'), 'utf8')).toBe(JSON.stringify({ cwd: home.repository }))
    expect(readFileSync(join(folder, 'MEMORY.md'), 'utf8')).toBe('# Claude remembers\n')
    expect([...readFileSync(join(folder, 'UP.MD'))]).toEqual([0xff, 0xfe])
    expect(existsSync(join(home.resources, '../instructions.md'))).toBe(true)
    expect(await memoryItems(home)).toEqual([])

    writeFileSync(join(home.home, '.claude/projects/-full/memory/MEMORY.md'), 'changed\n')
    await importAll(home.imports, { migrationItems: [...(await memoryItems(home))] })
    expect(readFileSync(join(folder, 'MEMORY.md'), 'utf8')).toBe('changed\n')
  })

  it('A19: are accounted for, those of projects that nobody knows too', async () => {
    const home = memoryHome()
    const context = { source: claudeCode, env: {}, userHome: home.home, cwd: home.root, codexHome: home.codexHome }
    const item = chosen(['-full', '-gone', '-alone'])

    const plan = await planImport([item], { ...context, options: { onConflict: 'default', copySecrets: false } })

    assertAccounted(plan)
    const told = accountOf(plan).facts.map(({ id, fate, reason }) => [id.slice(22), fate, reason?.code ?? null])
    expect(told).toEqual([
      ['-alone/memory/MEMORY.md#', 'dropped', 'project-unknown'],
      ['-full/memory/MEMORY.md#', 'mapped', null],
      ['-full/memory/UP.MD#', 'mapped', null],
      ['-full/memory/link.md#', 'dropped', 'link'],
      ['-full/memory/n.txt#', 'dropped', 'not-a-memory'],
      ['-full/memory/topics/Debug Notes.md#', 'mapped', null],
      ['-gone/memory/MEMORY.md#', 'dropped', 'project-unknown'],
    ])
  })

  it('that are asked for and are not there are a failure by name', async () => {
    const home = memoryHome()

    const { completed } = await importAll(home.imports, { migrationItems: [chosen(['-nobody'])], failureMode: 'item' })

    expect(completed.itemResults?.[0]?.rawErrors).toMatchObject([
      {
        itemType: 'MEMORY',
        failureStage: 'memory_import',
        source: '-nobody',
        message: 'selected memory was not found: -nobody',
      },
    ])
  })
})
