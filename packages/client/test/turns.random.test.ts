import { agentMessage, noAnswer, type PeerNotification, turnEvents, turnOf } from '@gangway/testkit'
import { expect, it } from 'vitest'
import type { ClientEvent, TurnRun } from '../src/index.js'
import { name, scripted } from './scripted.js'

const { threadId } = name

/** A generator of numbers in [0, 1) that gives the same ones for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Script {
  readonly events: readonly PeerNotification[]
  readonly text: string
  /** Events that no queue may drop, joined deltas apart. */
  readonly lossless: readonly string[]
}

/** A turn with some messages, of which starts, deltas and texts may be missing as servers leave them out. */
function scriptOf(random: () => number): Script {
  const events: PeerNotification[] = [turnEvents.started(name)]
  const messages = Math.floor(random() * 4)
  let text = ''
  for (let m = 0; m < messages; m += 1) {
    const id = `m${m}`
    const words = Array.from({ length: Math.floor(random() * 6) }, (_, n) => `${m}.${n} `)
    if (random() < 0.8) events.push(turnEvents.itemStarted(name, agentMessage(id, '')))
    const told = random() < 0.2 ? words.slice(0, 2) : words
    for (const word of told) {
      events.push(turnEvents.delta(name, id, word))
      if (random() < 0.3)
        events.push(['item/commandExecution/outputDelta', { ...name, itemId: `c${m}`, delta: 'noise' }])
      if (random() < 0.2) events.push(turnEvents.status(threadId, 'active'))
    }
    const isEmpty = told.length === words.length && random() < 0.2
    events.push(turnEvents.itemCompleted(name, agentMessage(id, isEmpty ? '' : words.join(''))))
    text += words.join('')
  }
  events.push(turnEvents.completed(name))
  const lossless = events
    .filter(([method]) => !/[dD]elta$|status/.test(method))
    .map(([, params]) => JSON.stringify(params))
  return { events, text, lossless }
}

type Pause = () => Promise<void>

function pauser(random: () => number): Pause {
  const slowness = random()
  return async () => {
    const choice = random()
    if (choice > slowness) return
    if (choice < 0.1) await new Promise(setImmediate)
    else await Promise.resolve()
  }
}

/** A reader that goes at its own pace, and perhaps leaves before the end. */
class TestReader<T> {
  readonly seen: T[] = []
  hasLeft = false

  constructor(source: AsyncIterable<T>, pause: Pause, leavesAfter: number) {
    void this.#read(source, pause, leavesAfter)
  }

  async #read(source: AsyncIterable<T>, pause: Pause, leavesAfter: number): Promise<void> {
    for await (const entry of source) {
      this.seen.push(entry)
      if (this.seen.length >= leavesAfter) {
        this.hasLeft = true
        return
      }
      await pause()
    }
  }
}

async function runSchedule(seed: number): Promise<void> {
  const random = randomOf(seed)
  const script = scriptOf(random)
  const { client, peer, say } = await scripted({ channelCapacity: 1 + Math.floor(random() * 8) })
  const early = random() < 0.3 ? Math.floor(random() * (script.events.length + 1)) : 0
  peer.on('turn/start', () => {
    say(...script.events.slice(0, early))
    return { turn: turnOf('u', 'inProgress') }
  })
  const leavesAfter = () => (random() < 0.15 ? 1 + Math.floor(random() * 4) : Number.POSITIVE_INFINITY)
  const main = random() < 0.5 ? new TestReader<ClientEvent>(client.events(), pauser(random), leavesAfter()) : undefined
  const turn: TurnRun = await client.startTurn(threadId, 'hi')
  const texts: TestReader<string>[] = []
  const readers: TestReader<ClientEvent>[] = []
  for (let count = Math.floor(random() * 3); count > 0; count -= 1) {
    if (random() < 0.5) texts.push(new TestReader(turn.text(), pauser(random), leavesAfter()))
    else readers.push(new TestReader(turn.events(), pauser(random), leavesAfter()))
  }

  const pause = pauser(random)
  void (async () => {
    for (let next = early; next < script.events.length; ) {
      const chunk = 1 + Math.floor(random() * 5)
      say(...script.events.slice(next, next + chunk))
      next += chunk
      await pause()
    }
  })()
  const done = await turn.completed

  const about = `seed ${seed}`
  expect(done.recovered, about).toBe(false)
  for (const reader of texts) if (!reader.hasLeft) expect(reader.seen.join(''), about).toBe(script.text)
  for (const reader of [...readers, ...(main === undefined ? [] : [main])]) {
    if (!reader.hasLeft) expect(losslessOf(reader.seen), about).toEqual(script.lossless)
  }
  await client.shutdown()
}

