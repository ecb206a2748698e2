import { existsSync } from 'node:fs'
import { readThread } from '@gangway/home'
import { message, reasoning, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { ThreadPlace } from './thread-place.js'

it('tells a turn in the order of the reference, and ends with turn/completed', async () => {
  const reply = respond([reasoning(['**Thinking** about it']), message('Hi there')])
  await using place = new ThreadPlace(await startModelServer({ replies: [reply] }))
  const thread = await place.start()

  const end = await place.turn(thread, 'hello')

  expect(place.methods).toEqual([
    'thread/status/changed',
    'turn/started',
    'item/started userMessage',
    'item/completed userMessage',
    'item/started reasoning',
    'item/reasoning/summaryPartAdded',
    'item/completed reasoning',
    'item/started agentMessage',
    'item/completed agentMessage',
    'thread/tokenUsage/updated',
    'account/rateLimits/updated',
    'thread/readState/changed',
    'thread/status/changed',
    'turn/completed',
  ])
  expect(end.params.turn).toMatchObject({ status: 'completed', itemsView: 'summary', items: [{ text: 'Hi there' }] })
  await thread.close(1_000)
})

it('makes the file with the first words, and what it holds reads as the same items', async () => {
  const reply = respond([reasoning(['**Thinking** about it']), message('Hi there')])
  await using place = new ThreadPlace(await startModelServer({ replies: [reply] }))
  const thread = await place.start()
  expect(thread.path).toBeNull()

  await place.turn(thread, 'hello')

  const { head, turns } = await readThread(thread.path ?? '')
  const told = place.told.filter(({ method }) => method === 'item/completed').map(({ params }) => params.item.id)
  expect(head.preview).toBe('hello')
  expect(turns).toHaveLength(1)
  expect(turns[0]?.status).toBe('completed')
  expect(turns[0]?.items.map(({ id }) => id)).toEqual(told)
  await thread.close(1_000)
})

it('runs the calls of a response, and asks again with their outputs', async () => {
  const calls = respond([toolCall('echo', { say: 'a' }, { callId: 'c1' }), toolCall('nobody', {}, { callId: 'c2' })])
  await using place = new ThreadPlace(await startModelServer({ replies: [calls, textReply('done')] }))
  place.tools = [
    {
      name: 'echo',
      namespace: null,
      spec: { type: 'function', name: 'echo' },
      isParallel: true,
      run: async ({ input }) => ({ output: `heard ${input}`, success: true }),
    },
  ]
  const thread = await place.start()

  await place.turn(thread, 'go')

  const second = (await place.model.request(1)).body as { input: { type: string; call_id?: string; output?: string }[] }
  const outputs = second.input.filter(({ type }) => type === 'function_call_output')
  expect(outputs.map(({ call_id, output }) => [call_id, output])).toEqual([
    ['c1', 'heard {"say":"a"}'],
    ['c2', 'unsupported call: nobody'],
  ])
  await thread.close(1_000)
})

it('goes on with a thread from its file, with the whole history', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('one'), textReply('two')] }))
  const thread = await place.start()
  await place.turn(thread, 'first')
  const path = thread.path ?? ''
  await thread.close(1_000)

  const again = await place.resume(thread.threadId, path)
  await place.turn(again, 'second')

  const input = (await place.model.request(1)).body as { input: { role?: string; content?: { text: string }[] }[] }
  const said = input.input.map(({ role, content }) => `${role}: ${content?.at(-1)?.text.slice(0, 12)}`)
  expect(said.slice(-3)).toEqual(['user: first', 'assistant: one', 'user: second'])
  expect(said.filter((line) => line.includes('<environment'))).toHaveLength(1)
  await again.close(1_000)
})

it('keeps an ephemeral thread off the disk', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [textReply('one')] }))
  const thread = await place.start({ isEphemeral: true })

  await place.turn(thread, 'first')

  expect(thread.path).toBeNull()
  expect(existsSync(place.home)).toBe(false)
  expect(thread.turns).toHaveLength(1)
  await thread.close(1_000)
})
