import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REFERENCE_LIMITS } from '../../src/sources/claude-code/sessions/sessions.js'
import { agent, claudeHome, list, log, names, user } from './session-logs.js'

const plain = log(user('hello'))

describe('listing sessions', () => {
  it('has no limit of its own', async () => {
    const logs = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`p/s${place}.jsonl`, plain]))
    const configDir = claudeHome(logs)
    utimesSync(join(configDir, 'projects/p/s0.jsonl'), 1_000, 1_000)

    const page = await list(configDir)

    expect(page.sessions).toHaveLength(60)
    expect(page.nextCursor).toBeNull()
  })

  it('takes the limits of the reference where the caller asks for them', async () => {
    const logs = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`p/s${place}.jsonl`, plain]))
    const configDir = claudeHome(logs)

    const page = await list(configDir, {
      maxCount: REFERENCE_LIMITS.maxSessions,
      maxAgeDays: REFERENCE_LIMITS.maxSessionAgeDays,
    })

    expect(page.sessions).toHaveLength(50)
    expect(page.sessions[0]?.sessionId).toBe('s59')
  })

  it('goes by the time of the file, in whole days before now', async () => {
    const configDir = claudeHome({ 'p/old.jsonl': plain, 'p/young.jsonl': plain })
    const nowMs = Date.parse('2026-06-30T12:00:00Z')
    const daysAgo = (days: number): number => nowMs / 1000 - days * 86_400
    utimesSync(join(configDir, 'projects/p/old.jsonl'), daysAgo(30.1), daysAgo(30.1))
    utimesSync(join(configDir, 'projects/p/young.jsonl'), daysAgo(29.9), daysAgo(29.9))

    const page = await list(configDir, { maxAgeDays: 30, nowMs })

    expect(names(page.sessions)).toEqual(['p/young.jsonl'])
  })

  it('E1: does not count files that give nothing to bring over', async () => {
    const configDir = claudeHome({
      'p/first.jsonl': plain,
      'p/second.jsonl': plain,
      'p/empty.jsonl': '',
      'p/garbage.jsonl': 'no json\n',
      'p/silent.jsonl': log(agent('only me')),
    })

    const page = await list(configDir, { maxCount: 2 })

    expect(names(page.sessions)).toEqual(['p/second.jsonl', 'p/first.jsonl'])
    expect(page.unusable.map(({ sessionId, unusable }) => [sessionId, unusable?.code])).toEqual([
      ['silent', 'no-user-message'],
      ['garbage', 'no-message'],
      ['empty', 'empty'],
    ])
  })

  it('does not count sessions that the caller refuses', async () => {
    const configDir = claudeHome({ 'p/a.jsonl': plain, 'p/b.jsonl': plain, 'p/c.jsonl': plain })

    const page = await list(configDir, { maxCount: 1, accepts: ({ sessionId }) => sessionId !== 'c' })

    expect(names(page.sessions)).toEqual(['p/b.jsonl'])
  })

  it('gives every session once over pages, and the cap holds over all of them', async () => {
    const logs = Object.fromEntries(Array.from({ length: 7 }, (_, place) => [`p/s${place}.jsonl`, plain]))
    const configDir = claudeHome(logs)
    const seen: string[] = []

    for (let cursor: string | undefined; ; ) {
      const page = await list(configDir, { limit: 2, maxCount: 5, ...(cursor && { cursor }) })
      seen.push(...page.sessions.map(({ sessionId }) => sessionId))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }

    expect(seen).toEqual(['s6', 's5', 's4', 's3', 's2'])
  })

  it('refuses a cursor that is none, and a limit of nothing', async () => {
    const configDir = claudeHome({ 'p/a.jsonl': plain })

    await expect(list(configDir, { cursor: 'abc' })).rejects.toThrow('not a cursor of sessions: "abc"')
    await expect(list(configDir, { limit: 0 })).rejects.toThrow('limit must be at least 1, got 0')
  })

  it("ends with the caller's reason when the signal says so", async () => {
    const configDir = claudeHome({ 'p/a.jsonl': plain })
    const controller = new AbortController()
    controller.abort(new Error('enough'))

    await expect(list(configDir, { signal: controller.signal })).rejects.toThrow('enough')
  })
})
