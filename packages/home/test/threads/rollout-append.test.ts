import { appendFileSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { RolloutAppender, readRolloutLines, readThread } from '@gangway/home'
import { expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'
import {
  answered,
  began,
  completed,
  item,
  lineText,
  said,
  started,
  temporaryHome,
  threadId,
  writeThread,
} from './rollout.js'

const timestamp = began.toISOString()
const append = (path: string, ...texts: string[]) => {
  const appender = RolloutAppender.open(path)
  appender.append(
    texts.map((message) => ({ timestamp, type: 'event_msg', payload: { type: 'user_message', message } })),
  )
  appender.close()
}
const ordinalsOf = (path: string) => [...readRolloutLines(path)].map(({ line }) => line?.ordinal)

it('appends whole lines and leaves every byte before them as it was', () => {
  const path = writeThread(temporaryHome(), threadId(1), [said('one')])
  const before = readFileSync(path, 'utf8')

  append(path, 'two', 'three')

  expect(readFileSync(path, 'utf8')).toBe(before + lineText(said('two')) + lineText(said('three')))
})

it('carries on with the ordinals of a paginated rollout, and gives a legacy one none', () => {
  const layout = temporaryHome()
  const paginated = writeThread(layout, threadId(1), [said('one')], { meta: { history_mode: 'paginated' } })
  const legacy = writeThread(layout, threadId(2), [said('one')])

  append(paginated, 'two', 'three')
  append(legacy, 'two')

  expect(ordinalsOf(paginated)).toEqual([0, 1, 2, 3])
  expect(ordinalsOf(legacy)).toEqual([undefined, undefined, undefined])
})

it('starts on a line of its own behind one that was cut short, and keeps the cut one', () => {
  const path = writeThread(temporaryHome(), threadId(1), [said('one')], { meta: { history_mode: 'paginated' } })
  appendFileSync(path, '{"timestamp":"2026","ordinal":2,"type":"eve')

  append(path, 'two')

  expect(readFileSync(path, 'utf8')).toContain('"type":"eve\n{"timestamp"')
  expect(ordinalsOf(path)).toEqual([0, 1, undefined, 2])
})

it('carries on behind what another program appended in between', () => {
  const path = writeThread(temporaryHome(), threadId(1), [], { meta: { history_mode: 'paginated' } })
  const appender = RolloutAppender.open(path)
  const line = { timestamp, type: 'event_msg', payload: { type: 'user_message', message: 'x' } }

  appender.append([line])
  appendFileSync(path, lineText({ ...said('other'), ordinal: 2 }))
  appender.append([line])
  appender.close()

  expect(ordinalsOf(path)).toEqual([0, 1, 2, 3])
})

it('does not make a file that is gone, and appends nothing once closed', () => {
  const missing = join(temporaryFolder(), 'none.jsonl')
  const appender = RolloutAppender.open(write(join(temporaryFolder(), 'r.jsonl'), ''))

  appender.close()
  appender.close()

  expect(() => RolloutAppender.open(missing)).toThrow('ENOENT')
  expect(() => appender.append([{ timestamp, type: 'x', payload: {} }])).toThrow('is closed')
})

it('opens a thread cut at any byte, with only the unfinished line gone, and goes on in it', async () => {
  const lines = [
    started('t1'),
    said('ä question'),
    answered('an answer'),
    item('t1', { type: 'Plan', id: 'p', text: 'the plan' }),
    completed('t1'),
  ]
  const layout = temporaryHome()
  const path = writeThread(layout, threadId(1), lines)
  const whole = readFileSync(path)
  const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1)

  for (let size = whole.length; size >= ends[0]!; size--) {
    write(path, whole)
    truncateSync(path, size)
    const understood = [...readRolloutLines(path)].filter(({ line }) => line !== null).length
    const finished = ends.filter((end) => end <= size).length
    // A line that lacks nothing but its end is understood as well.
    expect([finished, finished + (ends.includes(size + 1) ? 1 : 0)]).toContain(understood)

    append(path, 'after the crash')
    const { turns } = await readThread(path)
    expect(turns.at(-1)!.items.at(-1)).toMatchObject({ content: [{ text: 'after the crash' }] })
    expect(readFileSync(path).subarray(0, size)).toEqual(whole.subarray(0, size))
  }
})
