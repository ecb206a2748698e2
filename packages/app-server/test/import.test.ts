import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  ExternalAgentConfigDetectResponse,
  ExternalAgentConfigImportCompletedNotification,
  ExternalAgentConfigImportHistoriesReadResponse,
  ExternalAgentConfigImportPreviewResponse,
  MigrationItem,
} from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { addClaudeHome, writeBelow } from './support/claude-home.js'
import { introduction, type TestHome, testHome } from './support/homes.js'
import { type Peer, type TestServer, transports } from './support/peer.js'

const COMPLETED = 'externalAgentConfig/import/completed'
const PROGRESS = 'externalAgentConfig/import/progress'
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

async function introduced(server: TestServer, capabilities?: object | null): Promise<Peer> {
  const peer = server.connect()
  await peer.request('initialize', introduction(capabilities))
  return peer
}

async function detect(peer: Peer): Promise<readonly MigrationItem[]> {
  const found = await peer.request('externalAgentConfig/detect', { includeHome: true })
  return (found as ExternalAgentConfigDetectResponse).items
}

async function importing(peer: Peer, params: object): Promise<string> {
  const answer = (await peer.request('externalAgentConfig/import', params)) as { importId: string }
  return answer.importId
}

async function completion(peer: Peer, count = 1): Promise<ExternalAgentConfigImportCompletedNotification> {
  return (await peer.events.next(COMPLETED, count)).params as ExternalAgentConfigImportCompletedNotification
}

const typesOf = (items: readonly { readonly itemType: string }[]) => items.map(({ itemType }) => itemType)
const skillOf = (home: TestHome) => join(home.root, '.agents/skills/pdf/SKILL.md')

