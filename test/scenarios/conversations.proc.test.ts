import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '@gangway/protocol'
import { type ModelReply, manyDeltas, message, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Place, place } from './support/place.js'
import { startUnixSocket, startWebSocket } from './support/server-process.js'
import { Wire } from './support/wire.js'
import { ways } from './support/wires.js'

const APPROVAL = 'item/commandExecution/requestApproval'
const input = [{ type: 'text', text: 'go' }]

/** A place whose model says what is scripted. */
async function talkingPlace(replies: readonly ModelReply[]) {
  const at = place()
  const model = await startModelServer({ replies })
  const provider = `[model_providers.scripted]\nname = "scripted"\nbase_url = "${model.url}"\nwire_api = "responses"\nrequires_openai_auth = false\n`
  writeFileSync(join(at.codexHome, 'config.toml'), `model = "gpt-5.5"\nmodel_provider = "scripted"\n${provider}`)
  return {
    at,
    async [Symbol.asyncDispose]() {
      await model.close()
      at[Symbol.dispose]()
    },
  }
}

async function connected(url: string): Promise<Wire> {
  const socket = new WebSocket(url)
  const wire: Wire = new Wire(
    (text) => socket.send(text),
    async () => socket.terminate(),
  )
  socket.on('message', (data) => wire.take(String(data)))
  await once(socket, 'open')
  await wire.introduce()
  return wire
}

const notified = (method: string) => (one: Message) => one.type === 'notification' && one.method === method
const asked = (method: string) => (one: Message) => one.type === 'request' && one.method === method

/** Begins a thread and a turn in it. */
async function begin(wire: Wire): Promise<string> {
  wire.send({ id: 'thread', method: 'thread/start', params: {} })
  const answer = await wire.answer('thread')
  const threadId = (answer as unknown as { result: { thread: { id: string } } }).result.thread.id
  wire.send({ id: 'turn', method: 'turn/start', params: { threadId, input } })
  await wire.answer('turn')
  return threadId
}

const escalated = (cmd: string) =>
  respond([toolCall('exec_command', { cmd, sandbox_permissions: 'require_escalated', justification: 'try' })])

describe.each(ways)('a conversation $name', ({ open }) => {
  it('case 9: takes the experimental field of a stable method with the capability only', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce({ experimentalApi: false })

    wire.send({ id: 1, method: 'thread/start', params: { dynamicTools: [] } })

    expect(await wire.answer(1)).toMatchObject({
      error: { code: -32600, message: 'thread/start.dynamicTools requires experimentalApi capability' },
    })
  })
})

describe.each([
  ['a websocket', startWebSocket, (address: string) => address],
  ['a Unix socket', startUnixSocket, (address: string) => `ws+unix://${address}:/rpc`],
] as const)('a conversation over %s', (_, serve, urlOf) => {
  it('case 41: is brought to its end at SIGTERM, and the program leaves with 0', async () => {
    let goOn = () => {}
    const promise = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const reply = respond([message('a b', { chunks: ['a ', 'b'], before: { do: 'until', promise } })])
    await using talking = await talkingPlace([reply])
    const { child, address } = await serve(talking.at)
    const wire = await connected(urlOf(address))
    await begin(wire)
    await wire.sees(notified('item/agentMessage/delta'))
    const exit = once(child, 'exit')

    child.kill('SIGTERM')
    setTimeout(goOn, 200)

    expect(await wire.sees(notified('turn/completed'))).toMatchObject({ params: { turn: { status: 'completed' } } })
    expect(await exit).toEqual([0, null])
  })

  it('case 43: keeps its approval for the next connection, case 44: and takes the first of two answers', async () => {
    await using talking = await talkingPlace([escalated('true'), textReply('done')])
    await using server = await serve(talking.at)
    const first = await connected(urlOf(server.address))
    const threadId = await begin(first)
    const question = await first.sees(asked(APPROVAL))
    await first[Symbol.asyncDispose]()

    const [second, third] = [await connected(urlOf(server.address)), await connected(urlOf(server.address))]
    for (const wire of [second, third]) {
      wire.send({ id: 'resume', method: 'thread/resume', params: { threadId, excludeTurns: true } })
    }
    const [again, andAgain] = [await second.sees(asked(APPROVAL)), await third.sees(asked(APPROVAL))]
    const { id } = question as { id: number }
    second.send({ id, result: { decision: 'accept' } })
    third.send({ id, result: { decision: 'cancel' } })

    expect([again, andAgain]).toMatchObject([{ id }, { id }])
    for (const wire of [second, third]) {
      expect(await wire.sees(notified('serverRequest/resolved'))).toMatchObject({ params: { requestId: id } })
      expect(await wire.sees(notified('turn/completed'))).toMatchObject({ params: { turn: { status: 'completed' } } })
    }
    for (const wire of [second, third]) await wire[Symbol.asyncDispose]()
  })

  it('case 45: is read whole by a client that comes back', async () => {
    await using talking = await talkingPlace([respond([manyDeltas(2_000, 'word ')])])
    await using server = await serve(talking.at)
    const first = await connected(urlOf(server.address))
    const threadId = await begin(first)
    await first[Symbol.asyncDispose]()

    const second = await connected(urlOf(server.address))
    second.send({ id: 'resume', method: 'thread/resume', params: { threadId } })
    await second.answer('resume')
    const text = await wholeText(second, threadId)

    expect(text).toBe('word '.repeat(2_000))
    await second[Symbol.asyncDispose]()
  })
})

/** The agent's words once the thread is idle. */
async function wholeText(wire: Wire, threadId: string): Promise<unknown> {
  for (let id = 1; ; id++) {
    wire.send({ id, method: 'thread/read', params: { threadId, includeTurns: true } })
    const { result } = (await wire.answer(id)) as unknown as { result: { thread: Record<string, unknown> } }
    const { status, turns } = result.thread as { status: { type: string }; turns: { items: { text?: string }[] }[] }
    if (status.type === 'idle' && turns[0] !== undefined) return turns[0].items.at(-1)?.text
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('a conversation over standard input', () => {
  it('case 42: ends with its commands when the input ends', async () => {
    await using talking = await talkingPlace([escalated('echo $$ > pid; exec sleep 98765')])
    const stdio = ways.find(({ name }) => name === 'over stdio')!
    const wire = await stdio.open(talking.at as Place)
    await wire.introduce()
    await begin(wire)
    const question = await wire.sees(asked(APPROVAL))
    wire.send({ id: (question as { id: number }).id, result: { decision: 'accept' } })
    const pidFile = join(talking.at.home, 'pid')
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '')
      await new Promise((resolve) => setTimeout(resolve, 20))
    const pid = Number(readFileSync(pidFile, 'utf8'))

    await wire[Symbol.asyncDispose]()

    expect(() => process.kill(pid, 0)).toThrow('ESRCH')

    expect(wire.messages.filter(notified('turn/completed'))).toMatchObject([
      { params: { turn: { status: 'interrupted' } } },
    ])
  })
})
