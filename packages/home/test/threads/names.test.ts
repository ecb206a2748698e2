import { readFileSync } from 'node:fs'
import { appendThreadName, readThreadNames, removeThreadNames } from '@gangway/home'
import { expect, it } from 'vitest'
import { write } from '../folder.js'
import { temporaryHome, threadId } from './rollout.js'

it('E9: remembers names in session_index.jsonl, where the last one of a thread wins', async () => {
  const layout = temporaryHome()

  await appendThreadName(layout, threadId(1), 'first')
  await appendThreadName(layout, threadId(2), 'other')
  await appendThreadName(layout, threadId(1), 'second')

  expect([...readThreadNames(layout)]).toEqual([
    [threadId(1), 'second'],
    [threadId(2), 'other'],
  ])
  expect(Object.keys(JSON.parse(readFileSync(layout.threadNames, 'utf8').split('\n')[0]!))).toEqual([
    'id',
    'thread_name',
    'updated_at',
  ])
})

it('appends under the lock file that the reference leaves behind', async () => {
  const layout = temporaryHome()
  write(`${layout.threadNames}.lock`, '')

  await appendThreadName(layout, threadId(1), 'name', { timeoutMs: 500 })

  expect(readThreadNames(layout).get(threadId(1))).toBe('name')
})

it('passes over garbage, and ends a line that was cut short before it appends', async () => {
  const layout = temporaryHome()
  write(
    layout.threadNames,
    `{"id":"${threadId(1)}","thread_name":"kept"}\nnonsense\n{"id":"x","thread_name":5}\n{"id":"cu`,
  )

  await Promise.all([1, 2, 3].map((n) => appendThreadName(layout, threadId(n + 1), `name ${n}`)))

  expect(readThreadNames(layout)).toEqual(
    new Map([
      [threadId(1), 'kept'],
      [threadId(2), 'name 1'],
      [threadId(3), 'name 2'],
      [threadId(4), 'name 3'],
    ]),
  )
})

it('has no names where there is no file', () => {
  expect(readThreadNames(temporaryHome()).size).toBe(0)
})

it('takes the names of threads away, and leaves every other line as it is', async () => {
  const layout = temporaryHome()
  const kept = `nonsense\n{"id":"${threadId(2)}", "thread_name":"spaced"}\n`
  write(layout.threadNames, `{"id":"${threadId(1)}","thread_name":"gone"}\n${kept}`)
  await appendThreadName(layout, threadId(1), 'gone too')

  await removeThreadNames(layout, [threadId(1), threadId(3)])

  expect(readFileSync(layout.threadNames, 'utf8')).toBe(kept)
})
