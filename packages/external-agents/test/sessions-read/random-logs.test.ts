import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../src/session.js'
import { log, readLog } from './session-logs.js'

/** Logs that are tried. Each has its own number, which a failure names. */
const TRIES = 150

/** Numbers that look random and are the same each time. */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), state | 1)
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61)
    return ((state ^ (state >>> 14)) >>> 0) % below
  }
}

const ODD = [...'é😀x\\\n"{}\u2028']

const GARBAGE = [
  '',
  '   ',
  'no json',
  '{',
  '[1,2]',
  '5',
  'null',
  '"text"',
  '{"a":{"b":[}}',
  '\u0000\u0001',
  '{}{}',
  '{"uuid":5}',
  '\ufeff',
]

interface RandomLog {
  readonly bytes: Buffer
  /** Texts of the conversation, in order. */
  readonly texts: readonly string[]
}

function makeLog(random: (below: number) => number): RandomLog {
  const texts: string[] = []
  const lines: string[] = []
  let parentUuid: string | null = null
  const length = 1 + random(25)
  for (let place = 0; place < length; place += 1) {
    const uuid = `id-${place}-${random(1_000_000)}`
    const text = `text ${place} ${ODD.slice(0, random(ODD.length)).join('')}${'long '.repeat(random(4) === 0 ? random(80_000) : 0)}end`
    const type = place % 2 === 0 ? 'user' : 'assistant'
    const content = random(2) === 0 ? text : [{ type: 'text', text }]
    const record = { parentUuid, isSidechain: false, type, message: { role: type, content }, uuid, timestamp: 'x' }
    lines.push(JSON.stringify(record))
    texts.push(text)
    if (random(4) === 0) lines.push(JSON.stringify({ ...record, uuid: `fork-${uuid}`, message: { content: 'fork' } }))
    if (random(5) === 0)
      lines.push(JSON.stringify({ ...record, isSidechain: true, uuid: `side-${uuid}`, parentUuid: null }))
    if (random(5) === 0) lines.push(lines.at(-1)!)
    parentUuid = uuid
  }
  // The last message of the file is that of the conversation; all the rest may stand anywhere.
  const last = JSON.stringify({ parentUuid, type: 'assistant', message: { content: 'the end' }, uuid: 'end' })
  texts.push('the end')
  if (random(2) === 0) lines.sort(() => random(3) - 1)
  for (let count = random(6); count > 0; count -= 1)
    lines.splice(random(lines.length + 1), 0, GARBAGE[random(GARBAGE.length)]!)
  const torn = random(2) === 0 ? last.slice(0, random(last.length - 1)) : ''
  return { bytes: Buffer.from(`${log(...lines, last)}${torn}`), texts }
}

function textsOf(events: readonly SessionEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'userMessage' || event.type === 'agentMessage' ? [event.text] : []))
}

describe('logs made at random', () => {
  it('give every text of the conversation once and in order, and every record a fate', async () => {
    for (let seed = 1; seed <= TRIES; seed += 1) {
      const { bytes, texts } = makeLog(randomOf(seed))

      const { events, report } = await readLog(bytes)

      expect(textsOf(events), `log ${seed}`).toEqual(texts)
      const fates = Object.values(report.counts).reduce((sum, count) => sum + count, 0)
      expect(fates, `log ${seed}`).toBe(report.records)
    }
  })

  it('never make the reading throw, whatever their bytes are', async () => {
    for (let seed = 1; seed <= TRIES; seed += 1) {
      const random = randomOf(seed)
      const bytes = makeLog(random).bytes
      for (let count = random(30); count > 0; count -= 1) bytes[random(bytes.length)] = random(256)

      const { report } = await readLog(bytes)

      const fates = Object.values(report.counts).reduce((sum, count) => sum + count, 0)
      expect(fates, `log ${seed}`).toBe(report.records)
    }
  })
})
