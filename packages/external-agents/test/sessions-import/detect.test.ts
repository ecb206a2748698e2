import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { log } from '../sessions-read/session-logs.js'
import { sessionHome, talk } from './session-home.js'

function many(count: number, start = 0) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`-repo/s${start + n}.jsonl`, talk(`t${start + n}`, 1)]),
  )
}

describe('sessions in detect', () => {
  it('are one item of the home, and none where only folders are looked at', async () => {
    const home = sessionHome(many(1))

    const { items } = await home.imports.detect({ includeHome: true })
    const without = await home.imports.detect({ cwds: [home.root] })

    expect(items).toEqual([
      {
        itemType: 'SESSIONS',
        description: `Migrate recent sessions from ${join(home.home, '.claude/projects')}`,
        cwd: null,
        details: {
          plugins: [],
          skills: [],
          mcpServers: [],
          hooks: [],
          subagents: [],
          commands: [],
          sessions: [{ path: home.log('-repo/s0.jsonl'), cwd: '/', title: 't0 asks 0' }],
        },
      },
    ])
    expect(without.items).toEqual([])
  })

  it('E1: are the newest fifty of thirty days for callers that name no limit, and unusable files do not count', async () => {
    const home = sessionHome({ ...many(60), '-repo/empty.jsonl': '', '-repo/mute.jsonl': [{ type: 'summary' }] })
    const old = Date.now() / 1000 - 31 * 86_400
    for (let n = 0; n < 8; n++) utimesSync(home.log(`-repo/s${n}.jsonl`), old, old)

    expect(await home.offered()).toHaveLength(50)
    expect(await home.offered({ maxSessions: 1000 })).toHaveLength(52)
    expect(await home.offered({ maxSessions: 1000, maxSessionAgeDays: 1000 })).toHaveLength(60)
    expect(await home.offered({ maxSessions: 3 })).toHaveLength(3)
  })

  it('E1: come page by page, all of them, for those who page', async () => {
    const home = sessionHome(many(60))
    const old = Date.now() / 1000 - 400 * 86_400
    utimesSync(home.log('-repo/s0.jsonl'), old, old)

    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const { items, nextCursor } = await home.imports.detect(
        { includeHome: true, limit: 25, ...(cursor && { cursor }) },
        { experimental: true },
      )
      seen.push(...items.flatMap(({ details }) => details?.sessions?.map(({ path }) => path) ?? []))
      cursor = nextCursor
    } while (cursor)

    expect(new Set(seen).size).toBe(60)
    expect(seen).toHaveLength(60)
    await expect(home.imports.detect({ includeHome: true, cursor: '?' })).rejects.toMatchObject({ code: -32600 })
    await expect(home.imports.detect({ includeHome: true, limit: 0 })).rejects.toMatchObject({ code: -32600 })
  })

  it('are marked for those who ask, and hidden when they came over for those who do not', async () => {
    const home = sessionHome(many(4))
    await home.bring('-repo/s0.jsonl', '-repo/s1.jsonl', '-repo/s2.jsonl')
    home.write('-repo/s1.jsonl', log(...talk('t1', 2)))
    home.write('-repo/s2.jsonl', log(...talk('zoe', 1)))
    home.touch('-repo/s0.jsonl')

    const plain = await home.offered()
    const marked = await home.offered({ sessionMarks: true })

    expect(plain.map(({ path }) => path).sort()).toEqual([home.log('-repo/s1.jsonl'), home.log('-repo/s3.jsonl')])
    expect(plain[0]).not.toHaveProperty('state')
    expect(Object.fromEntries(marked.map(({ path, state }) => [path.at(-7), state]))).toEqual({
      0: 'imported',
      1: 'grown',
      2: 'rewritten',
      3: 'new',
    })
  })

  it('D7: leave out one that another log goes on with, when that log is there', async () => {
    const home = sessionHome({
      '-repo/a.jsonl': [...talk('a', 1), { type: 'continued-in', continuedInSessionId: 'b' }],
      '-repo/b.jsonl': talk('b', 1),
      '-repo/c.jsonl': [...talk('c', 1), { type: 'continued-in', continuedInSessionId: 'nowhere' }],
    })

    expect((await home.offered()).map(({ title }) => title).sort()).toEqual(['b asks 0', 'c asks 0'])
  })

  it('E4: a broken ledger is a warning, and the import sets it aside and keeps what can be read of it', async () => {
    const home = sessionHome(many(3))
    await home.bring('-repo/s0.jsonl', '-repo/s2.jsonl')
    const [kept] = home.ledger().records
    writeFileSync(home.ledgerPath, `{"records":[${JSON.stringify(kept)},{"source_path":`)

    const { items, warnings } = await home.imports.detect({ includeHome: true })
    const { result } = await home.bring('-repo/s1.jsonl')

    expect(items[0]?.details?.sessions?.map(({ path }) => path)).toEqual([home.log('-repo/s1.jsonl')])
    expect(warnings?.[0]?.message).toContain('invalid external_agent_session_imports.json')
    expect(result.successCount).toBe(1)
    expect(
      home
        .ledger()
        .records.map(({ source_path }) => source_path)
        .sort(),
    ).toEqual([0, 1, 2].map((n) => home.log(`-repo/s${n}.jsonl`)))
    expect(readdirSync(home.codexHome).filter((name) => name.includes('.broken-'))).toHaveLength(1)
  })

  it('write nothing but what they remember, in the folder that is ours', async () => {
    const home = sessionHome(many(1))
    home.touch('-repo/s0.jsonl')

    await home.offered()

    expect(readdirSync(home.codexHome)).toEqual(['gangway'])
    expect(existsSync(join(home.codexHome, 'gangway/session-summaries.json'))).toBe(true)
  })
})
