import { describe, expect, it } from 'vitest'
import { Turnstile } from './support/deferred.js'
import { introduction, testHome } from './support/homes.js'
import { RawClient } from './support/raw-client.js'

const INITIALIZE = `${JSON.stringify({ id: 0, method: 'initialize', params: introduction() })}\n`
const DELTA = 'item/agentMessage/delta'
const ASK = '{"id":"next","method":"configRequirements/read"}\n'
const ANSWER = '{"id":"next","result":{"supportsIndependentSpeedModes":true,"requirements":null}}'

describe('lines over stdio', () => {
  it.each([
    ['text', 'not json\n'],
    ['nothing', '\n'],
    ['an empty array', '[]\n'],
    ['a batch', '[{"id":1,"method":"configRequirements/read"}]\n'],
    ['an empty object', '{}\n'],
    ['an id alone', '{"id":9}\n'],
    ['a scalar', '42\n'],
    ['a byte order mark', `\ufeff${ASK}`],
    ['two documents', `${ASK.trim()}${ASK}`],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])],
  ])('drops a line of %s with a word in the log, and answers the next', async (_what, line) => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE)
    client.write(line)
    client.write(ASK)

    expect((await client.received(2))[1]).toBe(ANSWER)
    expect(client.logged).toEqual([expect.stringContaining('ERROR dropped a line of the client: ')])
    await client.end()
    expect(client.lines).toHaveLength(2)
  })

  it.each([
    ['null', '{"id":null,"method":"config/read","params":{}}\n'],
    ['a fraction', '{"id":1.5,"method":"config/read","params":{}}\n'],
  ])('takes a call whose id is %s for a notification', async (_what, line) => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE)
    client.write(line)
    client.write(ASK)

    expect((await client.received(2))[1]).toBe(ANSWER)
    await client.end()
    expect(client.lines).toHaveLength(2)
  })

  it.each(['-3', '""', '0', '9007199254740993', '-9223372036854775808', '"1"', '"\\u00e9"'])(
    'gives back the id %s as it was',
    async (id) => {
      using home = testHome()
      const client = new RawClient(home).read()

      client.write(INITIALIZE)
      client.write(`{"id":${id},"method":"configRequirements/read"}\n`)

      const answer = (await client.received(2))[1] ?? ''
      expect(answer.startsWith(`{"id":${id.replace('\\u00e9', 'é')},"result":`)).toBe(true)
      await client.end()
    },
  )

  it.each([
    ['jsonrpc 2.0', '{"jsonrpc":"2.0","id":"next","method":"configRequirements/read"}\n'],
    ['jsonrpc 1.0', '{"jsonrpc":"1.0","id":"next","method":"configRequirements/read"}\n'],
    ['unknown members', '{"id":"next","method":"configRequirements/read","trace":null,"x":{}}\n'],
    ['CR LF', '{"id":"next","method":"configRequirements/read"}\r\n'],
    ['null params', '{"id":"next","method":"configRequirements/read","params":null}\n'],
  ])('takes a request with %s', async (_what, line) => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE)
    client.write(line)

    expect((await client.received(2))[1]).toBe(ANSWER)
    await client.end()
  })

  it.each(['{"id":1,"method":"config/read"}\n', '{"id":1,"method":"config/read","params":null}\n'])(
    'says that params are missing in %s',
    async (line) => {
      using home = testHome()
      const client = new RawClient(home).read()

      client.write(INITIALIZE)
      client.write(line)

      expect((await client.received(2))[1]).toBe(
        '{"error":{"code":-32600,"message":"Invalid request: missing field `params`"},"id":1}',
      )
      await client.end()
    },
  )

  it('keeps characters that arrive in two pieces, and separators that only look like line ends', async () => {
    using home = testHome()
    const client = new RawClient(home).read()
    const bytes = Buffer.from('{"id":"a\u2028é\u2029","method":"configRequirements/read"}\n')

    client.write(INITIALIZE)
    for (const byte of bytes) client.write(Uint8Array.of(byte))

    expect((await client.received(2))[1]).toContain('"id":"a\u2028é\u2029"')
    await client.end()
  })

  it('takes a line of 20 MB', async () => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE)
    client.write(`{"id":"next","pad":"${'x'.repeat(20_000_000)}","method":"configRequirements/read"}\n`)

    expect((await client.received(2))[1]).toBe(ANSWER)
    await client.end()
  })

  it('refuses a line over the limit by its id, and goes on', async () => {
    using home = testHome()
    const client = new RawClient(home, undefined, { maxLineBytes: 1_000 }).read()

    client.write(INITIALIZE)
    client.write(`{"id":"long","method":"config/read","params":{"cwd":"${'x'.repeat(2_000)}"}}\n`)
    client.write(ASK)

    expect((await client.received(3)).slice(1)).toEqual([
      '{"error":{"code":-32600,"message":"Invalid request: the message is too large","data":{"reason":"tooLarge"}},"id":"long"}',
      ANSWER,
    ])
    await client.end()
  })

  it('answers two open requests with one id twice', async () => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE)
    client.write(ASK + ASK)

    expect((await client.received(3)).slice(1)).toEqual([ANSWER, ANSWER])
    await client.end()
  })

  it('answers the last line without its end when the input ends', async () => {
    using home = testHome()
    const client = new RawClient(home).read()

    client.write(INITIALIZE + ASK.trim())
    await client.end()

    expect(client.lines.at(-1)).toBe(ANSWER)
  })
})

