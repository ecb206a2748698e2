import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, ThreadMarks } from '@gangway/home'
import { expect, it } from 'vitest'
import { write } from '../folder.js'
import { temporaryHome, threadId } from './rollout.js'

const id = threadId(1)
const fileOf = (layout: HomeLayout) => join(layout.gangwayDir, 'thread-marks.jsonl')

it('keeps what was noted of a thread, and knows nothing of others', async () => {
  const layout = temporaryHome()
  const mark = {
    readState: { firstUnread: { type: 'threadStart' }, revision: 'r1' },
    gitInfo: { branch: null },
  } as const

  await new ThreadMarks(layout).update(id, () => mark)

  expect(new ThreadMarks(layout).get(id)).toEqual(mark)
  expect(new ThreadMarks(layout).get(threadId(2))).toEqual({})
  expect(statSync(fileOf(layout)).mode & 0o777).toBe(0o600)
})

it('sees what another process noted since, and changes that', async () => {
  const layout = temporaryHome()
  const [one, other] = [new ThreadMarks(layout), new ThreadMarks(layout)]
  await one.update(id, () => ({ daybreakEnabled: true }))

  await other.update(id, (mark) => ({ ...mark, gitInfo: { sha: 'abc' } }))

  expect(one.get(id)).toEqual({ daybreakEnabled: true, gitInfo: { sha: 'abc' } })
})

it('loses no change of many at once', async () => {
  const layout = temporaryHome()

  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      new ThreadMarks(layout).update(threadId(n), () => ({ daybreakEnabled: true })),
    ),
  )

  const marks = new ThreadMarks(layout)
  expect(Array.from({ length: 20 }, (_, n) => marks.get(threadId(n)).daybreakEnabled)).toEqual(Array(20).fill(true))
})

it('writes nothing when a change is refused', async () => {
  const layout = temporaryHome()
  const marks = new ThreadMarks(layout)
  await marks.update(id, () => ({ daybreakEnabled: true }))
  const before = readFileSync(fileOf(layout), 'utf8')

  const refused = marks.update(id, () => {
    throw new Error('conflict')
  })

  await expect(refused).rejects.toThrow('conflict')
  expect(readFileSync(fileOf(layout), 'utf8')).toBe(before)
})

it('forgets threads, and makes no file for those it knows nothing of', async () => {
  const layout = temporaryHome()
  const marks = new ThreadMarks(layout)
  await marks.remove([id])
  expect(statSync(fileOf(layout), { throwIfNoEntry: false })).toBeUndefined()
  await marks.update(id, () => ({ daybreakEnabled: true }))

  await marks.remove([id, threadId(2)])

  expect(new ThreadMarks(layout).get(id)).toEqual({})
})

it('reads past garbage, members of the wrong type and a line that was cut short', () => {
  const layout = temporaryHome()
  const lines = [
    'nonsense',
    JSON.stringify({ id, mark: { readState: { firstUnread: { type: 'turn', turnId: 't1' }, revision: 'r' } } }),
    JSON.stringify({ id: threadId(2), mark: { readState: { revision: 5 }, gitInfo: { sha: 1, branch: 'b' } } }),
    '{"id":"cu',
  ]
  write(fileOf(layout), lines.join('\n'))

  const marks = new ThreadMarks(layout)

  expect(marks.get(id)).toEqual({ readState: { firstUnread: { type: 'turn', turnId: 't1' }, revision: 'r' } })
  expect(marks.get(threadId(2))).toEqual({ gitInfo: { branch: 'b' } })
})

it('stays as short as what it holds, however often a thread is marked', async () => {
  const layout = temporaryHome()
  const old = JSON.stringify({ id, mark: { daybreakEnabled: false } })
  write(fileOf(layout), `${Array(1_500).fill(old).join('\n')}\n`)

  await new ThreadMarks(layout).update(id, () => ({ daybreakEnabled: true }))

  expect(readFileSync(fileOf(layout), 'utf8').split('\n').length).toBe(2)
  expect(new ThreadMarks(layout).get(id)).toEqual({ daybreakEnabled: true })
})
