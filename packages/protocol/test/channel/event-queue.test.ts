import { describe, expect, it } from 'vitest'
import { EventQueue, type WritableEvent } from '../../src/channel/index.js'
import { approval, drain, notification, outputDelta, readAll, textDelta, write } from './events.js'

const warning = (message: string) => notification('warning', { message })
const completed = (id: string) => notification('turn/completed', { threadId: 't', turn: { id } })

describe('EventQueue', () => {
  it('gives events to its reader in the order they were pushed, and ends after what was queued', async () => {
    const queue = new EventQueue({ capacity: 4 })
    queue.push(warning('a'))
    queue.push(approval(0))
    queue.push(completed('1'))

    queue.close('over')

    expect(await readAll(queue)).toEqual([warning('a'), approval(0), completed('1')])
    expect(queue.closeReason).toBe('over')
  })

  it('wakes a reader that waits, also when it is closed', async () => {
    const queue = new EventQueue()
    const read = readAll(queue)
    await Promise.resolve()

    queue.push(warning('a'))
    await Promise.resolve()
    queue.close('over')

    expect(await read).toEqual([warning('a')])
  })

  it('treats a capacity under 1 as 1', () => {
    const queue = new EventQueue({ capacity: 0 })

    expect([queue.capacity, queue.push(warning('a')), queue.push(warning('b'))]).toEqual([1, 'queued', 'dropped'])
  })

  it('lets only one reader in at a time, and the next one after it has left', async () => {
    const queue = new EventQueue()
    const first = queue[Symbol.asyncIterator]()

    expect(() => queue[Symbol.asyncIterator]()).toThrow('the event queue has a reader already')
    await first.return?.()
    queue.push(warning('a'))

    expect(await queue[Symbol.asyncIterator]().next()).toEqual({ value: warning('a'), done: false })
  })

  it('answers calls of next that are open at once in order', async () => {
    const queue = new EventQueue()
    const reader = queue[Symbol.asyncIterator]()
    const open = [reader.next(), reader.next(), reader.next()]

    queue.push(warning('a'))
    queue.push(warning('b'))
    queue.close('over')

    expect(await Promise.all(open)).toEqual([
      { value: warning('a'), done: false },
      { value: warning('b'), done: false },
      { value: undefined, done: true },
    ])
  })

  it('ends a waiting next when the reader leaves, and keeps what comes then for the next reader', async () => {
    const queue = new EventQueue()
    const reader = queue[Symbol.asyncIterator]()
    const open = reader.next()

    await reader.return?.()
    queue.push(warning('a'))

    expect(await open).toEqual({ value: undefined, done: true })
    expect(queue.length).toBe(1)
  })

  it('makes a lossless event wait, and lets it in when one slot is free', async () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(completed('1'))

    expect(queue.push(completed('2'))).toBe('wait')
    const room = queue.room()
    expect(queue.take()).toEqual(completed('1'))
    await room

    expect(queue.push(completed('2'))).toBe('queued')
  })

  it('lets writers that wait go when it is closed, and takes nothing more', async () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(completed('1'))
    queue.push(completed('2'))
    const room = queue.room()

    queue.close('over')
    await room

    expect([queue.push(completed('2')), queue.push(approval(1))]).toEqual(['dropped', 'refused'])
    expect(await readAll(queue)).toEqual([completed('1')])
  })

  it('refuses a server request that finds no room, and counts it', () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(warning('a'))

    expect(queue.push(approval(5))).toBe('refused')
    expect(drain(queue)).toEqual([
      warning('a'),
      { type: 'lagged', skipped: 1, byMethod: { 'item/commandExecution/requestApproval': 1 } },
    ])
  })

  it('always takes a disconnect, as the last event', async () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(warning('a'))

    expect(queue.push({ type: 'disconnected', reason: 'gone' })).toBe('queued')
    expect(queue.push(warning('b'))).toBe('dropped')
    expect(await readAll(queue)).toEqual([warning('a'), { type: 'disconnected', reason: 'gone' }])
  })

  it('announces drops as soon as one slot is free, without a further event', () => {
    const queue = new EventQueue({ capacity: 2 })
    for (const text of ['a', 'b', 'c', 'd']) queue.push(warning(text))
    queue.push(notification('other'))

    expect(queue.take()).toEqual(warning('a'))

    expect(queue.length).toBe(2)
    expect(drain(queue)).toEqual([warning('b'), { type: 'lagged', skipped: 3, byMethod: { warning: 2, other: 1 } }])
  })

  it('counts further drops into an announcement that is still the last entry', () => {
    const queue = new EventQueue({ capacity: 2 })
    for (const text of ['a', 'b', 'c']) queue.push(warning(text))
    queue.take()

    queue.push(warning('d'))

    expect(drain(queue)).toEqual([warning('b'), { type: 'lagged', skipped: 2, byMethod: { warning: 2 } }])
  })

  it('starts a new count behind an announcement that something else follows', () => {
    const queue = new EventQueue({ capacity: 3 })
    for (const text of ['a', 'b', 'c', 'd']) queue.push(warning(text))
    queue.take()
    queue.take()
    queue.push(warning('e'))
    queue.push(warning('f'))

    expect(drain(queue)).toEqual([
      warning('c'),
      { type: 'lagged', skipped: 1, byMethod: { warning: 1 } },
      warning('e'),
      { type: 'lagged', skipped: 1, byMethod: { warning: 1 } },
    ])
  })

  it('holds no more bytes than it may, but always one entry', () => {
    const queue = new EventQueue({ maxBytes: 1000 })

    expect(queue.push(warning('x'.repeat(5000)))).toBe('queued')
    expect(queue.push(warning('small'))).toBe('dropped')
    expect(queue.push(completed('1'))).toBe('wait')
    queue.take()
    expect(queue.push(completed('1'))).toBe('queued')
    expect(drain(queue)).toEqual([{ type: 'lagged', skipped: 1, byMethod: { warning: 1 } }, completed('1')])
    expect(queue.bytes).toBe(0)
  })

  it('does not spin: room stays shut for a writer whose event is too large for what is free', async () => {
    const queue = new EventQueue({ maxBytes: 1000 })
    queue.push(warning('a'))
    const large = notification('turn/completed', { text: 'x'.repeat(2000) })
    expect(queue.push(large)).toBe('wait')

    const isOpen = await Promise.race([queue.room().then(() => true), Promise.resolve().then(() => false)])

    expect(isOpen).toBe(false)
  })

  it('takes a lossless event beyond its capacity only by force, behind the announcement of the gap', () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(warning('a'))
    queue.push(warning('b'))
    queue.push(completed('1'))

    queue.force(completed('1'))

    expect(drain(queue)).toEqual([
      warning('a'),
      { type: 'lagged', skipped: 1, byMethod: { warning: 1 } },
      completed('1'),
    ])
  })

  it('shows every event once to those who watch, before it waits, and keeps back what one of them takes', async () => {
    const queue = new EventQueue({ capacity: 1 })
    const seen: string[] = []
    const lost: string[] = []
    const nameOf = (event: WritableEvent) => ('method' in event ? event.method : event.type)
    const off = queue.intercept({
      takes: (event) => seen.push(nameOf(event)) > 0 && event.type === 'request',
      lost: (event) => lost.push(nameOf(event)),
    })

    const written = write(queue, [approval(1), warning('a'), notification('other'), completed('1')])
    await Promise.resolve()
    const shownWhileWaiting = [...seen]
    const read = [queue.take(), queue.take()]
    await written
    off()
    queue.push(warning('c'))

    expect(shownWhileWaiting).toEqual([approval(1).method, 'warning', 'other', 'turn/completed'])
    expect(seen).toEqual(shownWhileWaiting)
    expect(lost).toEqual(['other'])
    expect(read).toEqual([warning('a'), { type: 'lagged', skipped: 1, byMethod: { other: 1 } }])
    expect(queue.take()).toEqual(completed('1'))
  })

  it('lets nothing wait while it is stretched, and loses nothing of it', async () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(completed('1'))
    queue.push(completed('2'))
    const room = queue.room()

    const relax = queue.stretch()
    await room
    const outcomes = [queue.push(completed('2')), queue.push(warning('a')), queue.push(completed('3'))]
    relax()
    relax()

    expect(outcomes).toEqual(['queued', 'dropped', 'queued'])
    expect(queue.push(completed('4'))).toBe('wait')
    expect(drain(queue)).toEqual([
      completed('1'),
      completed('2'),
      { type: 'lagged', skipped: 1, byMethod: { warning: 1 } },
      completed('3'),
    ])
  })

  it('drops and counts what is beyond its bytes while it is stretched and nobody reads', () => {
    const queue = new EventQueue({ capacity: 1, maxBytes: 1_000 })
    const text = 'x'.repeat(600)
    queue.stretch()

    const unread = ['1', '2', '3'].map((id) => queue.push(completed(id + text)))
    const reader = queue[Symbol.asyncIterator]()
    const read = queue.push(completed(`4${text}`))

    expect(unread).toEqual(['queued', 'queued', 'dropped'])
    expect(read).toBe('queued')
    void reader.return?.()
    expect(drain(queue)).toEqual([
      completed(`1${text}`),
      completed(`2${text}`),
      { type: 'lagged', skipped: 1, byMethod: { 'turn/completed': 1 } },
      completed(`4${text}`),
    ])
  })

  it('lets nothing wait once nobody will read any more', async () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(completed('1'))
    queue.push(completed('2'))
    const room = queue.room()

    queue.abandon()
    await room

    expect(queue.push(completed('2'))).toBe('dropped')
    expect(drain(queue)).toEqual([completed('1'), { type: 'lagged', skipped: 1, byMethod: { 'turn/completed': 1 } }])
  })
})