describe.each(transports)('an import, $name', ({ serve }) => {
  it('says what came of everything that was found, once and under the id of its answer', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)

    const importId = await importing(peer, { migrationItems })
    const completed = await completion(peer)

    expect(importId).toMatch(UUID_V4)
    expect(completed.importId).toBe(importId)
    expect(typesOf(completed.itemTypeResults)).toEqual([
      'CONFIG',
      'SKILLS',
      'AGENTS_MD',
      'MCP_SERVER_CONFIG',
      'SUBAGENTS',
      'COMMANDS',
    ])
    expect(
      completed.itemResults?.map(({ itemType, successCount, errorCount }) => [itemType, successCount, errorCount]),
    ).toEqual(typesOf(completed.itemTypeResults).map((itemType) => [itemType, 1, 0]))
    expect(readFileSync(skillOf(home), 'utf8')).toContain('Use the reader.')
    expect(await detect(peer)).toEqual([])
    expect(peer.events.of(COMPLETED)).toHaveLength(1)
  })

  it('tells every client that there are other skills now', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const another = await introduced(server)

    await importing(peer, { migrationItems: await detect(peer) })

    await another.events.next('skills/changed')
  })

  it('tells of each item as it is done, under the same id', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)

    const importId = await importing(peer, { migrationItems })
    await completion(peer)

    const steps = peer.events.of(PROGRESS).map(({ params }) => params as ExternalAgentConfigImportCompletedNotification)
    expect(steps.map((step) => step.importId)).toEqual(migrationItems.map(() => importId))
    expect(steps.flatMap((step) => typesOf(step.itemTypeResults))).toEqual(typesOf(migrationItems))
    expect(steps.flatMap((step) => step.itemResults)).toEqual(
      migrationItems.map(({ description }) => expect.objectContaining({ description, cwd: null })),
    )
  })

  it('completes when nothing was selected', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = await introduced(server)

    const importId = await importing(peer, { migrationItems: [] })

    expect(await completion(peer)).toEqual({ importId, itemTypeResults: [], itemResults: [] })
  })

  it('reports an item with nothing to do as done, with nothing in it', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = await introduced(server)

    await importing(peer, { migrationItems: [{ itemType: 'SKILLS', description: '', cwd: null, details: null }] })

    expect((await completion(peer)).itemResults).toEqual([
      { itemType: 'SKILLS', successCount: 0, errorCount: 0, successes: [], rawErrors: [], skipped: [] },
    ])
  })

  it('fails as a whole, with nothing written and no completion, when an item cannot be done at all', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)
    writeBelow(home, '.codex/config.toml', 'a = 1\nb = [1,\nc = 2\n')

    await expect(importing(peer, { migrationItems })).rejects.toMatchObject({
      code: -32603,
      message: expect.stringContaining(join(home.codexHome, 'config.toml')),
    })

    await importing(peer, { migrationItems: [] })
    await completion(peer)
    expect(peer.events.of(COMPLETED)).toHaveLength(1)
    expect(existsSync(skillOf(home))).toBe(false)
    expect(readFileSync(join(home.codexHome, 'config.toml'), 'utf8')).toBe('a = 1\nb = [1,\nc = 2\n')
  })

  it('goes on with the other items where that was asked for', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)
    writeBelow(home, '.codex/config.toml', 'a = 1\nb = [1,\nc = 2\n')

    await importing(peer, { migrationItems, failureMode: 'item' })

    const results = new Map((await completion(peer)).itemResults?.map((result) => [result.itemType, result]))
    expect(results.get('CONFIG')).toMatchObject({ successCount: 0, errorCount: 1 })
    expect(results.get('SKILLS')).toMatchObject({ successCount: 1, errorCount: 0 })
    expect(existsSync(skillOf(home))).toBe(true)
  })

  it('refuses a plan that is not the one that was shown, and takes the one that is', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)
    const preview = async () =>
      (await peer.request('externalAgentConfig/import/preview', {
        migrationItems,
      })) as ExternalAgentConfigImportPreviewResponse
    const shown = await preview()
    writeBelow(home, '.claude/skills/pdf/reader.py', 'print("changed")\n')

    await expect(importing(peer, { migrationItems, planDigest: shown.digest })).rejects.toMatchObject({ code: -32600 })
    expect(existsSync(skillOf(home))).toBe(false)

    await importing(peer, { migrationItems, planDigest: (await preview()).digest })
    expect(await completion(peer)).toMatchObject({ itemTypeResults: expect.anything() })
    expect(existsSync(skillOf(home))).toBe(true)
  })

  it('completes every one of several at once, and tells every client of each', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peers = [await introduced(server), await introduced(server)] as const
    const migrationItems = await detect(peers[0])

    const importIds = await Promise.all([
      importing(peers[0], { migrationItems }),
      importing(peers[1], { migrationItems }),
      importing(peers[0], { migrationItems: [] }),
    ])

    for (const peer of peers) {
      await completion(peer, 3)
      const told = peer.events.of(COMPLETED).map(({ params }) => (params as { importId: string }).importId)
      expect([...told].sort()).toEqual([...importIds].sort())
    }
    expect(new Set(importIds).size).toBe(3)
  })

  it('is finished, and told, before the server closes', async () => {
    using home = testHome()
    addClaudeHome(home)
    const server = serve(home)
    const peer = await introduced(server)
    const migrationItems = await detect(peer)
    const importId = await importing(peer, { migrationItems })

    expect(await server.runtime.close({ timeoutMs: 5_000 })).toEqual({ forced: false })

    expect(await completion(peer)).toMatchObject({ importId })
    expect(existsSync(skillOf(home))).toBe(true)
  })

  it('shows in the history, newest first, and in the configuration that is read next', async () => {
    using home = testHome()
    addClaudeHome(home)
    await using server = serve(home)
    const peer = await introduced(server)
    await peer.request('config/read', {})
    const first = await importing(peer, { migrationItems: await detect(peer), providerId: 'tests' })
    await completion(peer)
    const recorded = await peer.request('externalAgentConfig/import/recordHistory', {
      providerId: 'elsewhere',
      itemTypeResults: [{ itemType: 'SKILLS', successes: [{ itemType: 'SKILLS', target: 'pdf' }], failures: [] }],
    })
    const second = (recorded as { importId: string }).importId

    const { data } = (await peer.request(
      'externalAgentConfig/import/readHistories',
    )) as ExternalAgentConfigImportHistoriesReadResponse

    const newestFirst = [...data].sort(
      (a, b) => b.completedAtMs - a.completedAtMs || (a.importId < b.importId ? -1 : 1),
    )
    expect(data).toEqual(newestFirst)
    const byId = new Map(data.map((entry) => [entry.importId, entry]))
    expect(byId.get(first)).toMatchObject({ providerId: 'tests', failures: [] })
    expect(byId.get(first)?.successes).toHaveLength(6)
    expect(byId.get(second)).toMatchObject({ providerId: 'elsewhere' })
    expect(await peer.request('config/read', {})).toMatchObject({
      config: { mcp_servers: { docs: { command: 'docs-server' } } },
    })
  })

  it('C10: keeps no history of an import that does not say what it was', async () => {
    using home = testHome()
    await using server = serve(home)
    const peer = await introduced(server)
    const group = { itemType: 'SKILLS', successes: [], failures: [] }

    await expect(
      peer.request('externalAgentConfig/import/recordHistory', { providerId: '', itemTypeResults: [] }),
    ).rejects.toMatchObject({ code: -32600, message: expect.stringContaining('providerId') })
    await expect(
      peer.request('externalAgentConfig/import/recordHistory', { providerId: 'x', itemTypeResults: [group, group] }),
    ).rejects.toMatchObject({ code: -32600, message: expect.stringContaining('itemTypeResults') })
    expect(await peer.request('externalAgentConfig/import/readHistories')).toMatchObject({ data: [] })
  })
})
