import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeliveryMode, EventQueue, type QueueEvent, type WritableEvent } from '../../src/channel/index.js'
import { approval, notification, outputDelta, readAll, textDelta, write } from './events.js'

type Pushable = Exclude<WritableEvent, { type: 'disconnected' }>

const itemId = fc.constantFrom('a', 'b', 'c')
const text = fc.string({ maxLength: 12 })

const event: fc.Arbitrary<Pushable> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(itemId, text).map(([id, delta]) => textDelta(id, delta)) },
  { weight: 4, arbitrary: fc.tuple(itemId, text).map(([id, delta]) => outputDelta(id, delta)) },
  { weight: 1, arbitrary: itemId.map((id) => notification('item/completed', { threadId: 't', item: { id } })) },
  { weight: 1, arbitrary: itemId.map((id) => notification('item/started', { threadId: 't', item: { id } })) },
  { weight: 3, arbitrary: text.map((message) => notification('warning', { message })) },
  { weight: 1, arbitrary: fc.nat().map(approval) },
)

const queueOptions = fc.record({
  capacity: fc.integer({ min: 1, max: 6 }),
  maxBytes: fc.constantFrom(200, 500, 1_000_000),
  maxOutputLength: fc.constantFrom(50, 3000),
})

/** Writes `events` while a reader takes some whenever the schedule says so; gives what was read and what became of each. */
async function run(queue: EventQueue, events: readonly Pushable[], pauses: readonly number[]) {
  let longest = 0
  let heaviest = 0
  const outcomes: string[] = []
  const read: QueueEvent[] = []
  const reader = (async () => {
    let turn = 0
    for await (const entry of queue) {
      read.push(entry)
      for (let wait = pauses[turn % pauses.length] ?? 0; wait > 0; wait -= 1) await Promise.resolve()
      turn += 1
    }
  })()
  for (const pushed of events) {
    outcomes.push(...(await write(queue, [pushed])))
    longest = Math.max(longest, queue.length)
    heaviest = Math.max(heaviest, queue.bytes)
  }
  queue.close('over')
  await reader
  return { read, outcomes, longest, heaviest }
}

const schedule = fc.array(fc.nat(40), { minLength: 1, maxLength: 10 })
const isLossless = (entry: QueueEvent) =>
  entry.type === 'notification' && entry.method !== 'warning' && !entry.method.includes('outputDelta')
const isText = (entry: QueueEvent) => entry.type === 'notification' && entry.method === 'item/agentMessage/delta'

/** Each run of deltas of one item as one; everything of other items left out. */
function storyOf(events: readonly QueueEvent[], id: string): string[] {
  const story: string[] = []
  let isOpen = false
  for (const entry of events.filter(isLossless)) {
    if (entry.type !== 'notification') continue
    const params = entry.params as { itemId?: string; delta?: string; item?: { id: string } }
    if ((params.itemId ?? params.item?.id) !== id) continue
    if (isOpen && isText(entry)) story[story.length - 1] += params.delta ?? ''
    else story.push(`${entry.method}:${params.delta ?? ''}`)
    isOpen = isText(entry)
  }
  return story
}

