import { appendFileSync, existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SummaryCache } from '../../src/sources/claude-code/sessions/summary-cache.js'
import { tempTree } from '../core/temp-tree.js'
import { claudeHome, list, log, user } from './session-logs.js'

/** Changes the text of a log so that size and time stay: only a cache that is relied on gives the old title. */
function rewriteUnseen(path: string, content: string): void {
  const { atime, mtime } = statSync(path)
  writeFileSync(path, content)
  utimesSync(path, atime, mtime)
}

describe('the cache of summaries', () => {
  it('E15: answers a second detect without reading the logs, in another program too', async () => {
    const configDir = claudeHome({ 'p/s.jsonl': log(user('first')) })
    const folder = join(tempTree(), 'gangway')
    await list(configDir, {}, new SummaryCache(folder))
    rewriteUnseen(join(configDir, 'projects/p/s.jsonl'), log(user('other')))

    const page = await list(configDir, {}, new SummaryCache(folder))

    expect(page.sessions[0]?.title).toBe('first')
  })

  it('reads a log again that has grown', async () => {
    const configDir = claudeHome({ 'p/s.jsonl': log(user('first')) })
    const cache = new SummaryCache(join(tempTree(), 'gangway'))
    await list(configDir, {}, cache)
    appendFileSync(join(configDir, 'projects/p/s.jsonl'), log({ type: 'custom-title', customTitle: 'Named' }))

    const page = await list(configDir, {}, cache)

    expect(page.sessions[0]?.title).toBe('Named')
  })

  it('does not rely on a log that was written a moment before', async () => {
    const configDir = claudeHome({ 'p/s.jsonl': log(user('first')) })
    const path = join(configDir, 'projects/p/s.jsonl')
    const now = Date.now() / 1000 + 1
    utimesSync(path, now, now)
    const cache = new SummaryCache(join(tempTree(), 'gangway'))
    await list(configDir, {}, cache)
    rewriteUnseen(path, log(user('other')))

    const page = await list(configDir, {}, cache)

    expect(page.sessions[0]?.title).toBe('other')
  })

  it.each(['', '{', '[]', '{"format":0,"entries":{}}', '{"format":1,"entries":{"/x":5}}'])(
    'starts anew over a file that holds %j',
    async (content) => {
      const folder = tempTree({ 'session-summaries.json': content })
      const configDir = claudeHome({ 'p/s.jsonl': log(user('first')) })

      const page = await list(configDir, {}, new SummaryCache(folder))

      expect(page.sessions[0]?.title).toBe('first')
      expect(JSON.parse(readFileSync(join(folder, 'session-summaries.json'), 'utf8'))).toHaveProperty('format', 1)
    },
  )

  it('does without a folder that cannot be made', async () => {
    const blocked = tempTree({ gangway: 'a file' })
    const configDir = claudeHome({ 'p/s.jsonl': log(user('first')) })

    const page = await list(configDir, {}, new SummaryCache(join(blocked, 'gangway')))

    expect(page.sessions).toHaveLength(1)
  })

  it('forgets logs that are gone, and writes only what is new', async () => {
    const folder = join(tempTree(), 'gangway')
    const file = join(folder, 'session-summaries.json')
    const configDir = claudeHome({ 'p/a.jsonl': log(user('a')), 'p/b.jsonl': log(user('b')) })
    await list(configDir, {}, new SummaryCache(folder))
    rmSync(join(configDir, 'projects/p/a.jsonl'))

    await list(configDir, {}, new SummaryCache(folder))
    const kept = readFileSync(file, 'utf8')
    rmSync(file)
    const cache = new SummaryCache(folder)
    writeFileSync(file, kept)
    await list(configDir, {}, cache)
    const before = statSync(file).mtimeMs
    await list(configDir, {}, cache)

    expect(Object.keys(JSON.parse(kept).entries)).toEqual([join(configDir, 'projects/p/b.jsonl')])
    expect(existsSync(file)).toBe(true)
    expect(statSync(file).mtimeMs).toBe(before)
  })
})
