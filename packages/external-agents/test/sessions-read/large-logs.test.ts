import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSession } from '../../src/sources/claude-code/sessions/read-session.js'
import { tempTree } from '../core/temp-tree.js'
import { agent, brief, list, log, readFile, user } from './session-logs.js'

const MEBIBYTE = 1024 * 1024

/** Writes a log of about `mebibytes` in which each message follows the one before. Gives its records. */
function writeLarge(path: string, mebibytes: number): number {
  const file = openSync(path, 'w')
  const text = 'words of some length, é and all. '.repeat(40)
  let records = 0
  for (let written = 0; written < mebibytes * MEBIBYTE; ) {
    const lines = Array.from({ length: 500 }, () => {
      const more = { uuid: `r${records}`, parentUuid: records === 0 ? null : `r${records - 1}` }
      records += 1
      return records % 2 === 1 ? user(text, more) : agent(text, more)
    })
    written += writeSync(file, log(...lines))
  }
  closeSync(file)
  return records
}

describe('large logs', () => {
  it('are read with a small part of their size in memory, and without holding the loop', async () => {
    const folder = tempTree()
    const path = join(folder, 'large.jsonl')
    const records = writeLarge(path, 128)
    let highest = 0
    const before = process.memoryUsage()
    let turns = 0
    const counter = setInterval(() => (turns += 1), 1)

    let events = 0
    for await (const _ of readSession(path)) {
      events += 1
      if (events % 1000 !== 0) continue
      const now = process.memoryUsage()
      highest = Math.max(highest, now.heapUsed + now.external - before.heapUsed - before.external)
    }
    clearInterval(counter)

    expect(events).toBe(records)
    expect(highest / MEBIBYTE).toBeLessThan(100)
    expect(turns).toBeGreaterThan(20)
  })

  it('may have lines far longer than any buffer, in any place', async () => {
    const picture = 'A'.repeat(3 * MEBIBYTE)
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture } }
    const folder = tempTree({
      'projects/p/s.jsonl': log(
        user([{ type: 'text', text: 'first' }, image]),
        agent('short'),
        user([{ type: 'tool_result', tool_use_id: 't', content: [image] }]),
        user('last', { timestamp: '2026-05-03T10:00:00Z' }),
        { type: 'ai-title', aiTitle: 'Pictures' },
        { type: 'file-history-snapshot', data: picture },
      ),
    })

    const { events } = await readFile(join(folder, 'projects/p/s.jsonl'))
    const [summary] = (await list(folder)).sessions

    expect(
      events.map((event) => ('images' in event ? event.images.map(({ base64 }) => base64?.length) : event.type)),
    ).toEqual([[picture.length], 'agentMessage', [picture.length], []])
    expect(summary).toMatchObject({ title: 'Pictures', endedAtMs: Date.parse('2026-05-03T10:00:00Z') })
  })

  it('give all but a line that is too long to be held', async () => {
    const folder = tempTree({ 'projects/p/s.jsonl': '' })
    const path = join(folder, 'projects/p/s.jsonl')
    const file = openSync(path, 'w')
    const block = Buffer.alloc(MEBIBYTE, 'x')
    const writeLong = (): void => {
      writeSync(file, '{"type":"user","message":{"content":"')
      for (let count = 0; count < 65; count += 1) writeSync(file, block)
      writeSync(file, '"}}\n')
    }
    writeLong()
    writeSync(file, log(user('first', { uuid: 'a', parentUuid: null })))
    writeLong()
    writeSync(file, log(agent('last', { uuid: 'b', parentUuid: 'gone' }), { type: 'ai-title', aiTitle: 'Long' }))
    closeSync(file)

    const { events, report } = await readFile(path)
    const [summary] = (await list(folder)).sessions

    expect(brief(events)).toEqual(['userMessage: first', 'agentMessage: last'])
    expect(report.counts).toEqual({ shown: 2, 'too-large': 2, 'bookkeeping:ai-title': 1 })
    expect(report.repairs).toEqual([{ code: 'too-large', count: 2 }])
    expect(summary?.title).toBe('Long')
  })
})
