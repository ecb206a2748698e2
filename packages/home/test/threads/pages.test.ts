import { appendFileSync, writeFileSync } from 'node:fs'
import { readThread, ThreadPages } from '@gangway/home'
import { expect, it } from 'vitest'
import {
  answered,
  completed,
  event,
  item,
  type Line,
  lineText,
  said,
  started,
  temporaryHome,
  threadId,
  writeThread,
} from './rollout.js'

const long = 'x'.repeat(60_000)
const legacyTurn = (n: number) => [started(`t${n}`), said(`q${n}`), answered(`a${n} ${long}`), completed(`t${n}`)]
const paginatedTurn = (n: number) => [
  started(`t${n}`),
  item(`t${n}`, { type: 'AgentMessage', id: `m${n}`, content: [{ type: 'Text', text: `a${n} ${long}` }] }),
  completed(`t${n}`),
]
const many = (turn: (n: number) => readonly Line[], count: number) =>
  Array.from({ length: count }, (_, n) => turn(n)).flat()

it.each([
  ['legacy', many(legacyTurn, 60)],
  ['legacy', many((n) => [said(`q${n}`), answered(`a${n} ${long}`)], 60)],
  ['paginated', many(paginatedTurn, 60)],
  ['legacy', [...many(legacyTurn, 40), event({ type: 'thread_rolled_back', num_turns: 30 }), ...legacyTurn(99)]],
  ['legacy', [...many(legacyTurn, 40), completed('t3', 7), said('late'), ...legacyTurn(99)]],
  ['legacy', []],
] as const)('F8: gives the same turns by pages as the whole of a %s thread', async (historyMode, lines) => {
  const path = writeThread(temporaryHome(), threadId(1), lines, { meta: { history_mode: historyMode } })
  const { turns } = await readThread(path)

  const pages = await ThreadPages.open(path)

  expect(pages.turnIds).toEqual(turns.map(({ id }) => id))
  for (let from = 0; from < turns.length; from += 7) {
    expect(await pages.turns(from, from + 7)).toEqual(turns.slice(from, from + 7))
  }
  expect(await pages.turns(turns.length - 2, turns.length + 5)).toEqual(turns.slice(Math.max(0, turns.length - 2)))
})

it('F8: finds what was appended, and starts anew where the file was rewritten', async () => {
  const path = writeThread(temporaryHome(), threadId(1), many(legacyTurn, 60))
  const pages = await ThreadPages.open(path)
  expect(await pages.update()).toBe(false)

  appendFileSync(
    path,
    many((n) => legacyTurn(100 + n), 40)
      .map(lineText)
      .join(''),
  )
  expect(await pages.update()).toBe(true)
  expect(await pages.turns(0, 1000)).toEqual((await readThread(path)).turns)
  expect(pages.turnIds).toHaveLength(100)

  writeFileSync(path, [...legacyTurn(7)].map(lineText).join(''))
  expect(await pages.update()).toBe(true)
  expect(pages.turnIds).toEqual(['t7'])
})

it('shows the last turn as running only when it may be', async () => {
  const path = writeThread(temporaryHome(), threadId(1), [...many(legacyTurn, 40), started('open'), said('u')])
  const pages = await ThreadPages.open(path)

  expect((await pages.turns(40, 41))[0]!.status).toBe('interrupted')
  expect((await pages.turns(40, 41, { isLive: true }))[0]!.status).toBe('inProgress')
})
