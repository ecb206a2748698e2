import { readFileSync } from 'node:fs'
import { message, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { toolFamilies } from '../../src/tools/families.js'
import { ThreadPlace, words } from './thread-place.js'

const request = (text: string) => ({ input: words(text), clientUserMessageId: null, outputSchema: null })
const stalled = () => respond([message('half a', { before: { do: 'stall' } })])

it('begins a turn of its own for words that come while a turn is being stopped', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled(), textReply('heard')] }))
  const thread = await place.start()
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  const first = await thread.startTurn(request('go'))
  await half
  const end = place.next('turn/completed', ({ params }) => params.turn.id !== first.id)

  const stopped = thread.interrupt(first.id)
  expect(() => thread.steer(first.id, words('too late'), null)).toThrow('no active turn to steer')
  const second = await thread.startTurn(request('rather this'))
  await stopped

  expect(second.id).not.toBe(first.id)
  expect((await end).params.turn.status).toBe('completed')
  expect(JSON.stringify(place.model.requests[1]?.body)).toContain('rather this')
  await thread.close(1_000)
})

it('begins a turn of its own for words that come right behind a call to stop', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled(), textReply('heard')] }))
  const thread = await place.start()
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  const first = await thread.startTurn(request('go'))
  await half
  const end = place.next('turn/completed', ({ params }) => params.turn.id !== first.id)

  thread.willInterrupt(first.id)
  const second = thread.startTurn(request('rather this'))
  await thread.interrupt(first.id)

  expect((await second).id).not.toBe(first.id)
  expect((await end).params.turn.status).toBe('completed')
  await thread.close(1_000)
})

it('begins a turn of its own for words that come while the end of a turn is noted', async () => {
  await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('heard') }))
  const thread = await place.start()
  const noted = place.next('thread/readState/changed').then(() => thread.startTurn(request('and this')))
  const first = await place.turn(thread, 'go')
  const end = place.next('turn/completed')

  expect((await noted).id).not.toBe(first.params.turn.id)
  await end
  expect(JSON.stringify(place.model.requests[1]?.body)).toContain('and this')
  await thread.close(1_000)
})

it('tells the model what the person said while a command of theirs ran', async () => {
  await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('heard') }))
  place.families = toolFamilies
  const thread = await place.start()
  const started = place.next('item/started')
  const end = place.next('turn/completed')

  await thread.shellCommand('sleep 0.3; echo typed')
  await started
  await thread.startTurn(request('look at it'))
  await end

  const body = JSON.stringify(place.model.requests[0]?.body)
  expect(body.indexOf('look at it')).toBeGreaterThan(body.indexOf('<user_shell_command>'))
  await thread.close(1_000)
})

it('keeps what the person ran before they said anything', async () => {
  await using place = new ThreadPlace(await startModelServer({ otherwise: () => textReply('heard') }))
  place.families = toolFamilies
  const thread = await place.start()
  const end = place.next('turn/completed')

  await thread.shellCommand('echo typed first')
  await end
  await thread.close(1_000)

  expect(readFileSync(thread.path ?? '', 'utf8')).toContain('typed first')
})

it('keeps the end of a command that outlives its turn, as an item of that turn', async () => {
  const call = respond([
    toolCall('exec_command', { cmd: 'sleep 0.6; echo late', yield_time_ms: 250 }, { callId: 'c1' }),
  ])
  await using place = new ThreadPlace(await startModelServer({ replies: [call, textReply('it runs')] }))
  place.families = toolFamilies
  const thread = await place.start({ settings: place.settings({ sandboxPolicy: { type: 'dangerFullAccess' } }) })
  const late = place.next('item/completed', ({ params }) => params.item.type === 'commandExecution')
  const { params } = await place.turn(thread, 'go')

  const told = (await late).params

  expect(told).toMatchObject({ turnId: params.turn.id, contentTokenCount: null })
  expect(told.item.completedAtMs).toBeGreaterThan(told.item.startedAtMs)
  const lines = readFileSync(thread.path ?? '', 'utf8')
    .trimEnd()
    .split('\n')
  expect(JSON.parse(lines.at(-1) ?? '').payload).toMatchObject({
    type: 'item_completed',
    turn_id: params.turn.id,
    item: { type: 'CommandExecution', id: 'c1', aggregated_output: expect.stringMatching(/late\n$/) },
  })
  expect(thread.turns[0]?.items.at(-1)).toMatchObject({ type: 'agentMessage' })
  expect(thread.turns[0]?.items.find(({ id }) => id === 'c1')).toMatchObject({ status: 'completed' })
  await thread.close(1_000)
})