describe('EventQueue joining deltas', () => {
  it('joins deltas of one item while they wait, in the place of the first', () => {
    const queue = new EventQueue({ capacity: 8 })

    const outcomes = [textDelta('a', 'Hel'), textDelta('b', 'x'), textDelta('a', 'lo'), textDelta('b', 'y')].map(
      (event) => queue.push(event),
    )

    expect(outcomes).toEqual(['queued', 'queued', 'coalesced', 'coalesced'])
    expect(drain(queue)).toEqual([textDelta('a', 'Hello'), textDelta('b', 'xy')])
  })

  it('never joins across another event of the same item', () => {
    const queue = new EventQueue()
    const part = notification('item/reasoning/summaryPartAdded', {
      threadId: 't',
      turnId: 'u',
      itemId: 'a',
      summaryIndex: 1,
    })
    const done = notification('item/completed', { threadId: 't', turnId: 'u', item: { id: 'a', type: 'agentMessage' } })
    const events = [textDelta('a', '1'), part, textDelta('a', '2'), done, textDelta('a', '3')]

    for (const event of events) queue.push(event)

    expect(drain(queue)).toEqual(events)
  })

  it('never joins deltas that differ in anything but their text', () => {
    const queue = new EventQueue()
    const summary = (summaryIndex: number, delta: string) =>
      notification('item/reasoning/summaryTextDelta', { threadId: 't', turnId: 'u', itemId: 'a', summaryIndex, delta })
    const events = [
      summary(0, 'a'),
      summary(1, 'b'),
      textDelta('a', 'c'),
      textDelta('a', 'd', 'other thread'),
      notification('item/agentMessage/delta', {
        threadId: 'other thread',
        turnId: 'u',
        itemId: 'a',
        delta: 'e',
        more: 1,
      }),
    ]

    for (const event of events) queue.push(event)

    expect(drain(queue)).toEqual(events)
  })

  it('leaves the pushed events as they were, since other queues may hold them', () => {
    const first = textDelta('a', 'Hel')
    const queues = [new EventQueue(), new EventQueue()]

    for (const queue of queues) for (const event of [first, textDelta('a', 'lo')]) queue.push(event)

    expect(first).toEqual(textDelta('a', 'Hel'))
    expect(queues.map(drain)).toEqual([[textDelta('a', 'Hello')], [textDelta('a', 'Hello')]])
  })

  it('takes text deltas for a waiting item in a full queue until the bytes are used up', () => {
    const queue = new EventQueue({ capacity: 1, maxBytes: 2000 })
    const outcomes = []
    for (let i = 0; i < 300; i += 1) outcomes.push(queue.push(textDelta('a', 'word ')))

    expect(outcomes.indexOf('wait')).toBeGreaterThan(100)
    expect(new Set(outcomes.slice(outcomes.indexOf('wait')))).toEqual(new Set(['wait']))
    expect(queue.bytes).toBeLessThanOrEqual(2000)
  })

  it('keeps the newest command output of an item, and tells first how many deltas are gone', () => {
    const queue = new EventQueue({ capacity: 1, maxOutputLength: 5000 })
    for (let i = 0; i < 100; i += 1) queue.push(outputDelta('c', `${i}`.padStart(3, '0').padEnd(500, '.')))

    const [lagged, output] = drain(queue) as [{ skipped: number; byMethod: object }, ReturnType<typeof outputDelta>]

    const { delta } = output.params as { delta: string }
    expect(lagged).toMatchObject({ type: 'lagged', byMethod: { 'item/commandExecution/outputDelta': lagged.skipped } })
    expect(delta.length + lagged.skipped * 500).toBe(100 * 500)
    expect(delta.slice(-500, -497)).toBe('099')
    expect(delta.length).toBeLessThanOrEqual(5000)
    expect(queue.bytes).toBe(0)
  })

  it('drops output whose item is not waiting when it is full, with a count', () => {
    const queue = new EventQueue({ capacity: 1 })
    queue.push(warning('a'))

    expect(queue.push(outputDelta('c', 'x'))).toBe('dropped')
  })
})

