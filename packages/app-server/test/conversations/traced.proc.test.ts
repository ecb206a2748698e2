import { message, respond, toolCall } from '@gangway/testkit'
import { context, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { transports } from '../support/peer.js'
import { begun, introduced, said, talk } from './support.js'

const spans = new InMemorySpanExporter()

beforeEach(() => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
})
afterEach(() => {
  trace.disable()
  context.disable()
  spans.reset()
})

describe.each(transports)('a traced turn, $name', ({ serve }) => {
  it('has a span of its own, and one for each tool within it', async () => {
    const replies = [respond([toolCall('exec_command', { cmd: 'true', login: false })]), respond([message('Done.')])]
    await using place = await talk({ replies })
    const ids = { threadId: '', turnId: '' }
    {
      await using server = serve(place.options)
      const peer = await introduced(server.connect())
      const begin = { cwd: place.home.root, sandbox: 'danger-full-access', approvalPolicy: 'never' }
      ids.threadId = (await begun(peer, begin)).thread.id
      ids.turnId = await said(peer, ids.threadId, 'go')
    }

    const all = spans.getFinishedSpans()
    const turn = all.find(({ name }) => name === 'turn')
    const tool = all.find(({ name }) => name === 'tool')

    expect(turn?.attributes).toEqual({ 'gangway.thread_id': ids.threadId, 'gangway.turn_id': ids.turnId })
    expect(tool?.attributes).toMatchObject({ 'gangway.tool': 'exec_command' })
    expect(tool?.parentSpanContext?.spanId).toBe(turn?.spanContext().spanId)
  })
})
