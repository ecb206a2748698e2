import { describe, expect, it } from 'vitest'
import { connectInMemory, noAnswer, parseRecording, type ReplayServer, replay, ScriptedPeer } from '../src/index.js'

const OLD = '11111111-1111-4111-8111-111111111111'
const NEW = '22222222-2222-4222-8222-222222222222'

const line = (dir: 'c2s' | 's2c', msg: object, conn = 0) => `${JSON.stringify({ t: 1, dir, conn, msg })}\n`

const serverOf =
  (peer: ScriptedPeer): ReplayServer =>
  async (received) => {
    const transport = connectInMemory(peer, {
      received(text) {
        received(text)
        return true
      },
      ended() {},
    })
    return {
      send: (text) => transport.send(text),
      async close() {
        await transport.close()
      },
    }
  }

function recorded(...lines: readonly string[]) {
  const [connection] = parseRecording(lines.join(''))
  return connection!
}

describe('parseRecording', () => {
  it('keeps connections apart, and ids with all their digits', () => {
    const text = `${line('c2s', { id: 1, method: 'a' })}${line('c2s', { id: 1, method: 'b' }, 3)}{"t":2,"dir":"s2c","conn":0,"msg":{"id":9007199254740993,"result":{}}}\n{"t":3,"conn":0,"closed":"x"}\n`

    const connections = parseRecording(text)

    expect(connections.map(({ connection, steps }) => [connection, steps.length])).toEqual([
      [0, 2],
      [3, 1],
    ])
    expect(connections[0]?.steps[1]?.message).toMatchObject({ id: 9007199254740993n })
  })

  it.each([
    ['nonsense\n', 'line 1 is no part of a recording'],
    ['{"t":1,"dir":"up","conn":0,"msg":{"method":"a"}}\n', 'line 1 is no part of a recording'],
    ['{"t":1,"dropped":4}\n', 'line 1: 4 messages are missing from the recording'],
  ])('refuses %s', (text, message) => {
    expect(() => parseRecording(text)).toThrow(message)
  })
})

describe('replay', () => {
  it('lets made-up ids and times differ, and sends the ids of now', async () => {
    const peer = new ScriptedPeer()
      .on('thread/start', () => ({ thread: { id: NEW, createdAt: 2 } }))
      .on('thread/read', (params) => ({ thread: params }))
    const connection = recorded(
      line('c2s', { id: 1, method: 'thread/start' }),
      line('s2c', { id: 1, result: { thread: { id: OLD, createdAt: 1 } } }),
      line('c2s', { id: 2, method: 'thread/read', params: { threadId: OLD } }),
      line('s2c', { id: 2, result: { thread: { threadId: OLD } } }),
    )

    expect(await replay(connection, serverOf(peer))).toEqual({ compared: 2, differences: [] })
    expect((await peer.connection()).requests('thread/read')[0]?.params).toEqual({ threadId: NEW })
  })

  it('names each difference, with what was recorded and what is now', async () => {
    const peer = new ScriptedPeer().on('model/list', () => ({ data: [1], next: null }))
    const connection = recorded(
      line('c2s', { id: 'm', method: 'model/list' }),
      line('s2c', { id: 'm', result: { data: [2], next: null } }),
    )

    const { differences } = await replay(connection, serverOf(peer))

    expect(differences).toEqual(['the answer to request "m" .result.data[0]: 2, 1 now'])
  })

  it('answers what the server asks, under the id of now', async () => {
    const peer = new ScriptedPeer().on('turn/start', async (_, { connection }) => {
      connection.ask(70, 'item/tool/call', { tool: 'x' })
      await connection.answerTo(70)
      return { done: true }
    })
    const connection = recorded(
      line('c2s', { id: 1, method: 'turn/start' }),
      line('s2c', { id: 5, method: 'item/tool/call', params: { tool: 'x' } }),
      line('c2s', { id: 5, result: { ok: true } }),
      line('s2c', { id: 1, result: { done: true } }),
    )

    expect(await replay(connection, serverOf(peer))).toEqual({ compared: 2, differences: [] })
  })

  it('says what did not come, and what came unasked', async () => {
    const peer = new ScriptedPeer().on('turn/start', (_, { connection }) => {
      connection.notify('turn/completed', {})
      connection.notify('warning', {})
      return noAnswer
    })
    const connection = recorded(line('c2s', { id: 1, method: 'turn/start' }), line('s2c', { id: 1, result: {} }))

    expect(await replay(connection, serverOf(peer), { timeoutMs: 20 })).toEqual({
      compared: 1,
      differences: [
        'the answer to request 1 did not come',
        'notification turn/completed came and is not in the recording',
      ],
    })
  })
})
