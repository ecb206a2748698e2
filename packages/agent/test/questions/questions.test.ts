import { expect, it } from 'vitest'
import { questionFamily } from '../../src/tools/request-user-input.js'
import { ToolPlace } from '../mcp/tool-place.js'

const options = [
  { label: 'A', description: 'a' },
  { label: 'B', description: 'b' },
]
const questions = [{ id: 'q1', header: 'H', question: 'Which?', options }]
const plan = { collaborationMode: { mode: 'plan' as const, settings: { model: 'gpt-5.5' } } }

async function placeWith(settings = {}): Promise<ToolPlace> {
  const place = new ToolPlace(settings)
  await place.open(questionFamily)
  return place
}

it('asks the person in plan mode, and gives the model the answers', async () => {
  await using place = await placeWith(plan)
  place.answers.set('item/tool/requestUserInput', () => ({ answers: { q1: { answers: ['A'] } } }))

  const result = await place.call('request_user_input', { questions })

  expect(result).toEqual({ output: '{"answers":{"q1":{"answers":["A"]}}}', success: true })
  expect(place.of('item/tool/requestUserInput')[0]?.params).toEqual({
    itemId: 'c-1',
    questions: [{ ...questions[0], isOther: true, isSecret: false }],
    isBlocking: true,
    autoResolutionMs: null,
    threadId: 't-1',
    turnId: 'u-1',
    flag: 'waitingOnUserInput',
  })
})

it('refuses in any other mode', async () => {
  await using place = await placeWith()

  const result = await place.call('request_user_input', { questions })

  expect(result).toEqual({ output: 'request_user_input is unavailable in Default mode', success: false })
})

it.each([
  [{}, 'missing field `questions`'],
  [{ questions: [] }, 'invalid length 0, expected one to three questions'],
  [
    { questions: [{ ...questions[0], options: [] }] },
    'request_user_input requires non-empty options for every question',
  ],
  [{ questions: [{ ...questions[0], id: 3 }] }, 'invalid type: 3, expected a string in `id`'],
])('tells the model what is wrong with %j', async (input, words) => {
  await using place = await placeWith(plan)

  const result = await place.call('request_user_input', input)

  expect(result.success).toBe(false)
  expect(result.output).toContain(words)
})

it('tells the model when nobody answers', async () => {
  await using place = await placeWith(plan)

  const result = await place.call('request_user_input', { questions })

  expect(result.output).toContain('nobody answers item/tool/requestUserInput')
})
