import { type ModelReply, message, modelId, refusal, respond, startModelServer, textReply } from '@gangway/testkit'
import { expect, it } from 'vitest'
import { ThreadPlace } from './thread-place.js'

const failed = (code: string, text: string) => respond([], { end: { failed: { code, message: text } } })
const sad = refusal(500, { error: { message: 'server sad' } })

/** What one turn with these replies tells of failures, and how many requests it took. */
async function turnWith(replies: readonly ModelReply[], provider: Record<string, unknown> = {}) {
  await using place = new ThreadPlace(await startModelServer({ replies }), provider)
  const thread = await place.start({ isEphemeral: true })
  const end = await place.turn(thread, 'go')
  const errors = place.told.filter(({ method }) => method === 'error').map(({ params }) => params)
  const requests = place.model.requests.length
  await thread.close(1_000)
  return {
    requests,
    status: end.params.turn.status,
    error: end.params.turn.error,
    retries: errors.filter(({ willRetry }) => willRetry).map(({ error }) => [error.message, error.additionalDetails]),
    infos: errors.filter(({ willRetry }) => willRetry).map(({ error }) => error.codexErrorInfo),
    statuses: place.told
      .filter(({ method }) => method === 'thread/status/changed')
      .map(({ params }) => params.status.type),
    last: place.methods.slice(-3),
  }
}

it('retries a server error within each attempt, then the attempt, and fails as systemError', async () => {
  const { requests, retries, error, statuses, last } = await turnWith(Array(9).fill(sad))

  expect(requests).toBe(9)
  expect(retries.map(([text]) => text)).toEqual(['Reconnecting... 1/2', 'Reconnecting... 2/2'])
  expect(error.codexErrorInfo).toBe('internalServerError')
  expect(statuses).toEqual(['active', 'systemError'])
  expect(last).toEqual(['thread/status/changed', 'error', 'turn/completed'])
})

it('does not tell of one server error', async () => {
  const { requests, retries, status } = await turnWith([sad, textReply('recovered')])

  expect([requests, retries, status]).toEqual([2, [], 'completed'])
})

it('does not retry a bad request, and tells its body', async () => {
  const { requests, error } = await turnWith([refusal(400, '{"error":{"message":"bad thing"}}')])

  expect(requests).toBe(1)
  expect(error).toMatchObject({ message: '{"error":{"message":"bad thing"}}', codexErrorInfo: 'other' })
})

it('retries a refused key as a stream', async () => {
  const { requests, retries, infos, error } = await turnWith(
    Array(3).fill(refusal(401, { error: { message: 'no auth' } })),
  )

  expect(requests).toBe(3)
  expect(retries[0]?.[1]).toMatch(
    /^unexpected status 401 Unauthorized: no auth, url: http:\/\/127\.0\.0\.1:\d+\/v1\/responses$/,
  )
  expect(infos[0]).toEqual({ responseStreamDisconnected: { httpStatusCode: 401 } })
  expect(error.codexErrorInfo).toEqual({ httpConnectionFailed: { httpStatusCode: 401 } })
})

it('retries too many requests only where the server says when', async () => {
  const plain = await turnWith([refusal(429)])
  const timed = await turnWith(Array(3).fill(refusal(429, undefined, { 'retry-after': '0' })))

  expect([plain.requests, timed.requests]).toEqual([1, 3])
  expect(timed.error).toMatchObject({
    message: 'exceeded retry limit, last status: 429 Too Many Requests',
    codexErrorInfo: { responseTooManyFailedAttempts: { httpStatusCode: 429 } },
  })
})

it('asks again after a cut stream, and keeps what was whole', async () => {
  const { requests, retries, status } = await turnWith([
    respond([message('partial text')], { end: 'cut' }),
    textReply('full after retry'),
  ])

  expect([requests, status]).toEqual([2, 'completed'])
  expect(retries).toEqual([
    ['Reconnecting... 1/2', 'stream disconnected before completion: stream closed before response.completed'],
  ])
})

it('gives a silent stream up after its time', async () => {
  const silent = () => respond([message('idle')], { end: 'stall' })
  const { requests, error } = await turnWith([silent(), silent(), silent()], { stream_idle_timeout_ms: 50 })

  expect(requests).toBe(3)
  expect(error.message).toBe('stream disconnected before completion: idle timeout waiting for SSE')
})

it('retries a broken connection', async () => {
  const { requests, retries } = await turnWith([respond([message('x')], { end: 'destroy' }), textReply('y')])

  expect(requests).toBe(2)
  expect(retries[0]?.[1]).toMatch(/^stream disconnected before completion: /)
})

it('waits as long as a rate limit says', async () => {
  const { requests, retries } = await turnWith([
    failed('rate_limit_exceeded', 'Rate limit reached. Please try again in 20ms.'),
    textReply('after'),
  ])

  expect(requests).toBe(2)
  expect(retries[0]?.[1]).toBe('rate limit exceeded: Rate limit reached. Please try again in 20ms.')
})

it.each([
  [failed('context_length_exceeded', 'too long'), 'contextWindowExceeded'],
  [failed('insufficient_quota', 'quota'), 'usageLimitExceeded'],
  [failed('server_is_overloaded', 'over'), 'serverOverloaded'],
  [failed('invalid_prompt', 'invalid prompt'), 'other'],
  [respond([message('part')], { end: { incomplete: 'max_output_tokens' } }), 'other'],
  [refusal(429, { error: { type: 'usage_limit_reached', message: 'limit' } }), 'usageLimitExceeded'],
])('does not retry what asking again cannot mend (%#)', async (reply, info) => {
  const { requests, error } = await turnWith([reply])

  expect([requests, error.codexErrorInfo]).toEqual([1, info])
})

it('passes over events that nobody knows', async () => {
  const strange = { do: 'event', event: { type: 'response.strange', id: modelId('x') } } as const
  const reply = textReply('fine')
  const { status } = await turnWith([{ ...reply, steps: [strange, ...(reply.steps ?? [])] }])

  expect(status).toBe('completed')
})

it('waits for the network without using up retries, until it is interrupted', async () => {
  const model = await startModelServer()
  await using place = new ThreadPlace(model)
  await model.close()
  const thread = await place.start({ isEphemeral: true })
  const told = place.next('error')
  const end = place.next('turn/completed')
  const { id } = await thread.startTurn({ input: [], clientUserMessageId: null, outputSchema: null })

  const { params } = await told
  await thread.interrupt(id)

  expect(params).toMatchObject({ willRetry: true, error: { message: 'Reconnecting... waiting for network' } })
  expect((await end).params.turn.status).toBe('interrupted')
  await thread.close(1_000)
})
