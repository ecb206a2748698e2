import { manyDeltas, refusal, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'

const ask = (url: string, body: object = { model: 'm' }) =>
  fetch(`${url}/responses`, { method: 'POST', body: JSON.stringify(body) })

const events = (text: string) =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => JSON.parse(part.replace(/^event: .*\ndata: /, '')) as { type: string; delta?: string })

it('streams the scripted items as events, from created to completed', async () => {
  await using model = await startModelServer({ replies: [respond([toolCall('ls', { a: 1 })])] })

  const response = await ask(model.url)
  const seen = events(await response.text())

  expect(seen.map(({ type }) => type)).toEqual([
    'response.created',
    'response.output_item.added',
    'response.function_call_arguments.delta',
    'response.function_call_arguments.done',
    'response.output_item.done',
    'response.completed',
  ])
})

it('records each request with headers and parsed body', async () => {
  await using model = await startModelServer({ replies: [textReply('x')] })

  const response = await ask(model.url, { model: 'm', input: [1] })
  await response.text()

  expect((await model.request(0)).body).toEqual({ model: 'm', input: [1] })
  expect(model.requests[0]?.headers['content-type']).toContain('text/plain')
})

it('refuses with the scripted status, body and headers', async () => {
  await using model = await startModelServer({ replies: [refusal(429, 'slow', { 'retry-after': '7' })] })

  const response = await ask(model.url)

  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '7', 'slow'])
})

it('ends a cut stream without its last event', async () => {
  await using model = await startModelServer({ replies: [respond([], { end: 'cut' })] })

  const response = await ask(model.url)

  expect(events(await response.text()).map(({ type }) => type)).toEqual(['response.created'])
})

it('sends thousands of deltas, all of them', async () => {
  await using model = await startModelServer({ replies: [respond([manyDeltas(5_000, '{n},')])] })

  const response = await ask(model.url)
  const deltas = events(await response.text()).filter(({ type }) => type === 'response.output_text.delta')

  expect(deltas.length).toBe(5_000)
  expect(deltas.at(-1)?.delta).toBe('4999,')
})

it('lists its models', async () => {
  await using model = await startModelServer({ models: ['a', 'b'] })

  const response = await fetch(`${model.url}/models`)

  expect(((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['a', 'b'])
})

it('says when a client leaves a stalled answer', async () => {
  await using model = await startModelServer({ replies: [respond([], { end: 'stall' })] })
  const controller = new AbortController()
  const asked = fetch(`${model.url}/responses`, { method: 'POST', body: '{}', signal: controller.signal })
  const request = await model.request(0)
  await asked

  controller.abort()

  await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
  expect(request.signal.aborted).toBe(true)
})
