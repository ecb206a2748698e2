import type { LaggedEvent } from '@gangway/protocol/channel'
import { agentMessage, type PeerNotification, turnEvents } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { TextAccumulator } from '../src/index.js'
import { name } from './scripted.js'

const delta = (id: string, text: string) => turnEvents.delta(name, id, text)
const completed = (id: string, text: string) => turnEvents.itemCompleted(name, agentMessage(id, text))
const started = (id: string) => turnEvents.itemStarted(name, agentMessage(id, ''))
const lagged: LaggedEvent = { type: 'lagged', skipped: 1, byMethod: { 'item/agentMessage/delta': 1 } }

function words(...events: (PeerNotification | LaggedEvent)[]): string[] {
  const accumulator = new TextAccumulator()
  return events.map((event) => {
    return accumulator.push('type' in event ? event : { type: 'notification', method: event[0], params: event[1] })
  })
}

describe('TextAccumulator', () => {
  it.each<[string, (PeerNotification | LaggedEvent)[], string[]]>([
    ['deltas as they come', [started('a'), delta('a', 'x'), delta('a', 'y'), completed('a', 'xy')], ['', 'x', 'y', '']],
    ['deltas without a start', [delta('a', 'x'), completed('a', 'x')], ['x', '']],
    ['a completion without deltas', [completed('a', 'xy')], ['xy']],
    ['deltas whose completion has no text', [delta('a', 'xy'), completed('a', '')], ['xy', '']],
    ['what the deltas had not brought', [delta('a', 'x'), completed('a', 'xyz')], ['x', 'yz']],
    ['the words from where a delta was lost', [delta('a', 'xz'), completed('a', 'xyz')], ['xz', 'yz']],
    ['nothing twice', [completed('a', 'x'), completed('a', 'x'), delta('a', 'x')], ['x', '', '']],
    [
      'one message after the other',
      [delta('a', '1'), delta('b', '3'), delta('a', '2'), completed('b', '3'), completed('a', '12')],
      ['1', '', '2', '', '3'],
    ],
    [
      'the truth only once deltas are missing',
      [delta('a', 'x'), lagged, delta('a', 'z'), completed('a', 'xyz')],
      ['x', '', '', 'yz'],
    ],
    [
      'the truth only of what began in a gap',
      [lagged, delta('a', 'z'), completed('a', 'xyz'), started('b'), delta('b', '!')],
      ['', '', 'xyz', '', '!'],
    ],
    [
      'the truth only once nobody knows what was missed',
      [delta('a', 'x'), { type: 'lagged', skipped: 0, byMethod: {} }, delta('a', 'z'), completed('a', 'xyz')],
      ['x', '', '', 'yz'],
    ],
    [
      'what is held back at the end of the turn',
      [delta('a', '1'), delta('b', '2'), turnEvents.completed(name)],
      ['1', '', '2'],
    ],
    ['no words of other items', [turnEvents.itemCompleted(name, { type: 'plan', id: 'p', text: 'no' })], ['']],
  ])('gives %s', (_, events, expected) => {
    expect(words(...events)).toEqual(expected)
  })

  it('knows the whole text, however it was given', () => {
    const accumulator = new TextAccumulator()
    for (const [method, params] of [delta('a', 'xz'), completed('a', 'xyz'), delta('b', '!')]) {
      accumulator.push({ type: 'notification', method, params })
    }

    expect(accumulator.text).toBe('xyz!')
  })
})
