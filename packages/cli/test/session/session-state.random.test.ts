import type { ClientEvent } from '@gangway/client'
import type { ThreadItem } from '@gangway/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { liveOf } from '../../src/session/live-items.js'
import { emptySession, type SessionState } from '../../src/session/session-shape.js'
import { reduceSession } from '../../src/session/session-state.js'
import { command, completed, delta, openedAnswer, output, started, threadId, told, turn, words } from './told.js'

interface Told {
  readonly whole: ThreadItem
  readonly events: readonly ClientEvent[]
}

const chunks = fc.array(fc.string({ maxLength: 5 }), { maxLength: 6 })

const answer = (id: string) =>
  chunks.map((parts): Told => {
    const whole = words(id, parts.join(''))
    return {
      whole,
      events: [started('t1', words(id, '')), ...parts.map((part) => delta('t1', id, part)), completed('t1', whole)],
    }
  })

const ran = (id: string) =>
  chunks.map((parts): Told => {
    const whole = command(id, parts.join(''))
    return {
      whole,
      events: [
        started('t1', command(id, null)),
        ...parts.map((part) => output('t1', id, part)),
        completed('t1', whole),
      ],
    }
  })

/** Items whose events are told in their own order, and mixed with those of the others in any. */
const conversation = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 6 })
  .chain((kinds) =>
    fc.record({
      items: fc.tuple(...kinds.map((isAnswer, at) => (isAnswer ? answer(`i${at}`) : ran(`i${at}`)))),
      seed: fc.infiniteStream(fc.nat()),
      lost: fc.infiniteStream(fc.boolean()),
    }),
  )
  .map(({ items, seed, lost }) => {
    const waiting = items.map((item) => [...item.events])
    const mixed: ClientEvent[] = []
    for (;;) {
      const left = waiting.filter((events) => events.length > 0)
      if (left.length === 0) break
      const next = left[(seed.next().value ?? 0) % left.length]?.shift()
      if (next !== undefined) mixed.push(next)
    }
    return { items, mixed, lossy: mixed.filter((event) => isTruth(event) || lost.next().value !== true) }
  })

function isTruth(event: ClientEvent): boolean {
  return event.type === 'notification' && event.method === 'item/completed'
}

function shown(events: readonly ClientEvent[]): SessionState {
  const began = told('turn/started', { threadId, turn: turn('t1', 'inProgress') })
  const start = reduceSession(emptySession, { type: 'opened', answer: openedAnswer() })
  return [began, ...events].reduce(reduceSession, start)
}

it('ends with exactly the completed items, in the order of their starts, whatever the interleaving', () => {
  fc.assert(
    fc.property(conversation, ({ items, mixed }) => {
      const state = shown(mixed)
      const order = mixed.flatMap((event) => (isStart(event) ? [event.params.item.id] : []))

      expect(state.items.map(({ item }) => item)).toEqual(
        order.map((id) => items.find(({ whole }) => whole.id === id)?.whole),
      )
      expect([state.live.size, state.items.every(({ stage }) => stage === 'done')]).toEqual([0, true])
    }),
  )
})

it('ends with exactly the completed items when any of the other events are lost', () => {
  fc.assert(
    fc.property(conversation, ({ items, lossy }) => {
      const state = shown(lossy)

      expect(new Set(state.items.map(({ item }) => item))).toEqual(new Set(items.map(({ whole }) => whole)))
      expect([state.live.size, state.items.length]).toEqual([0, items.length])
    }),
  )
})

it('shows at every moment a beginning of each item when nothing is lost', () => {
  fc.assert(
    fc.property(conversation, fc.nat(), ({ items, mixed }, count) => {
      const state = shown(mixed.slice(0, count % (mixed.length + 1)))

      for (const entry of state.items) {
        const whole = items.find(({ whole }) => whole.id === entry.item.id)?.whole
        expect(wordsOf(whole).startsWith(liveOf(state, entry).text)).toBe(true)
      }
    }),
  )
})

it('shows the same when events are told twice', () => {
  fc.assert(
    fc.property(conversation, ({ mixed }) => {
      const twice = mixed.flatMap((event) => (isTruth(event) || isStart(event) ? [event, event] : [event]))

      expect(shown(twice).items).toEqual(shown(mixed).items)
    }),
  )
})

function isStart(event: ClientEvent): event is Extract<ClientEvent, { method: 'item/started' }> {
  return event.type === 'notification' && event.method === 'item/started'
}

function wordsOf(item: ThreadItem | undefined): string {
  if (item?.type === 'agentMessage') return item.text
  return item?.type === 'commandExecution' ? (item.aggregatedOutput ?? '') : ''
}
