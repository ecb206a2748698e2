import { message, respond, startModelServer, textReply, toolCall } from '@gangway/testkit'
import { expect, it } from 'vitest'
import type { Tool } from '../../src/tools/tool.js'
import { ThreadPlace, words } from './thread-place.js'

const request = (text: string) => ({ input: words(text), clientUserMessageId: null, outputSchema: null })
const stalled = () => respond([message('half a', { before: { do: 'stall' } })])

/** A tool that runs until it is told to end. */
function waitingTool(): Tool & { finish: () => void; started: Promise<void> } {
  let finish = () => {}
  let begun = () => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  return {
    name: 'wait',
    namespace: null,
    spec: null,
    isParallel: true,
    finish,
    started,
    run: async (_, { signal }) => {
      begun()
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
      await Promise.race([finished, aborted])
      return { output: 'waited', success: true }
    },
  }
}

it('cuts what the model says when the person steers, and drops the half message', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled(), textReply('got it')] }))
  const thread = await place.start()
  const end = place.next('turn/completed')
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  const turn = await thread.startTurn(request('go'))
  await half

  expect(thread.steer(turn.id, words('rather this'), null)).toBe(turn.id)
  await end

  const completed = place.told.filter(({ method }) => method === 'item/completed').map(({ params }) => params.item)
  expect(completed.map(({ type, text, content }) => text ?? `${type} ${content[0].text}`)).toEqual([
    'userMessage go',
    'userMessage rather this',
    'got it',
  ])
  expect(JSON.stringify(place.model.requests[1]?.body)).not.toContain('half a')
  await thread.close(1_000)
})

it('answers a second start with the turn under way', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled(), textReply('got it')] }))
  const thread = await place.start()
  const end = place.next('turn/completed')
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  const first = await thread.startTurn(request('go'))
  await half

  const second = await thread.startTurn(request('and that'))
  await end

  expect(second.id).toBe(first.id)
  expect(place.methods.filter((method) => method === 'turn/started')).toHaveLength(1)
  await thread.close(1_000)
})

it('waits for a running tool before it tells the model what the person said', async () => {
  const call = respond([toolCall('wait', {}, { callId: 'c1' })])
  await using place = new ThreadPlace(await startModelServer({ replies: [call, textReply('saw it')] }))
  const tool = waitingTool()
  place.tools = [tool]
  const thread = await place.start()
  const end = place.next('turn/completed')
  const turn = await thread.startTurn(request('go'))
  await tool.started

  thread.steer(turn.id, words('more'), null)
  tool.finish()
  await end

  const body = JSON.stringify(place.model.requests[1]?.body)
  expect(body.indexOf('waited')).toBeGreaterThan(0)
  expect(body.indexOf('"more"')).toBeGreaterThan(body.indexOf('waited'))
  await thread.close(1_000)
})

it('interrupts a running tool, and tells the model what became of it', async () => {
  const call = respond([toolCall('wait', {}, { callId: 'c1' })])
  await using place = new ThreadPlace(await startModelServer({ replies: [call, textReply('later')] }))
  const tool = waitingTool()
  place.tools = [tool]
  const thread = await place.start()
  const end = place.next('turn/completed')
  const turn = await thread.startTurn(request('go'))
  await tool.started

  await thread.interrupt(turn.id)
  expect((await end).params.turn).toMatchObject({ status: 'interrupted', items: [] })
  await place.turn(thread, 'next')

  const body = JSON.stringify(place.model.requests[1]?.body)
  expect(body).toContain('aborted by user after')
  expect(body).toContain('<turn_aborted>')
  await thread.close(1_000)
})

it('refuses to steer or interrupt what is not under way, in the words of the reference', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled()] }))
  const thread = await place.start()
  expect(() => thread.steer('a', words('x'), null)).toThrow('no active turn to steer')
  await expect(thread.interrupt('a')).rejects.toThrow('no active turn to interrupt')
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  const { id } = await thread.startTurn(request('go'))
  await half

  expect(() => thread.steer('a', words('x'), null)).toThrow(`expected active turn id \`a\` but found \`${id}\``)
  await expect(thread.interrupt('a')).rejects.toThrow(`expected active turn id a but found ${id}`)

  await thread.close(1_000)
})

it('ends the turn under way when the thread is closed', async () => {
  await using place = new ThreadPlace(await startModelServer({ replies: [stalled()] }))
  const thread = await place.start()
  const half = place.next('item/started', ({ params }) => params.item.type === 'agentMessage')
  await thread.startTurn(request('go'))
  await half

  await thread.close(1_000)

  expect(place.methods.at(-1)).toBe('turn/completed')
})
