import type { Message } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { place } from './support/place.js'
import { textWays, ways } from './support/wires.js'

const refused = (message: unknown, code = -32600) => ({ type: 'error', error: { code, message } })

describe.each(ways)('messages, $name', ({ open }) => {
  it('case 1: refuses known methods before initialize, and keeps ids apart by their type', async () => {
    using at = place()
    await using wire = await open(at)

    wire.send({ id: 1, method: 'thread/list', params: {} })
    wire.send({ id: '1', method: 'thread/list', params: {} })

    expect(await wire.answer(1)).toMatchObject(refused('Not initialized'))
    expect(await wire.answer('1')).toMatchObject(refused('Not initialized'))
  })

  it('case 2: names an unknown method as such, even before initialize', async () => {
    using at = place()
    await using wire = await open(at)

    wire.send({ id: 1, method: 'no/such', params: {} })

    expect(await wire.answer(1)).toMatchObject(
      refused(expect.stringMatching(/^Invalid request: unknown variant `no\/such`, expected one of/)),
    )
  })

  it('case 3: refuses a second initialize', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send({ id: 2, method: 'initialize', params: { clientInfo: { name: 'b', version: '1' } } })

    expect(await wire.answer(2)).toMatchObject(refused('Already initialized'))
  })

  it('case 4: names the field that an initialize lacks, and takes a good one after it', async () => {
    using at = place()
    await using wire = await open(at)

    wire.send({ id: 1, method: 'initialize', params: {} })
    wire.send({ id: 2, method: 'initialize', params: { clientInfo: { name: 'a' } } })
    wire.send({ id: 3, method: 'initialize' })

    expect(await wire.answer(1)).toMatchObject(refused('Invalid request: missing field `clientInfo`'))
    expect(await wire.answer(2)).toMatchObject(refused('Invalid request: missing field `version`'))
    expect(await wire.answer(3)).toMatchObject(refused('Invalid request: missing field `params`'))
    expect(await wire.introduce()).toMatchObject({ type: 'response' })
  })

  it('case 5: refuses a client name with a line break, and takes one with an umlaut', async () => {
    using at = place()
    await using wire = await open(at)

    wire.send({ id: 1, method: 'initialize', params: { clientInfo: { name: 'bad\nname', version: '1' } } })
    wire.send({ id: 2, method: 'initialize', params: { clientInfo: { name: 'ünïcode', version: '1' } } })

    expect(await wire.answer(1)).toMatchObject(refused(expect.stringMatching(/^Invalid clientInfo\.name: /)))
    expect(await wire.answer(2)).toMatchObject({ type: 'response' })
  })

  it('case 6: says who it is in four members, and in words that clients take apart', async () => {
    using at = place()
    await using wire = await open(at)

    const { result } = (await wire.introduce()) as unknown as { result: Record<string, string> }

    expect(Object.keys(result).sort()).toEqual(['codexHome', 'platformFamily', 'platformOs', 'userAgent'])
    expect(result.userAgent).toMatch(/^scenario\/\S+ \(.*\) \S+ \(scenario; 1\.0\)$/)
  })

  it('case 7: needs no initialized, and takes any number of them', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send({ id: 1, method: 'configRequirements/read' })
    wire.send({ method: 'initialized' })
    wire.send({ method: 'initialized' })
    wire.send({ id: 2, method: 'configRequirements/read' })

    expect(await wire.answer(1)).toMatchObject({ type: 'response' })
    expect(await wire.answer(2)).toMatchObject({ type: 'response' })
  })

  it.each([
    [['configWarning'], 0],
    [['config*', 'bogus'], 1],
  ])('case 8: opting out of %j leaves %d warnings of a bad config.toml', async (optOutNotificationMethods, count) => {
    using at = place()
    at.write('.codex/config.toml', 'model = \n')
    await using wire = await open(at)
    await wire.introduce({ experimentalApi: true, optOutNotificationMethods })

    if (count > 0) await wire.sees((message) => message.type === 'notification')
    wire.send({ id: 1, method: 'configRequirements/read' })
    await wire.answer(1)

    expect(wire.messages.filter(({ type }) => type === 'notification')).toHaveLength(count)
  })

  it('case 9: refuses experimental methods and fields to who did not ask for them', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce(null)

    wire.send({ id: 1, method: 'externalAgentConfig/import', params: { migrationItems: [], planDigest: 'x' } })
    wire.send({ id: 2, method: 'externalAgentConfig/import/preview', params: { migrationItems: [] } })

    const message = (what: string) => `${what} requires experimentalApi capability`
    expect(await wire.answer(1)).toMatchObject(refused(message('externalAgentConfig/import.planDigest')))
    expect(await wire.answer(2)).toMatchObject(refused(message('externalAgentConfig/import/preview')))
  })

  it('case 12: gives ids back as they were', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    for (const id of ['-3', '""', '9007199254740993']) wire.send(`{"id":${id},"method":"configRequirements/read"}`)

    await Promise.all([wire.answer(-3), wire.answer(''), wire.answer(9007199254740993n)])
    expect(wire.texts.filter((text) => text.startsWith('{"id":9007199254740993,'))).toHaveLength(1)
  })

  it('case 13: takes any jsonrpc member, and never says one', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send({ jsonrpc: '2.0', id: 1, method: 'configRequirements/read' })
    wire.send({ jsonrpc: '1.0', id: 2, method: 'configRequirements/read' })

    await Promise.all([wire.answer(1), wire.answer(2)])
    expect(wire.texts.join()).not.toContain('jsonrpc')
  })
})

