import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AnswerThen, type Handlers } from '../../src/handler.js'
import { inSpan, isTraced } from '../../src/observe/tracing.js'
import { introduction, testHome } from '../support/homes.js'
import { transports } from '../support/peer.js'
import { RawClient } from '../support/raw-client.js'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const spans = new InMemorySpanExporter()

function collect(): void {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
}

/** What matters of the spans that have ended: name, name of the parent, and the status. */
function ended() {
  const all = spans.getFinishedSpans()
  const nameOf = (id: string | undefined) => all.find((span) => span.spanContext().spanId === id)?.name ?? id
  return all.map((span) => ({
    name: span.name,
    parent: nameOf(span.parentSpanContext?.spanId),
    status: span.status.code,
    attributes: span.attributes,
  }))
}

afterEach(() => {
  trace.disable()
  context.disable()
  spans.reset()
})

describe('without an SDK', () => {
  it('is not traced, and work is simply called, at once', () => {
    expect(isTraced()).toBe(false)
    expect(inSpan('x', {}, () => 7)).toBe(7)
  })
})

describe('with an SDK', () => {
  beforeEach(collect)

  it('makes a span of a request, joined to the trace that the wire names', async () => {
    using home = testHome()
    const client = new RawClient(home).read()
    const traceparent = `00-${TRACE_ID}-${PARENT}-01`

    client.write(
      `${JSON.stringify({ id: 1, method: 'initialize', params: introduction(), trace: { traceparent, tracestate: 'a=b' } })}\n`,
    )
    await client.received(1)
    await client.end()

    expect(ended()).toEqual([
      {
        name: 'initialize',
        parent: PARENT,
        status: 0,
        attributes: { 'rpc.system': 'jsonrpc', 'rpc.method': 'initialize', 'gangway.connection_id': 0 },
      },
    ])
    const [span] = spans.getFinishedSpans()
    expect(span?.spanContext()).toMatchObject({ traceId: TRACE_ID })
    expect(span?.spanContext().traceState?.serialize()).toBe('a=b')
    expect(span?.kind).toBe(1)
  })

  it.each(['00-0-0-01', `ff-${TRACE_ID}-${PARENT}-01`, `00-${'0'.repeat(32)}-${PARENT}-01`, 7, null])(
    'begins a trace of its own where the wire names none: %s',
    async (traceparent) => {
      using home = testHome()
      const client = new RawClient(home).read()

      client.write(
        `${JSON.stringify({ id: 1, method: 'initialize', params: introduction(), trace: { traceparent } })}\n`,
      )
      const [answer] = await client.received(1)
      await client.end()

      expect(answer).toContain('"result"')
      expect(ended()).toMatchObject([{ name: 'initialize', parent: undefined }])
    },
  )

  it.each(transports)('says of a refused request that it failed, and with which code, $name', async ({ serve }) => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()

    await peer.request('config/read', {}).catch(() => {})

    expect(ended()).toMatchObject([
      { name: 'config/read', status: 2, attributes: { 'rpc.jsonrpc.error_code': -32600 } },
    ])
  })

  it.each(transports)('answers in order although the first request waits for the library, $name', async ({ serve }) => {
    using home = testHome()
    await using server = serve(home)
    const peer = server.connect()

    const answers = [peer.request('initialize', introduction()), peer.request('configRequirements/read')]

    await expect(Promise.all(answers)).resolves.toHaveLength(2)
  })

  it('keeps what is done after an answer in the request’s trace', async () => {
    using home = testHome()
    let finish: () => void = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const standIns: Handlers = {
      'configRequirements/read': () =>
        new AnswerThen({ requirements: null }, () => inSpan('later', {}, () => finish())) as never,
    }
    await using server = transports[0]!.serve(home, standIns)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    await peer.request('configRequirements/read')
    await finished

    expect(ended()).toContainEqual(expect.objectContaining({ name: 'later', parent: 'configRequirements/read' }))
  })

  it('makes a span of an import, and of each of its items, within that of the request', async () => {
    using home = testHome()
    mkdirSync(join(home.root, '.claude', 'skills', 'tie'), { recursive: true })
    writeFileSync(
      join(home.root, '.claude', 'skills', 'tie', 'SKILL.md'),
      '---\nname: tie\ndescription: d\n---\nText\n',
    )
    writeFileSync(join(home.root, '.claude', 'CLAUDE.md'), '# Notes\n')
    await using server = transports[0]!.serve(home)
    const peer = server.connect()
    await peer.request('initialize', introduction())
    const { items } = (await peer.request('externalAgentConfig/detect', { includeHome: true })) as { items: object[] }
    expect(items.length).toBeGreaterThan(1)

    await peer.request('externalAgentConfig/import', { migrationItems: items })
    await peer.events.next('externalAgentConfig/import/completed')
    await server.runtime.close()

    const request = 'externalAgentConfig/import'
    const all = ended()
    expect(all).toContainEqual(expect.objectContaining({ name: 'import', parent: request }))
    expect(all.filter(({ name }) => name === 'import item').map(({ parent }) => parent)).toEqual(
      items.map(() => 'import'),
    )
  })
})
