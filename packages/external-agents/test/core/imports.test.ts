import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportCompleted, MigrationItem } from '../../src/wire.js'
import { importAll, SAMPLE, workplace } from './claude-home.js'
import { snapshot } from './snapshot.js'
import { grow } from './temp-tree.js'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const item = (itemType: MigrationItem['itemType'], more: Partial<MigrationItem> = {}): MigrationItem => ({
  itemType,
  description: `bring ${itemType}`,
  ...more,
})
const rows = ({ itemResults }: ImportCompleted) =>
  itemResults?.map(({ itemType, successCount, errorCount, skipped }) => [
    itemType,
    successCount,
    errorCount,
    skipped.length,
  ])

describe('import', () => {
  it('brings everything over, and reports it by type in the fixed order', async () => {
    const { imports, home, codexHome, repo, troubles } = workplace()
    const { items } = await imports.detect({ includeHome: true, cwds: [repo] })

    const { importId, completed } = await importAll(imports, { migrationItems: items })

    expect(importId).toMatch(UUID_V4)
    expect(completed.importId).toBe(importId)
    expect(rows(completed)).toEqual([
      ['CONFIG', 1, 0, 0],
      ['SKILLS', 2, 0, 0],
      ['AGENTS_MD', 2, 0, 0],
      ['MCP_SERVER_CONFIG', 2, 0, 0],
      ['SUBAGENTS', 1, 0, 0],
      ['HOOKS', 1, 0, 0],
      ['COMMANDS', 1, 0, 0],
    ])
    expect(readFileSync(join(home, '.agents/skills/pdf/SKILL.md'), 'utf8')).toContain('Use Codex.')
    expect(statSync(join(home, '.agents/skills/pdf/scripts/run.sh')).mode & 0o777).toBe(0o755)
    expect(readFileSync(join(codexHome, 'AGENTS.md'), 'utf8')).toBe('# Codex guide\n')
    expect(readFileSync(join(repo, 'AGENTS.md'), 'utf8')).toBe('Rules for Codex\n')
    const config = readFileSync(join(codexHome, 'config.toml'), 'utf8')
    expect(config).toContain('[mcp_servers.docs]')
    expect(config).toContain('FOO = "bar"')
    expect(config).not.toContain('tok-123456')
    expect(troubles).toEqual([])
  })

  it('C5: records say where each thing came from and where it is now, with the cwd as it was asked', async () => {
    const { imports, home, repo } = workplace()

    const { completed } = await importAll(imports, {
      migrationItems: [item('SKILLS', { cwd: '' }), item('AGENTS_MD', { cwd: 'repo/sub' })],
    })

    const [skills, instructions] = completed.itemTypeResults
    expect(skills?.successes[0]).toEqual({
      itemType: 'SKILLS',
      cwd: '',
      source: 'pdf',
      target: 'pdf',
      title: null,
      sourcePath: join(home, '.claude/skills/pdf'),
      targetPath: join(home, '.agents/skills/pdf'),
    })
    expect(instructions?.successes[0]).toMatchObject({
      cwd: 'repo/sub',
      source: join(repo, 'CLAUDE.md'),
      target: join(repo, 'AGENTS.md'),
    })
  })

  it('answers before it writes or tells anything, and tells one step for each item in the order of the request', async () => {
    const { imports, codexHome } = workplace()
    const heard: string[] = []
    let finish: () => void = () => {}
    const done = new Promise<void>((resolve) => {
      finish = resolve
    })

    const answer = imports.import(
      { migrationItems: [item('SUBAGENTS'), item('CONFIG'), item('SUBAGENTS')] },
      {
        experimental: true,
        onProgress: ({ itemResults }) =>
          heard.push(`${itemResults?.[0]?.description} ${itemResults?.[0]?.successCount}`),
        onCompleted: () => finish(),
      },
    )
    await answer
    heard.push('answer')
    expect(readdirSync(codexHome)).toEqual([])
    await done

    expect(heard).toEqual(['answer', 'bring SUBAGENTS 1', 'bring CONFIG 1', 'bring SUBAGENTS 0'])
  })

  it('merges items of one type into one row, in both projections alike', async () => {
    const { imports } = workplace()

    const { completed, progress } = await importAll(imports, {
      migrationItems: [item('AGENTS_MD', { cwd: 'repo' }), item('AGENTS_MD')],
    })

    expect(rows(completed)).toEqual([['AGENTS_MD', 2, 0, 0]])
    for (const { itemTypeResults, itemResults } of [...progress, completed]) {
      const same = itemResults?.map(({ itemType, successes, rawErrors }) => ({
        itemType,
        successes,
        failures: rawErrors,
      }))
      expect(itemTypeResults).toEqual(same)
    }
    expect(completed.itemTypeResults[0]?.successes.map(({ cwd }) => cwd)).toEqual(['repo', null])
  })

  it('C7: completes an empty selection too, without a line in the history', async () => {
    const { imports } = workplace()

    const { importId, completed, progress } = await importAll(imports, { migrationItems: [] })

    expect(progress).toEqual([])
    expect(completed).toEqual({ importId, itemTypeResults: [], itemResults: [] })
    expect((await imports.readHistories()).data).toEqual([])
  })

  it('names a type that had nothing to do, with zero counts and with what was there already', async () => {
    const { imports } = workplace({})

    const nothing = await importAll(imports, { migrationItems: [item('SKILLS'), item('CONFIG')] })

    expect(rows(nothing.completed)).toEqual([
      ['CONFIG', 0, 0, 0],
      ['SKILLS', 0, 0, 0],
    ])
  })

  it('changes nothing the second time', async () => {
    const { imports, home, repo } = workplace()
    const { items } = await imports.detect({ includeHome: true, cwds: [repo] })
    await importAll(imports, { migrationItems: items })
    rmSync(join(home, '.codex/gangway'), { recursive: true })
    const before = [snapshot(home), snapshot(repo)]

    const { completed } = await importAll(imports, { migrationItems: items })

    rmSync(join(home, '.codex/gangway'), { recursive: true })
    expect([snapshot(home), snapshot(repo)]).toEqual(before)
    expect(completed.itemResults?.map(({ successCount }) => successCount)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(completed.itemResults?.every(({ errorCount }) => errorCount === 0)).toBe(true)
  })

  it('never writes to the source', async () => {
    const { imports, home } = workplace()
    const before = snapshot(join(home, '.claude'))
    const { items } = await imports.detect({ includeHome: true })

    await importAll(imports, { migrationItems: items })

    expect(snapshot(join(home, '.claude'))).toEqual(before)
  })

  it('C1: brings over what details select and nothing else, and fails a name that is not there', async () => {
    const { imports, home } = workplace()

    const { completed } = await importAll(imports, {
      migrationItems: [item('SKILLS', { details: { skills: [{ name: 'tables' }, { name: 'gone' }] } })],
    })

    expect(readdirSync(join(home, '.agents/skills'))).toEqual(['tables'])
    expect(completed.itemResults?.[0]?.rawErrors).toEqual([
      {
        itemType: 'SKILLS',
        errorType: 'external_agent_config_import_error',
        subErrorType: 'name_not_found',
        failureStage: 'import_request_failed',
        message: 'SKILLS: nothing called "gone" was found',
        cwd: null,
        source: null,
      },
    ])
  })

  it('C1: takes details without the list of the type for all, and an empty list for none', async () => {
    const { imports, home } = workplace()

    await importAll(imports, {
      migrationItems: [item('SUBAGENTS', { details: {} }), item('SKILLS', { details: { skills: [] } })],
    })

    expect(existsSync(join(home, '.codex/agents/reviewer.toml'))).toBe(true)
    expect(existsSync(join(home, '.agents/skills'))).toBe(false)
  })

  it('C3: one bad skill fails alone, whole or not at all', async () => {
    const { imports, home } = workplace({
      ...SAMPLE,
      'home/.claude/skills/latin/SKILL.md': new Uint8Array([0x2d, 0xe9]),
      'home/.claude/skills/latin/x.md': 'x',
    })

    const { completed } = await importAll(imports, { migrationItems: [item('SKILLS')] })

    const [skills] = completed.itemResults ?? []
    expect(skills?.successes.map(({ source }) => source)).toEqual(['pdf', 'tables'])
    expect(skills?.rawErrors).toMatchObject([
      { subErrorType: 'invalid_utf8', source: join(home, '.claude/skills/latin/SKILL.md') },
    ])
    expect(readdirSync(join(home, '.agents/skills'))).toEqual(['pdf', 'tables'])
  })

  it.each([
    [
      'home/.codex/config.toml',
      'a = 1\nb = = 2\n',
      'CONFIG',
      'invalid existing config.toml: TOML parse error at line 2',
    ],
    ['home/.codex/hooks.json', '{"hooks": ', 'HOOKS', 'hooks.json'],
    ['home/.claude/settings.json', '{', 'CONFIG', 'settings.json'],
  ] as const)(
    'C4: fails the request when %s cannot be read, naming it, with nothing written and no completion',
    async (path, text, itemType, message) => {
      const { imports, root, home } = workplace({ ...SAMPLE, [path]: text })
      const before = snapshot(home)

      const refused = importAll(imports, { migrationItems: [item('SKILLS'), item(itemType)] })

      await expect(refused).rejects.toMatchObject({ code: -32603, message: expect.stringContaining(message) })
      await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(join(root, path)) })
      expect(snapshot(home)).toEqual(before)
      expect((await imports.readHistories()).data).toEqual([])
    },
  )

  it("makes it a failure of that item with failureMode 'item', and the rest goes on", async () => {
    const { imports, codexHome } = workplace({ ...SAMPLE, 'home/.codex/config.toml': 'b = = 2\n' })

    const { completed } = await importAll(imports, {
      migrationItems: [item('CONFIG'), item('MCP_SERVER_CONFIG'), item('SKILLS')],
      failureMode: 'item',
    })

    expect(rows(completed)).toEqual([
      ['CONFIG', 0, 1, 0],
      ['SKILLS', 2, 0, 0],
      ['MCP_SERVER_CONFIG', 0, 1, 0],
    ])
    expect(completed.itemResults?.[0]?.rawErrors[0]).toMatchObject({
      errorType: 'invalid_existing_config',
      subErrorType: 'invalid_target_toml',
      source: join(codexHome, 'config.toml'),
    })
    expect(readFileSync(join(codexHome, 'config.toml'), 'utf8')).toBe('b = = 2\n')
  })

  it('C6: fails an item whose folder has vanished', async () => {
    const { imports } = workplace()

    const { completed } = await importAll(imports, { migrationItems: [item('SKILLS', { cwd: 'gone' })] })

    expect(completed.itemResults?.[0]?.rawErrors[0]).toMatchObject({
      subErrorType: 'cwd_not_found',
      message: 'gone: no such folder',
      cwd: 'gone',
    })
  })

  it('says of plugins that they cannot be brought over yet, and refuses memory as the reference does', async () => {
    const { imports } = workplace()

    const { completed } = await importAll(imports, { migrationItems: [item('PLUGINS'), item('SESSIONS')] })

    expect(completed.itemResults?.map(({ itemType, rawErrors }) => [itemType, rawErrors[0]?.failureStage])).toEqual([
      ['PLUGINS', 'plugin_import'],
      ['SESSIONS', undefined],
    ])
    await expect(importAll(imports, { migrationItems: [item('CONFIG'), item('MEMORY')] })).rejects.toMatchObject({
      code: -32600,
      message: 'external agent memory import is disabled',
    })
  })

  it('C8: runs several imports one after the other, each to its own completion, each seeing what was written before', async () => {
    const { imports } = workplace()
    const once = () => importAll(imports, { migrationItems: [item('SKILLS'), item('CONFIG')] })

    const [first, second] = await Promise.all([once(), once()])

    expect(rows(first.completed)?.map(([, successes]) => successes)).toEqual([1, 2])
    expect(rows(second.completed)?.map(([, successes]) => successes)).toEqual([0, 0])
    expect(second.importId).not.toBe(first.importId)
  })

  it('runs what comes after an import that was refused', async () => {
    const { imports } = workplace()
    const refused = importAll(imports, { migrationItems: [item('MEMORY')] })
    const next = importAll(imports, { migrationItems: [item('CONFIG')] })

    await expect(refused).rejects.toMatchObject({ code: -32600 })
    expect(rows((await next).completed)).toEqual([['CONFIG', 1, 0, 0]])
  })

  it('completes though a listener throws', async () => {
    const { imports, troubles } = workplace()

    const completed = await new Promise<ImportCompleted>((resolve, reject) => {
      const listener = {
        experimental: true,
        onProgress: () => {
          throw new Error('listener is broken')
        },
        onCompleted: resolve,
      }
      imports.import({ migrationItems: [item('CONFIG')] }, listener).catch(reject)
    })

    expect(rows(completed)).toEqual([['CONFIG', 1, 0, 0]])
    expect(troubles).toEqual([new Error('listener is broken')])
  })

  it('B12: does not bring over what a link leads to outside the repository', async () => {
    const { imports, repo, root } = workplace()
    rmSync(join(repo, 'CLAUDE.md'))
    grow(root, { 'foreign.md': 'foreign', 'repo/CLAUDE.md': { link: '../foreign.md' } })

    const { completed } = await importAll(imports, {
      migrationItems: [item('AGENTS_MD', { cwd: 'repo' })],
      failureMode: 'item',
    })

    expect(existsSync(join(repo, 'AGENTS.md'))).toBe(false)
    expect(completed.itemResults?.[0]?.successCount).toBe(0)
    expect((completed.itemResults?.[0]?.errorCount ?? 0) + (completed.itemResults?.[0]?.skipped.length ?? 0)).toBe(1)
  })

  it('refuses to write through a link out of the repository', async () => {
    const { imports, root, repo } = workplace({ ...SAMPLE, 'repo/.claude/skills/s/SKILL.md': 'x' })
    mkdirSync(join(root, 'outside'))
    grow(repo, { '.agents': { link: '../outside' } })

    const { completed } = await importAll(imports, {
      migrationItems: [item('SKILLS', { cwd: 'repo' })],
      failureMode: 'item',
    })

    expect(completed.itemResults?.[0]?.rawErrors[0]?.subErrorType).toBe('outside_root')
    expect(readdirSync(join(root, 'outside'))).toEqual([])
  })
})