function losslessOf(events: readonly ClientEvent[]): string[] {
  return events
    .filter((event) => event.type === 'notification')
    .filter(({ method }) => !/[dD]elta$|status/.test(method))
    .map(({ params }) => JSON.stringify(params))
}

it('hands over everything before it says that a turn is complete, in 10,000 schedules', async () => {
  const batch = 250
  for (let seed = 0; seed < 10_000; seed += batch) {
    await Promise.all(Array.from({ length: batch }, (_, n) => runSchedule(seed + n)))
  }
}, 60_000)

it('recovers every turn whose last events are lost, wherever the loss begins', async () => {
  const schedule = async (seed: number) => {
    const random = randomOf(seed)
    const script = scriptOf(random)
    const { client, peer, connection, say } = await scripted()
    const known = Math.floor(random() * script.events.length)
    const items = script.events
      .filter(([method]) => method === 'item/completed')
      .map(([, params]) => (params as { item: { id: string; text: string; type: string } }).item)
    const texts = new Map<string, string>()
    for (const [method, params] of script.events) {
      const { itemId, delta } = params as { itemId: string; delta: string }
      if (method === 'item/agentMessage/delta') texts.set(itemId, (texts.get(itemId) ?? '') + delta)
    }
    const whole = items.map((item) => (item.text === '' ? { ...item, text: texts.get(item.id) ?? '' } : item))
    peer.on('thread/read', () => ({
      thread: { id: threadId, status: { type: 'idle' }, turns: [turnOf('u', 'completed', whole)] },
    }))
    const turn = await client.startTurn(threadId, 'hi')
    const text = new TestReader(turn.text(), pauser(random), Number.POSITIVE_INFINITY)

    say(...script.events.slice(0, known), turnEvents.status(threadId, 'idle'))

    const about = `seed ${seed}`
    expect((await turn.completed).recovered, about).toBe(true)
    expect(text.seen.join(''), about).toBe(script.text)
    expect(connection.requests('turn/start'), about).toHaveLength(1)
    await client.shutdown()
  }

  await Promise.all(Array.from({ length: 500 }, (_, seed) => schedule(seed)))
})

it('settles every call with its own answer or its own abort, whatever is said in between and however slow the reader is', async () => {
  const schedule = async (seed: number) => {
    const random = randomOf(seed)
    const { client, peer, connection, say } = await scripted({
      channelCapacity: 1 + Math.floor(random() * 4),
      maxInFlight: 1 + Math.floor(random() * 3),
    })
    const total = 1 + Math.floor(random() * 20)
    peer.on('test/late', async (params) => {
      if (random() < 0.5) await new Promise(setImmediate)
      say(turnEvents.completed({ threadId, turnId: String(params) }))
      return params
    })
    peer.on('test/never', () => noAnswer)
    const main = new TestReader<ClientEvent>(client.events(), pauser(random), Number.POSITIVE_INFINITY)
    let aborted = 0

    const calls = Array.from({ length: total }, async (_, n) => {
      const controller = new AbortController()
      const call = client.requestRaw(random() < 0.2 ? 'test/never' : 'test/late', n, { signal: controller.signal })
      if (random() < 0.3) void Promise.resolve().then(() => controller.abort(new Error('enough')))
      else setImmediate(() => setImmediate(() => setTimeout(() => controller.abort(new Error('late')), 20)))
      try {
        expect(await call, `seed ${seed}`).toEqual({ ok: true, result: n })
      } catch (error) {
        expect(error, `seed ${seed}`).toMatchObject({ reason: 'aborted' })
        aborted += 1
      }
    })
    await Promise.all(calls)
    await client.shutdown()

    const told = connection.requests('test/late').length
    expect(aborted + told, `seed ${seed}`).toBeGreaterThanOrEqual(total)
    expect(losslessOf(main.seen).length, `seed ${seed}`).toBeLessThanOrEqual(told)
  }

  for (let seed = 0; seed < 1_000; seed += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => schedule(seed + n)))
  }
}, 30_000)
