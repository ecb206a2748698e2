import { describe, expect, it } from 'vitest'
import { bytesWords, chosenSessions, projectsOf, sessionSums } from '../../../src/import/wizard/session-choice.js'

const nowMs = Date.UTC(2026, 0, 31)
const day = 86_400_000
const session = (path: string, cwd: string, days: number, more = {}) => ({
  path,
  cwd,
  endedAtMs: nowMs - days * day,
  ...more,
})
const sessions = [
  session('a', '/one', 3),
  session('b', '/two', 1),
  session('c', '/one', 40, { state: 'grown' as const }),
]

describe('a choice of conversations', () => {
  it('leaves those of some projects and of the last days, the newest first', () => {
    const paths = (filter: object) => chosenSessions(sessions, filter, nowMs).map(({ path }) => path)

    expect(paths({})).toEqual(['b', 'a', 'c'])
    expect(paths({ projects: new Set(['/one']) })).toEqual(['a', 'c'])
    expect(paths({ projects: new Set(['/one']), maxAgeDays: 7 })).toEqual(['a'])
  })

  it('knows the projects, the one that was used last first', () => {
    expect(projectsOf(sessions).map(({ cwd, count }) => [cwd, count])).toEqual([
      ['/two', 1],
      ['/one', 2],
    ])
  })

  it('sums up what is new, what has grown, and how large it is', () => {
    expect(sessionSums(sessions)).toBe('2 new, 1 grown')
    expect(sessionSums([session('a', '/', 1, { sizeBytes: 1_234_567 })])).toBe('1 new, 1.2 MB')
    expect([12, 41_300, 12_345_678, 3_400_000_000].map(bytesWords)).toEqual(['12 B', '41 kB', '12 MB', '3.4 GB'])
  })
})