describe('a plan that was shown', () => {
  it('is the same each time, and is done when its digest is given', async () => {
    const { imports } = workplace()
    const { items } = await imports.detect({ includeHome: true })
    const first = await imports.preview({ migrationItems: items })
    const second = await imports.preview({ migrationItems: items })

    const { completed } = await importAll(imports, { migrationItems: items, planDigest: first.digest })

    expect(second).toEqual(first)
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(completed.itemResults?.every(({ errorCount }) => errorCount === 0)).toBe(true)
  })

  it.each([
    ['a source file', '.claude/skills/pdf/scripts/run.sh'],
    ['a source document', '.claude/CLAUDE.md'],
    ['a target', '.codex/config.toml'],
  ])('C9: is stale once %s has changed; the new digest is told and nothing written', async (_what, path) => {
    const { imports, home } = workplace()
    const { items } = await imports.detect({ includeHome: true })
    const { digest } = await imports.preview({ migrationItems: items })
    writeFileSync(join(home, path), '# changed\n')
    const before = snapshot(home)

    const refused = importAll(imports, { migrationItems: items, planDigest: digest })

    await expect(refused).rejects.toMatchObject({ code: -32600, data: { reason: 'stalePlan' } })
    const fresh = await imports.preview({ migrationItems: items })
    await expect(refused).rejects.toMatchObject({ data: { digest: fresh.digest } })
    expect(snapshot(home)).toEqual(before)
  })

  it('shows files, artifacts, account and environment, and writes nothing', async () => {
    const { imports, home, codexHome } = workplace()
    const before = snapshot(home)

    const preview = await imports.preview({
      migrationItems: [item('CONFIG'), item('MCP_SERVER_CONFIG'), item('SKILLS')],
    })

    expect(snapshot(home)).toEqual(before)
    const config = preview.files.find(({ path }) => path === join(codexHome, 'config.toml'))
    expect(config).toMatchObject({ status: 'create', binary: false })
    expect(config?.diff).toContain('+FOO = "bar"\n')
    expect(config?.diff).toContain('+[mcp_servers.docs]\n')
    expect(preview.files.filter(({ name }) => name === 'pdf').map(({ itemType }) => itemType)).toEqual([
      'SKILLS',
      'SKILLS',
    ])
    expect(preview.items[2]?.artifacts.map(({ name, outcome, error }) => [name, outcome, error])).toEqual([
      ['pdf', 'change', null],
      ['tables', 'change', null],
    ])
    expect(preview.environment.map(({ name }) => name)).toEqual(['API_TOKEN'])
    const { mapped, rewritten, dropped, needsAction } = preview.account.counts
    expect(mapped + rewritten + dropped + needsAction).toBe(preview.account.facts.length)
  })

  it('shows what cannot be done at all as the error of its item', async () => {
    const { imports } = workplace({ ...SAMPLE, 'home/.codex/config.toml': 'b = = 2\n' })

    const preview = await imports.preview({ migrationItems: [item('CONFIG'), item('SUBAGENTS')] })

    expect(preview.items[0]?.error?.errorType).toBe('invalid_existing_config')
    expect(preview.items[1]?.error).toBeNull()
    expect(preview.files).toHaveLength(1)
  })

  it('shows an existing file as a unified diff', async () => {
    const { imports } = workplace({ ...SAMPLE, 'home/.codex/config.toml': '# mine\nmodel = "x"\n' })

    const { files } = await imports.preview({ migrationItems: [item('MCP_SERVER_CONFIG')] })

    expect(files[0]?.status).toBe('modify')
    expect(files[0]?.diff).toMatch(/^--- .*config\.toml\n\+\+\+ .*config\.toml\n@@ /)
    expect(files[0]?.diff).toContain(' model = "x"\n')
    expect(files[0]?.diff).not.toMatch(/^[-+]# mine/m)
  })
})

describe('close', () => {
  it('lets the running import finish', async () => {
    const { imports } = workplace()
    const running = importAll(imports, { migrationItems: [item('SKILLS')] })

    await imports.close()

    expect(rows((await running).completed)).toEqual([['SKILLS', 2, 0, 0]])
  })

  it('refuses what comes after it, and may be called again', async () => {
    const { imports } = workplace()
    await imports.close()
    await imports.close()

    await expect(importAll(imports, { migrationItems: [] })).rejects.toMatchObject({ message: 'the server is closing' })
  })

  it('stops between two changes when the time is up: the rest fails by name, and the completion still comes', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`home/.claude/skills/s${index}/SKILL.md`, 'x']),
    )
    const { imports, home } = workplace(many)
    const running = new Promise<ImportCompleted>((resolve, reject) => {
      const listener = { experimental: true, onProgress: () => {}, onCompleted: resolve }
      imports.import({ migrationItems: [item('SKILLS')] }, listener).then(() => imports.close({ graceMs: 0 }), reject)
    })

    const { itemResults } = await running

    const [skills] = itemResults ?? []
    expect(skills?.successCount).toBe(
      existsSync(join(home, '.agents/skills')) ? readdirSync(join(home, '.agents/skills')).length : 0,
    )
    expect((skills?.successCount ?? 0) + (skills?.errorCount ?? 0)).toBe(300)
    expect(skills?.rawErrors[0]).toMatchObject({ subErrorType: 'cancelled' })
  })
})
