import { expect, it } from 'vitest'
import { threadIdOf } from '../../src/threads/thread-id.js'

const id = '0199aaaa-0000-7000-8000-00000000000f'

it.each([id, id.toUpperCase(), `urn:uuid:${id}`, `{${id}}`, id.replaceAll('-', '')])(
  'takes %s for a thread id',
  (given) => {
    expect(threadIdOf(given)).toBe(id)
  },
)

const character = 'invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found'

it.each([
  ['', 'invalid length: expected length 32 for simple format, found 0'],
  ['abcdef', 'invalid length: expected length 32 for simple format, found 6'],
  [`${id.replaceAll('-', '')}f`, 'invalid length: expected length 32 for simple format, found 33'],
  ['nope', `${character} \`n\` at 1`],
  ['é', `${character} \`é\` at 1`],
  [`aé${'-'.repeat(3)}g`, `${character} \`é\` at 2`],
  [`aa-${'é'.repeat(0)}aaé`, `${character} \`é\` at 6`],
  ['urn:uuid:zz', `${character} \`z\` at 10`],
  [`{${id}`, `${character} \`{\` at 1`],
  ['{}', 'invalid group count: expected 5, found 1'],
  ['urn:uuid:', 'invalid group count: expected 5, found 1'],
  ['a-b', 'invalid group count: expected 5, found 2'],
  ['a-b-c-d-e-f', 'invalid group count: expected 5, found 6'],
  ['----', 'invalid group length in group 0: expected 8, found 0'],
  ['01a1f7f4-4d3-f76a0-9912-2f8e0e15d41f', 'invalid group length in group 1: expected 4, found 3'],
  [`${id}f`, 'invalid group length in group 4: expected 12, found 13'],
  [id.slice(0, -1), 'invalid group length in group 4: expected 12, found 11'],
])('refuses “%s” in the reference’s words', (given, fault) => {
  expect(() => threadIdOf(given)).toThrow(`invalid thread id: ${fault}`)
})

it('names the id as the method does, with the code that the method has', () => {
  expect(() => threadIdOf('x', 'session id')).toThrow(/^invalid session id: /)
  expect(() => threadIdOf('x', 'excluded thread id', -32602)).toThrow(expect.objectContaining({ code: -32602 }))
})
