import { RpcError } from '@gangway/protocol'
import { agentMessage, noAnswer, turnEvents, turnOf } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { ServerError } from '../src/index.js'
import { all, name, scripted, settle } from './scripted.js'

const { threadId } = name
const hello = agentMessage('m1', 'Hello world')
const helloEvents = [
  turnEvents.started(name),
  turnEvents.itemStarted(name, agentMessage('m1', '')),
  turnEvents.delta(name, 'm1', 'Hello '),
  turnEvents.delta(name, 'm1', 'world'),
  turnEvents.itemCompleted(name, hello),
  turnEvents.status(threadId, 'idle'),
]
const completed = turnEvents.completed(name, [hello])

describe('startTurn', () => {
  it('asks with words or a list of inputs, and whatever else was chosen', async () => {
    const { client, connection } = await scripted()

    const turn = await client.startTurn(threadId, 'hi', { model: 'gpt-5.5' })
    await client.startTurn(threadId, [{ type: 'localImage', path: '/a.png' }])

    expect(turn).toMatchObject({ id: 'u', threadId, turn: { status: 'inProgress' } })
    expect(connection.requests('turn/start').map(({ params }) => params)).toEqual([
      { model: 'gpt-5.5', threadId, input: [{ type: 'text', text: 'hi', text_elements: [] }] },
      { threadId, input: [{ type: 'localImage', path: '/a.png' }] },
    ])
    await client.shutdown()
  })

  it('gives the words as they come, and how the turn ended', async () => {
    const { client, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')
    const chunks: string[] = []
    const reading = (async () => {
      for await (const chunk of turn.text()) chunks.push(chunk)
    })()

    for (const event of helloEvents) {
      say(event)
      await settle()
    }
    say(completed)

    expect(await turn.completed).toMatchObject({ turn: { id: 'u', status: 'completed' }, recovered: false })
    await reading
    expect(chunks).toEqual(['Hello ', 'world'])
  })

  it('gives this turn’s events only, the completion last', async () => {
    const { client, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')
    const other = { threadId, turnId: 'other' }

    say(...helloEvents, turnEvents.delta(other, 'm9', 'no'), turnEvents.completed(other), completed)
    say(turnEvents.started({ threadId, turnId: 'next' }))

    const methods = (await all(turn.events())).map((event) => ('method' in event ? event.method : event.type))
    expect(methods).toEqual([
      'turn/started',
      'item/started',
      'item/agentMessage/delta',
      'item/completed',
      'turn/completed',
    ])
    await client.shutdown()
  })

  it('misses nothing that comes before the answer, or with it', async () => {
    const { client, say, peer } = await scripted()
    peer.on('turn/start', () => {
      say(...helloEvents, completed)
      return { turn: turnOf('u', 'inProgress') }
    })

    const turn = await client.startTurn(threadId, 'hi')
    const order: string[] = []
    const done = turn.completed.then(() => order.push('completed'))
    const text = await all(turn.text())
    order.push('text')
    await done

    expect(text.join('')).toBe('Hello world')
    expect(order).toEqual(['text', 'completed'])
    expect(await all(turn.events())).toHaveLength(5)
  })

  it('resolves although nobody reads anything, and keeps everything for who comes later', async () => {
    const { client, say } = await scripted({ channelCapacity: 2 })
    const turn = await client.startTurn(threadId, 'hi')
    const many = Array.from({ length: 300 }, (_, n) => turnEvents.itemCompleted(name, agentMessage(`m${n}`, `${n} `)))

    say(...many, completed)

    expect(await turn.completed).toMatchObject({ recovered: false })
    expect((await all(turn.text())).join('')).toBe(many.map((_, n) => `${n} `).join(''))
    expect(await all(turn.events())).toHaveLength(301)
  })

  it('gives 100,000 deltas as the same text to readers that take 1 ms each, in time linear in them', async () => {
    const { client, say } = await scripted({ channelCapacity: 8 })
    const turn = await client.startTurn(threadId, 'hi')
    const texts = { text: '', events: '', client: '' }
    const pause = () => new Promise((resolve) => setTimeout(resolve, 1))
    const readingAll = (async () => {
      for await (const event of client.events()) {
        if (event.type === 'notification') texts.client += deltaIn(event.params)
        await pause()
      }
    })()
    const reading = [
      (async () => {
        for await (const words of turn.text()) {
          texts.text += words
          await pause()
        }
      })(),
      (async () => {
        for await (const event of turn.events()) {
          if (event.type === 'notification') texts.events += deltaIn(event.params)
          await pause()
        }
      })(),
    ]

    let text = ''
    for (let n = 0; n < 100_000; n += 1) {
      text += `${n} `
      say(turnEvents.delta(name, 'm1', `${n} `))
      if (n % 1_000 === 0) await settle()
    }
    say(completed)
    await Promise.all([turn.completed, ...reading])

    expect([texts.text === text, texts.events === text, texts.client === text]).toEqual([true, true, true])
    await client.shutdown()
    await readingAll
  }, 15_000)

  it('resolves only when every open reader of the turn was given the last event', async () => {
    const { client, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')
    const events = turn.events()
    const text = turn.text()
    let isDone = false
    void turn.completed.then(() => {
      isDone = true
    })

    say(...helloEvents, completed)
    for (let n = 0; n < 4; n += 1) await events.next()
    await settle()
    expect(isDone).toBe(false)
    expect(await events.next()).toMatchObject({ value: { method: 'turn/completed' } })
    await settle()
    expect(isDone).toBe(false)
    await text.next()
    await settle()

    expect(isDone).toBe(true)
  })

  it('does not wait for a reader that has left', async () => {
    const { client, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')
    say(turnEvents.started(name))

    for await (const event of turn.events()) {
      expect(event).toMatchObject({ method: 'turn/started' })
      break
    }
    say(...helloEvents, completed)
    for await (const event of turn.events()) {
      expect(event.type).toBe('notification')
      break
    }

    expect(await turn.completed).toMatchObject({ recovered: false })
  })

  it('resolves after the reader of all events was given the completion', async () => {
    const { client, say } = await scripted()
    const seen: string[] = []
    const reading = (async () => {
      for await (const event of client.events()) {
        if ('method' in event) seen.push(event.method)
        await settle()
      }
    })()
    const turn = await client.startTurn(threadId, 'hi')

    say(...helloEvents, completed)
    await turn.completed

    expect(seen.at(-1)).toBe('turn/completed')
    await client.shutdown()
    await reading
  })

  it('does not hang when a full loop over all events awaits the end of a turn', async () => {
    const { client, say, transport } = await scripted({ channelCapacity: 2 })
    say(turnEvents.status(threadId, 'idle'))
    let text = ''

    for await (const event of client.events()) {
      expect(event.type).toBe('notification')
      const turn = await client.startTurn(threadId, 'hi')
      setTimeout(() => say(...helloEvents, ...helloEvents, completed))
      text = (await all(turn.text())).join('')
      await turn.completed
      break
    }

    expect(text).toBe('Hello world')
    await client.shutdown()
    transport.resume()
  })

  it('lets the reader of the turn answer what the server asks in it', async () => {
    const { client, connection, say } = await scripted({ unhandledRequestMs: 50 })
    const turn = await client.startTurn(threadId, 'hi')
    const reading = (async () => {
      for await (const event of turn.events()) {
        if (event.type === 'request') await event.respond({ decision: 'accept' })
      }
    })()

    connection.ask(7, 'item/commandExecution/requestApproval', { ...name, itemId: 'c' })
    expect(await connection.answerTo(7)).toMatchObject({ result: { decision: 'accept' } })
    say(completed)

    await reading
    expect(await turn.completed).toMatchObject({ recovered: false })
  })

  it('refuses what the server asks when nobody reads the turn', async () => {
    const { client, connection } = await scripted({ unhandledRequestMs: 10 })
    await client.startTurn(threadId, 'hi')

    connection.ask(7, 'item/commandExecution/requestApproval', { ...name, itemId: 'c' })

    expect(await connection.answerTo(7)).toMatchObject({ error: { code: -32601 } })
    await client.shutdown()
  })

  it('steers and interrupts the turn by its id', async () => {
    const { client, connection, peer } = await scripted()
    peer.on('turn/steer', () => ({ turnId: 'u' })).on('turn/interrupt', () => ({}))
    const turn = await client.startTurn(threadId, 'hi')

    await turn.steer('also')
    await turn.interrupt()

    expect(connection.requests('turn/steer')[0]?.params).toEqual({
      threadId,
      expectedTurnId: 'u',
      input: [{ type: 'text', text: 'also', text_elements: [] }],
    })
    expect(connection.requests('turn/interrupt')[0]?.params).toEqual({ threadId, turnId: 'u' })
    await client.shutdown()
  })

  it('fails with the refusal when the turn was not begun', async () => {
    const { client, peer } = await scripted()
    peer.on('turn/start', () => {
      throw new RpcError(-32600, 'thread not found: t')
    })

    const start = client.startTurn(threadId, 'hi')

    await expect(start).rejects.toBeInstanceOf(ServerError)
    await expect(start).rejects.toThrow('turn/start failed: thread not found: t')
  })

  it('ends the wait when its signal aborts, and sends no interrupt', async () => {
    const { client, connection } = await scripted()
    const controller = new AbortController()
    const turn = await client.startTurn(threadId, 'hi', { signal: controller.signal })
    const reading = all(turn.text())

    controller.abort(new Error('enough'))

    await expect(turn.completed).rejects.toMatchObject({ reason: 'aborted', detail: 'enough' })
    await expect(reading).rejects.toMatchObject({ reason: 'aborted' })
    expect(connection.requests('turn/interrupt')).toEqual([])
    expect(connection.requests('turn/start')[0]?.params).not.toHaveProperty('signal')
    await client.shutdown()
  })

  it('fails the wait when the connection is lost, and gives what had come', async () => {
    const { client, connection, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')
    say(...helloEvents.slice(0, 3))
    connection.close(1001, 'it fell over')
    const chunks: string[] = []

    await expect(
      (async () => {
        for await (const chunk of turn.text()) chunks.push(chunk)
      })(),
    ).rejects.toMatchObject({ reason: 'closed', detail: 'it fell over' })
    await expect(turn.completed).rejects.toMatchObject({ reason: 'closed' })
    expect(chunks).toEqual(['Hello '])
  })
})

describe.concurrent('a turn whose completion is lost', () => {
  it('is recovered by reading the thread: what was missed is handed over, and nothing is run again', async () => {
    const { client, connection, peer, say } = await scripted()
    const second = agentMessage('m2', ' And more.')
    peer.on('thread/read', () => ({
      thread: { id: threadId, status: { type: 'idle' }, turns: [turnOf('u', 'completed', [hello, second])] },
    }))
    const turn = await client.startTurn(threadId, 'hi')
    const everything = all(client.events())
    const events = all(turn.events())
    const text = all(turn.text())

    say(...helloEvents.slice(0, 3), turnEvents.status(threadId, 'idle'))

    expect(await turn.completed).toMatchObject({ recovered: true, turn: { id: 'u', status: 'completed' } })
    expect((await text).join('')).toBe('Hello world And more.')
    expect((await events).map((event) => ('method' in event ? event.method : ''))).toEqual([
      'turn/started',
      'item/started',
      'item/agentMessage/delta',
      'item/completed',
      'item/completed',
      'turn/completed',
    ])
    expect(connection.requests('thread/read').map(({ params }) => params)).toEqual([{ threadId, includeTurns: true }])
    expect(connection.requests('turn/start')).toHaveLength(1)

    say(completed)
    await client.shutdown()
    const completions = (await everything).filter((event) => 'method' in event && event.method === 'turn/completed')
    expect(completions).toHaveLength(1)
  })

  it('is not recovered when the completion comes within a second, or the thread goes on', async () => {
    const { client, connection, say } = await scripted()
    const turn = await client.startTurn(threadId, 'hi')

    say(turnEvents.status(threadId, 'idle'), turnEvents.status(threadId, 'active'))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    say(turnEvents.status(threadId, 'idle'))
    await settle()
    say(completed)

    expect(await turn.completed).toMatchObject({ recovered: false })
    expect(connection.requests('thread/read')).toEqual([])
  })

  it('takes the items from a page of turns where the thread comes without them', async () => {
    const { client, peer, say } = await scripted()
    peer.on('thread/read', () => ({
      thread: {
        id: threadId,
        status: { type: 'idle' },
        turns: [{ ...turnOf('u', 'completed'), itemsView: 'summary' }],
      },
    }))
    peer.on('thread/turns/list', () => ({ data: [turnOf('u', 'completed', [hello])], nextCursor: null }))
    const turn = await client.startTurn(threadId, 'hi')

    say(turnEvents.status(threadId, 'idle'))

    expect((await all(turn.text())).join('')).toBe('Hello world')
    expect(await turn.completed).toMatchObject({ recovered: true })
  })

  it('tells items apart by their order where a reading gives them new ids', async () => {
    const { client, peer, say } = await scripted()
    peer.on('thread/read', () => ({
      thread: {
        id: threadId,
        status: { type: 'idle' },
        turns: [turnOf('u', 'completed', [agentMessage('item-1', 'One. '), agentMessage('item-2', 'Two. ')])],
      },
    }))
    const turn = await client.startTurn(threadId, 'hi')

    say(turnEvents.itemCompleted(name, agentMessage('m1', 'One. ')), turnEvents.delta(name, 'm2', 'Tw'))
    say(turnEvents.status(threadId, 'idle'))

    expect((await all(turn.text())).join('')).toBe('One. Two. ')
    expect(await turn.completed).toMatchObject({ recovered: true })
  })

  it('goes on waiting while a reading shows that the turn still runs', async () => {
    const { client, connection, peer, say } = await scripted()
    peer.on('thread/read', () => ({
      thread: { id: threadId, status: { type: 'active' }, turns: [turnOf('u', 'inProgress')] },
    }))
    const turn = await client.startTurn(threadId, 'hi')

    say(turnEvents.status(threadId, 'idle'))
    await connection.request('thread/read')
    await settle()
    say(completed)

    expect(await turn.completed).toMatchObject({ recovered: false })
  })

  it('fails when the client ends while the thread is being read', async () => {
    const { client, connection, peer, say } = await scripted()
    peer.on('thread/read', () => noAnswer)
    const turn = await client.startTurn(threadId, 'hi')
    say(turnEvents.status(threadId, 'idle'))
    await connection.request('thread/read')

    void client.shutdown({ timeoutMs: 10 })

    await expect(turn.completed).rejects.toMatchObject({ reason: 'closed' })
  })
})

function deltaIn(params: unknown): string {
  return (params as { delta?: string }).delta ?? ''
}