describe('events over stdio for a client that does not read', () => {
  it('H9: are held within bounds, and make their producer wait, and lose no letter', async () => {
    using home = testHome()
    const client = new RawClient(home)
    client.write(INITIALIZE)
    while (client.runtime.outgoing.connections.length === 0) await new Promise(setImmediate)
    const [connection] = client.runtime.outgoing.connections
    const text = Array.from({ length: 3_000_000 }, (_, at) => `${at} `).join('')
    const say = async () => {
      for (let at = 0; at < text.length; at += 1_000) {
        const delta = text.slice(at, at + 1_000)
        await client.runtime.broadcast(DELTA, { threadId: 't', turnId: 'u', itemId: 'i', delta })
      }
    }

    const said = say()
    while (connection?.events.isBlocked !== true) await new Promise(setImmediate)
    const held = connection.events.bytes + client.output.readableLength + client.output.writableLength
    client.read()
    await said
    await client.end()

    expect(held).toBeLessThan(12_000_000)
    const deltas = client.lines.map((line) => JSON.parse(line) as { method?: string; params?: { delta: string } })
    const got = deltas.flatMap(({ method, params }) => (method === DELTA ? [params?.delta] : [])).join('')
    expect(got === text).toBe(true)
  })
})

describe('a flood over stdio', () => {
  it('answers every one of 20,000 requests that come at once', async () => {
    using home = testHome()
    const client = new RawClient(home).read()
    const ids = Array.from({ length: 20_000 }, (_, id) => id + 1)

    client.write(INITIALIZE)
    client.write(ids.map((id) => `{"id":${id},"method":"configRequirements/read"}\n`).join(''))

    const answers = (await client.received(ids.length + 1)).slice(1).map((line) => JSON.parse(line) as Answer)
    expect(answers.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids)
    for (const { result, error } of answers) if (result === undefined) expect(error).toEqual(OVERLOADED)
    await client.end()
  })

  it('refuses what is over its limit at once, and finishes the rest', async () => {
    using home = testHome()
    const gate = new Turnstile()
    const read = () => gate.passed(1).then(() => ({ config: {}, origins: {} }))
    const client = new RawClient(home, { 'config/read': read }).read()

    client.write(INITIALIZE)
    client.write(Array.from({ length: 1_030 }, (_, id) => `{"id":${id},"method":"config/read","params":{}}\n`).join(''))
    const refused = (await client.received(7)).slice(1).map((line) => JSON.parse(line) as Answer)
    gate.pass()

    expect(refused.map(({ id }) => id)).toEqual([1_024, 1_025, 1_026, 1_027, 1_028, 1_029])
    expect(refused.map(({ error }) => error)).toEqual(Array.from({ length: 6 }, () => OVERLOADED))
    await client.received(1_031)
    await client.end()
  })

  it('stops reading while its answers are not read, and loses none', async () => {
    using home = testHome()
    const client = new RawClient(home)
    const long = 'x'.repeat(100_000)
    const count = 400

    client.write(INITIALIZE)
    for (let id = 0; id < count; id += 1) {
      client.write(`{"id":"${id}-${long}","method":"configRequirements/read"}\n`)
      await new Promise(setImmediate)
    }
    const held = client.output.readableLength + client.output.writableLength
    client.read()

    await client.received(count + 1)
    expect(held).toBeLessThan(20_000_000)
    await client.end()
  })
})

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: unknown
}

const OVERLOADED = {
  code: -32001,
  message: 'Server overloaded; retry later.',
  data: { reason: 'overloaded', retryable: true },
}

it('H17: says in the log that a pattern opts out of nothing', async () => {
  using home = testHome()
  const client = new RawClient(home).read()
  const capabilities = { optOutNotificationMethods: ['thread/*', 'configWarning', 'bogus'] }

  client.write(`${JSON.stringify({ id: 0, method: 'initialize', params: introduction(capabilities) })}\n`)
  await client.received(1)

  expect(client.logged).toEqual([
    expect.stringContaining('WARN tester opts out of what is never sent: thread/*, bogus'),
  ])
  await client.end()
})
