import { message, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { summaryPreamble } from '../../src/compaction.js'
import { ThreadPlace } from './thread-place.js'

const big = { input: 245_000, output: 500 }
const textsOf = (body: unknown) =>
  (body as { input: { content?: { text?: string }[] }[] }).input.flatMap(
    ({ content }) => content?.map(({ text }) => text ?? '') ?? [],
  )

it('sums up before the next words when the last response was too large', async () => {
  const replies = [respond([message('big one')], { usage: big }), textReply('SUMMARY'), textReply('after')]
  await using place = new ThreadPlace(await startModelServer({ replies }))
  const thread = await place.start()
  await place.turn(thread, 'first')
  place.told.length = 0

  await place.turn(thread, 'second')

  expect(place.methods.slice(0, 10)).toEqual([
    'thread/status/changed',
    'turn/started',
    'item/started contextCompaction',
    'thread/tokenUsage/updated',
    'thread/tokenUsage/updated',
    'account/rateLimits/updated',
    'thread/tokenUsage/updated',
    'account/rateLimits/updated',
    'item/completed contextCompaction',
    'item/started userMessage',
  ])
  const texts = textsOf(place.model.requests[2]?.body)
  expect(texts).toContain('first')
  expect(texts).not.toContain('big one')
  expect(texts.at(-2)).toBe(`${summaryPreamble}\nSUMMARY`)
  expect(texts.at(-1)).toBe('second')
  await thread.close(1_000)
})

it('sums up between a tool and the next request of the same turn', async () => {
  const replies = [respond([toolCall('none', {})], { usage: big }), textReply('SUMMARY'), textReply('after')]
  await using place = new ThreadPlace(await startModelServer({ replies }))
  const thread = await place.start()

  const end = await place.turn(thread, 'first')

  expect(end.params.turn.items[0].text).toBe('after')
  expect(place.methods.filter((method) => method.endsWith('contextCompaction'))).toHaveLength(2)
  expect(place.model.requests[1]?.body).not.toHaveProperty('tools')
  await thread.close(1_000)
})

it('goes on from the summary after a restart', async () => {
  const replies = [textReply('one'), textReply('SUMMARY'), textReply('two')]
  await using place = new ThreadPlace(await startModelServer({ replies }))
  const thread = await place.start()
  await place.turn(thread, 'first')
  const end = place.next('turn/completed')
  await thread.compact()
  await end
  await thread.close(1_000)

  const again = await place.resume(thread.threadId, thread.path ?? '')
  await place.turn(again, 'second')

  const texts = textsOf(place.model.requests[2]?.body)
  expect(texts).not.toContain('one')
  expect(texts.slice(-2)).toEqual([`${summaryPreamble}\nSUMMARY`, 'second'])
  await again.close(1_000)
})
