import { expect, it } from 'vitest'
import { scriptedAnswer } from '../../src/demo/scripted-answers.js'

function said(text: string) {
  return { type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
}

it.each([
  ['hello', 'message'],
  ['run something', 'reasoning'],
  ['ask me first', 'call'],
  ['patch a file', 'patch'],
])('answers %j', (text, type) => {
  expect(scriptedAnswer([said('<environment_context>run</environment_context>'), said(text)])[0]?.type).toBe(type)
})

it('ends with words once it was told what became of its call', () => {
  const output = { type: 'function_call_output', call_id: 'c', output: 'done' }

  expect(scriptedAnswer([said('run it'), output])).toMatchObject([{ type: 'message' }])
})

it('says in every message that it is scripted', () => {
  for (const text of ['hello', 'code', 'run']) {
    const [part] = scriptedAnswer([said(text), { type: 'function_call_output' }])
    expect(part?.type === 'message' ? part.text : '').toMatch(/scripted answer/i)
  }
})