describe('EventQueue with lossless delivery', () => {
  it('makes every event wait for room, joins none, and drops none', async () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'lossless' })
    const events = [textDelta('a', '1'), textDelta('a', '2'), warning('w'), approval(1), outputDelta('c', 'o')]

    const written = write(queue, events).then(() => queue.close('over'))
    const read = await readAll(queue)
    await written

    expect(read).toEqual(events)
  })
})

describe('EventQueue with reference delivery', () => {
  it('reproduces the order of the reference with a capacity of one', async () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'reference' })
    const item = notification('item/completed', { item: { id: 'm' } })
    const events = [
      outputDelta('c', 'stdout-1'),
      outputDelta('c', 'stdout-2'),
      textDelta('m', 'hello'),
      item,
      completed('1'),
    ]

    const written = write(queue, events).then(() => queue.close('over'))
    const read = await readAll(queue)
    await written

    expect(read).toEqual([
      outputDelta('c', 'stdout-1'),
      { type: 'lagged', skipped: 1, byMethod: { 'item/commandExecution/outputDelta': 1 } },
      textDelta('m', 'hello'),
      item,
      completed('1'),
    ])
  })

  it('never tells of drops when nothing is pushed after them', async () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'reference' })
    queue.push(warning('a'))
    queue.push(warning('b'))
    queue.close('over')

    expect(await readAll(queue)).toEqual([warning('a')])
  })

  it('drops a best-effort event that finds room for the announcement only', () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'reference' })
    queue.push(warning('a'))
    queue.push(warning('b'))
    queue.take()

    expect(queue.push(warning('c'))).toBe('dropped')
    expect(queue.take()).toMatchObject({ type: 'lagged', skipped: 1 })
    expect(queue.push(warning('d'))).toBe('dropped')
    expect(drain(queue)).toMatchObject([{ type: 'lagged', skipped: 1 }])
  })

  it('refuses token refreshes always, and other requests when full', () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'reference' })
    const refresh = { type: 'request', id: 1, method: 'account/chatgptAuthTokens/refresh', params: {} } as const

    expect([queue.push(refresh), queue.push(approval(2)), queue.push(approval(3))]).toEqual([
      'refused',
      'queued',
      'refused',
    ])
  })

  it('waits with turn/started as with any best-effort event: not at all', () => {
    const queue = new EventQueue({ capacity: 1, delivery: 'reference' })
    queue.push(warning('a'))

    expect(queue.push(notification('turn/started'))).toBe('dropped')
    expect(queue.push(notification('externalAgentConfig/import/completed'))).toBe('wait')
  })
})
