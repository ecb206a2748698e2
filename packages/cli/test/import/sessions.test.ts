import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/exit-codes.js'
import { readImportOptions } from '../../src/import/import-options.js'
import { joinPages } from '../../src/import/session-pages.js'
import { sessionLines } from '../../src/import/sessions-view.js'
import type { MigrationItem, StepResult } from '../../src/import/wire.js'
import { createStyle } from '../../src/terminal/style.js'

const raw = { from: 'claude-code', onConflict: 'default' }
const sessions = (...states: readonly ('new' | 'imported' | 'grown' | 'rewritten')[]): MigrationItem => ({
  itemType: 'SESSIONS',
  description: 's',
  details: { sessions: states.map((state, n) => ({ path: `/p/${state}${n}.jsonl`, cwd: '/', title: state, state })) },
})

describe('pages of conversations', () => {
  it('become one item with what is new or has grown', async () => {
    const pages = [
      { items: [sessions('new', 'imported')], warnings: [], nextCursor: 'a' },
      { items: [sessions('grown', 'rewritten')], warnings: [], nextCursor: null },
    ]
    const asked: (string | null)[] = []

    const { items, warnings } = await joinPages(async (cursor) => {
      asked.push(cursor)
      return pages[asked.length - 1]!
    })

    expect(asked).toEqual([null, 'a'])
    expect(items).toHaveLength(1)
    expect(items[0]?.details?.sessions?.map(({ state }) => state)).toEqual(['new', 'grown'])
    expect(warnings.map(({ message }) => message)).toEqual([
      '/p/rewritten1.jsonl: rewritten since it came over; its thread stays as it is',
    ])
  })

  it('are no item when everything came over', async () => {
    const page = { items: [sessions('imported')], warnings: [], nextCursor: null }

    expect(await joinPages(async () => page)).toEqual({
      items: [],
      warnings: [],
      arrived: [expect.objectContaining({ state: 'imported' })],
    })
  })
})

describe('options for conversations', () => {
  it('take a count, a day, or a number of days', () => {
    const now = new Date('2026-03-10T12:00:00').getTime()

    const read = (more: object) => readImportOptions({ ...raw, ...more }, now)

    expect(read({}).maxSessions).toBe(undefined)
    expect(read({ maxSessions: '12' }).maxSessions).toBe(12)
    expect(read({ since: '7d' }).maxSessionAgeDays).toBe(7)
    expect(read({ since: '2026-03-01' }).maxSessionAgeDays).toBe(10)
  })

  it('refuse what is none, naming it', () => {
    expect(() => readImportOptions({ ...raw, maxSessions: '-1' })).toThrow(UsageError)
    expect(() => readImportOptions({ ...raw, since: 'May' })).toThrow('--since May')
  })
})

describe('lines of conversations', () => {
  it('tell each one with its place among all', () => {
    const result: StepResult = {
      itemType: 'SESSIONS',
      description: 's',
      cwd: null,
      successCount: 1,
      errorCount: 1,
      successes: [{ itemType: 'SESSIONS', title: 'First\nlines', source: '/p/1.jsonl' }],
      skipped: [],
      rawErrors: [{ itemType: 'SESSIONS', failureStage: 'session_prepare', message: 'broken' }],
    }
    const view = { columns: 80, style: createStyle(false), userHome: '/home/x' }

    const lines = sessionLines(result, { done: 5, total: 9, path: null }, view)

    expect(lines).toEqual(['✓ 4/9 First\\nlines', '✗ 5/9 broken'])
  })
})