describe('EventQueue under random schedules', () => {
  it('loses no lossless event and no letter of a text, and keeps the order within each item', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 120 }), schedule, queueOptions, async (events, pauses, options) => {
        const { read } = await run(new EventQueue(options), events, pauses)

        for (const id of ['a', 'b', 'c']) expect(storyOf(read, id)).toEqual(storyOf(events, id))
      }),
      { numRuns: 1000 },
    )
  })

  it('never holds more entries or bytes than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 120 }), schedule, queueOptions, async (events, pauses, options) => {
        const { longest, heaviest } = await run(new EventQueue(options), events, pauses)

        expect(longest).toBeLessThanOrEqual(options.capacity)
        // One entry may be larger than all bytes together; here none is larger than 300.
        expect(heaviest).toBeLessThanOrEqual(Math.max(options.maxBytes, 300))
      }),
      { numRuns: 500 },
    )
  })

  it('announces exactly what was dropped or refused, by method, and repeats nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 120 }), schedule, queueOptions, async (events, pauses, options) => {
        const { read, outcomes } = await run(new EventQueue(options), events, pauses)

        const announced = new Map<string, number>()
        for (const entry of read) {
          if (entry.type !== 'lagged') continue
          const sum = Object.values(entry.byMethod).reduce((total, count) => total + count, 0)
          expect(entry.skipped).toBe(sum)
          for (const [method, count] of Object.entries(entry.byMethod)) {
            announced.set(method, (announced.get(method) ?? 0) + count)
          }
        }
        for (const method of ['warning', 'item/commandExecution/requestApproval']) {
          const lost = events.filter(
            (pushed, i) => pushed.method === method && /dropped|refused/.test(outcomes[i] ?? ''),
          )
          expect(announced.get(method) ?? 0).toBe(lost.length)
        }
        const warnings = (all: readonly QueueEvent[]) =>
          all.filter((entry) => 'method' in entry && entry.method === 'warning')
        expect(warnings(read)).toEqual(
          warnings(events.filter((pushed, i) => outcomes[i] === 'queued' && pushed.method === 'warning')),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('gives every letter of command output or counts its delta', async () => {
    const marked = fc.array(fc.tuple(itemId, fc.integer({ min: 1, max: 400 })), { maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(marked, schedule, queueOptions, async (pieces, pauses, options) => {
        const events = pieces.map(([id, length], i) => outputDelta(id, `<${i}:${'x'.repeat(length)}>`))

        const { read } = await run(new EventQueue(options), events, pauses)

        const output = read.map((entry) =>
          entry.type === 'notification' ? (entry.params as { delta: string }).delta : '',
        )
        const arrived = output.join('').match(/<\d+:x+>/g) ?? []
        const skipped = read.reduce((sum, entry) => sum + (entry.type === 'lagged' ? entry.skipped : 0), 0)
        expect(arrived.join('')).toBe(output.join(''))
        expect(arrived.length + skipped).toBe(events.length)
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with the reference algorithm, written down naively, in reference mode', () => {
    const step = fc.oneof({ weight: 3, arbitrary: event }, { weight: 2, arbitrary: fc.constant('take' as const) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150 }), fc.integer({ min: 1, max: 4 }), (steps, capacity) => {
        const queue = new EventQueue({ capacity, delivery: 'reference' as DeliveryMode })
        const model = referenceModel(capacity)

        for (const now of steps) {
          if (now === 'take') expect(shape(queue.take())).toEqual(shape(model.queue.shift()))
          else expect(queue.push(now)).toBe(model.push(now))
        }
      }),
      { numRuns: 1000 },
    )
  })
})

function shape(entry: QueueEvent | undefined) {
  return entry?.type === 'lagged' ? { type: 'lagged', skipped: entry.skipped } : entry
}

function referenceModel(capacity: number) {
  const lossless = new Set(['item/completed', 'item/agentMessage/delta'])
  const queue: QueueEvent[] = []
  let skipped = 0
  const place = (entry: QueueEvent) => queue.length < capacity && queue.push(entry) > 0
  const fail = (entry: Pushable) => {
    skipped += 1
    return entry.type === 'request' ? 'refused' : 'dropped'
  }
  return {
    queue,
    push(entry: Pushable) {
      const waits = entry.type === 'notification' && lossless.has(entry.method)
      if (skipped > 0) {
        if (!place({ type: 'lagged', skipped, byMethod: {} })) return waits ? 'wait' : fail(entry)
        skipped = 0
      }
      if (place(entry)) return 'queued'
      return waits ? 'wait' : fail(entry)
    },
  }
}

describe('EventQueue and a slow reader', () => {
  it('gives 100,000 deltas of three items as the same text, through one slot', async () => {
    const queue = new EventQueue({ capacity: 1, maxBytes: 64 * 1024 })
    const events = Array.from({ length: 100_000 }, (_, i) => textDelta('abc'[i % 3] as string, `${i} `))
    let longest = 0
    const read = (async () => {
      const texts = new Map<string, string>()
      for await (const entry of queue) {
        longest = Math.max(longest, queue.length)
        if (entry.type !== 'notification') continue
        const { itemId, delta } = entry.params as { itemId: string; delta: string }
        texts.set(itemId, (texts.get(itemId) ?? '') + delta)
        await new Promise(setImmediate)
      }
      return texts
    })()

    // Runs of one item, as a model sends them, so that there is something to join.
    const sorted = events.toSorted((a, b) => (JSON.stringify(a.params) < JSON.stringify(b.params) ? -1 : 1))
    await write(queue, sorted)
    queue.close('over')

    const texts = await read
    for (const id of ['a', 'b', 'c']) {
      const expected = sorted.filter((entry) => (entry.params as { itemId: string }).itemId === id)
      expect(texts.get(id)).toBe(expected.map((entry) => (entry.params as { delta: string }).delta).join(''))
    }
    expect(longest).toBeLessThanOrEqual(1)
  })
})

// Keeps `readAll` honest against the hand-written reader above.
describe('readAll', () => {
  it('reads what the queue held when it was closed', async () => {
    const queue = new EventQueue()
    queue.push(notification('warning'))
    queue.close()

    expect(await readAll(queue)).toHaveLength(1)
  })
})
