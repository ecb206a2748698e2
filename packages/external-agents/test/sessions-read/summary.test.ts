import { mkdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SessionSummary } from '../../src/session.js'
import { countConnectors } from '../../src/sources/claude-code/sessions/connectors.js'
import { listSessions } from '../../src/sources/claude-code/sessions/sessions.js'
import { folderNamedBy } from '../../src/sources/reading/sessions/folder-name.js'
import { tempTree } from '../core/temp-tree.js'
import { agent, claudeHome, list, log, names, user } from './session-logs.js'

async function summaryOf(content: string | Uint8Array): Promise<SessionSummary> {
  const page = await list(claudeHome({ 'p/s.jsonl': content }))
  return [...page.sessions, ...page.unusable][0]!
}

describe('what detect knows of a session', () => {
  it('gives folder, branch and the times of the first and the last message', async () => {
    const summary = await summaryOf(
      log(
        { type: 'file-history-snapshot', timestamp: '2020-01-01T00:00:00Z' },
        user('hi', { gitBranch: 'feature', timestamp: '2026-05-01T10:00:00.000Z' }),
        agent('yo', { cwd: '/other', timestamp: '2026-05-01T12:30:00.000+02:00' }),
        user('helper', { isSidechain: true, timestamp: '2026-07-01T10:00:00Z' }),
        { type: 'summary', summary: 'S', timestamp: '2027-01-01T00:00:00Z' },
      ),
    )

    expect(summary).toMatchObject({
      sessionId: 's',
      cwd: '/',
      gitBranch: 'feature',
      startedAtMs: Date.parse('2026-05-01T10:00:00Z'),
      endedAtMs: Date.parse('2026-05-01T10:30:00Z'),
      repairs: [],
    })
    expect(summary.unusable).toBeUndefined()
  })

  it('finds the last time behind a very long last line', async () => {
    const long = 'x'.repeat(400_000)
    const last = '2026-05-02T00:00:00.000Z'

    const summary = await summaryOf(log(user('hi'), agent(long), agent(long, { timestamp: last }), { type: 'x', long }))

    expect(summary.endedAtMs).toBe(Date.parse(last))
  })

  it('parses a first request that is longer than the buffer', async () => {
    const summary = await summaryOf(log(user(`title\n${'é'.repeat(600_000)}`), agent('yo')))

    expect(summary.title).toBe('title')
    expect(summary.repairs).toEqual([])
  })

  it('E2: keeps a session with bytes that are no text, and says so', async () => {
    const bad = Buffer.concat([
      Buffer.from(log(user('before'))),
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.from(log(agent('after'))),
    ])

    const summary = await summaryOf(bad)

    expect(summary.title).toBe('before')
    expect(summary.repairs).toEqual([{ code: 'invalid-utf8', count: 1 }])
  })

  it('E2: takes characters that are cut by the end of a piece for whole', async () => {
    const summary = await summaryOf(
      log(user('hi'), ...Array.from({ length: 400 }, (_, n) => agent('😀é'.repeat(500 + n)))),
    )

    expect(summary.repairs).toEqual([])
  })

  it('E2: reads the first record behind a byte order mark', async () => {
    const summary = await summaryOf(`\ufeff${log(user('first'))}`)

    expect(summary.title).toBe('first')
    expect(summary.repairs).toEqual([{ code: 'byte-order-mark', count: 1 }])
  })

  it('E2: takes the time of the file where no message has one', async () => {
    const configDir = claudeHome({ 'p/s.jsonl': log(user('hi', { timestamp: 'yesterday' })) })
    utimesSync(join(configDir, 'projects/p/s.jsonl'), 1_700_000_000, 1_700_000_000)

    const [summary] = (await list(configDir)).sessions

    expect(summary?.startedAtMs).toBe(1_700_000_000_000)
    expect(summary?.endedAtMs).toBe(1_700_000_000_000)
    expect(summary?.repairs).toEqual([{ code: 'missing-time', count: 1 }])
  })

  it('E2: keeps a session whose folder is gone', async () => {
    const summary = await summaryOf(log(user('hi', { cwd: '/no/such/folder' })))

    expect(summary.cwd).toBe('/no/such/folder')
    expect(summary.repairs).toEqual([{ code: 'missing-folder', count: 1 }])
  })

  it('E2: takes the folder that the log is kept under where no record names one', async () => {
    const work = join(tempTree(), 'my-proj.x', 'sub_1')
    mkdirSync(work, { recursive: true })
    const encoded = work.replace(/[^a-zA-Z0-9]/g, '-')
    const configDir = claudeHome({ [`${encoded}/s.jsonl`]: log(user('hi', { cwd: undefined })) })

    const [summary] = (await list(configDir)).sessions

    expect(summary?.cwd).toBe(work)
    expect(summary?.repairs).toEqual([{ code: 'missing-cwd', count: 1 }])
  })

  it('guesses no folder where two have the same name', () => {
    const root = tempTree({ 'a-b': { folder: true }, 'a.b': { folder: true } })

    expect(folderNamedBy(join(root, 'a-b').replace(/[^a-zA-Z0-9]/g, '-'))).toBeUndefined()
  })

  it('D7: names the log that goes on with a conversation only when it is there', async () => {
    const end = (id: string) => log(user('hi'), { type: 'continued-in', continuedInSessionId: id })
    const configDir = claudeHome({ 'p/a.jsonl': end('b'), 'p/b.jsonl': end('gone'), 'p/c.jsonl': end('../p/a') })

    const { sessions } = await list(configDir)

    expect(
      sessions.map(({ sessionId, continuedIn }) => [sessionId, continuedIn && names([{ listedPath: continuedIn }])[0]]),
    ).toEqual([
      ['c', null],
      ['b', null],
      ['a', 'p/b.jsonl'],
    ])
  })

  it('names the servers that Claude Desktop knows and the records attribute calls to', async () => {
    const filler = Array.from({ length: 1_000 }, () => agent('x'.repeat(400)))
    const configDir = claudeHome({
      'p/one.jsonl': log(
        user('hi'),
        ...filler,
        agent('z', { attributionMcpServer: 'uuid-1' }),
        agent('{"attributionMcpServer":"quoted"}'),
        agent('y', { nested: { attributionMcpServer: 'nested' } }),
        ...filler,
      ),
      'p/two.jsonl': log(user('hi', { attributionMcpServer: 'LINEAR' })),
      'p/none.jsonl': log(user('hi')),
    })
    const servers = ['Gmail:uuid-1', 'Linear:uuid-2', 'quoted:u3', 'nested:u4', 'Unused:u5'].map((entry) => {
      const [name, uuid] = entry.split(':')
      return { name, uuid }
    })
    const manifest = (cliSessionId: string) => JSON.stringify({ cliSessionId, remoteMcpServersConfig: servers })
    const desktop = tempTree({
      'claude-code-sessions/a/b/1.json': manifest('one'),
      'claude-code-sessions/a/2.json': manifest('two'),
      'claude-code-sessions/broken.json': '{',
    })

    const { sessions } = await listSessions({ configDir, desktopFolders: [desktop] })

    expect(sessions.map(({ sessionId, connectors }) => [sessionId, connectors])).toEqual([
      ['none', []],
      ['two', ['Linear']],
      ['one', ['Gmail']],
    ])
    expect(countConnectors([...sessions, { connectors: ['linear', 'Abc'] }])).toEqual([
      { name: 'Abc', sessionCount: 1, source: 'remoteMcpServersConfig' },
      { name: 'Gmail', sessionCount: 1, source: 'remoteMcpServersConfig' },
      { name: 'Linear', sessionCount: 2, source: 'remoteMcpServersConfig' },
    ])
  })
})