describe.each(textWays)('texts, $name', ({ open }) => {
  it('case 14: names params that are missing or null where the method needs them', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send({ id: 1, method: 'config/value/write' })
    wire.send({ id: 2, method: 'config/value/write', params: null })

    expect(await wire.answer(1)).toMatchObject(refused('Invalid request: missing field `params`'))
    expect(await wire.answer(2)).toMatchObject(refused('Invalid request: missing field `params`'))
  })

  it('case 10: says nothing to what is no message, and goes on', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    const rubbish = ['not json', '', '[]', '[{"id":1,"method":"x"}]', '{}', '{"id":9}', '7', 'null', '\uFEFF{"id":8}']
    for (const text of rubbish) wire.send(text)
    wire.send({ id: 1, method: 'configRequirements/read' })

    await wire.answer(1)
    expect(wire.texts).toHaveLength(2)
  })

  it('case 11: takes a method with an id that is none for a notification', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send('{"id":null,"method":"configRequirements/read"}')
    wire.send('{"id":1.5,"method":"configRequirements/read"}')
    wire.send({ id: 1, method: 'configRequirements/read' })

    await wire.answer(1)
    expect(wire.texts).toHaveLength(2)
  })

  it('case 20: ignores an answer to what it has not asked', async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    wire.send({ id: 77, result: {} })
    wire.send({ id: 78, error: { code: 1, message: 'no' } })
    wire.send({ id: 1, method: 'configRequirements/read' })

    await wire.answer(1)
    expect(wire.texts).toHaveLength(2)
  })

  it('case 46: answers every one of 20,000 requests that come at once', { timeout: 60_000 }, async () => {
    using at = place()
    await using wire = await open(at)
    await wire.introduce()

    for (let id = 0; id < 20_000; id += 1) wire.send(`{"id":${id},"method":"configRequirements/read"}`)

    await wire.sees(() => wire.messages.length >= 20_001)
    const answered = new Set(wire.messages.map((message) => 'id' in message && message.id))
    const refusals = wire.messages.filter(({ type }) => type === 'error')
    expect(answered.size).toBe(20_001)
    expect(refusals.filter((one) => !isOverload(one))).toEqual([])
  })
})

function isOverload(message: Message): boolean {
  if (message.type !== 'error') return false
  const { code, data } = message.error
  return code === -32001 && JSON.stringify(data) === '{"reason":"overloaded","retryable":true}'
}
