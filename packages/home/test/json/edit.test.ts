import { JsonEditRefused, JsonSyntaxError } from '@gangway/home'
import { editJson, parseJson } from '@gangway/home/editing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('editing JSON', () => {
  it('A9: adds a group to an event and a new event, and every other line stays', () => {
    const text = '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [] }\n    ]\n  }\n}\n'

    const result = editJson(text, { hooks: { Stop: { $append: [{ hooks: [1] }] }, PreToolUse: { $append: ['x'] } } })

    expect(result).toBe(
      '{\n  "hooks": {\n    "Stop": [\n      { "hooks": [] },\n      {\n        "hooks": [\n          1\n        ]\n      }\n    ],\n    "PreToolUse": [\n      "x"\n    ]\n  }\n}\n',
    )
  })

  it('keeps comments where they are, and trailing commas', () => {
    const text = '// top\n{\n\t"a": 1, // one\n\t/* two */ "b": [1, 2,], // list\n}\n// end\n'

    const result = editJson(text, { a: 5, b: { $append: [3] }, c: { d: true } })

    expect(result).toBe(
      '// top\n{\n\t"a": 5, // one\n\t/* two */ "b": [1, 2, 3,], // list\n\t"c": {\n\t\t"d": true\n\t},\n}\n// end\n',
    )
  })

  it('puts a new member after the comment of the last one', () => {
    expect(editJson('{\n  "a": 1 // one\n}', { b: 2 })).toBe('{\n  "a": 1, // one\n  "b": 2\n}')
  })

  it('keeps CRLF, a missing final line end and a byte order mark', () => {
    expect(editJson('\uFEFF{\r\n    "a": 1\r\n}', { b: [1] })).toBe(
      '\uFEFF{\r\n    "a": 1,\r\n    "b": [\r\n        1\r\n    ]\r\n}',
    )
  })

  it('stays on one line where everything is on one line', () => {
    expect(editJson('{ "a": 1 }', { b: 2 })).toBe('{ "a": 1, "b": 2 }')
  })

  it('makes a document of a blank text and fills an empty object', () => {
    expect(editJson(' \n', { a: { b: null, c: 1 } })).toBe('{\n  "a": {\n    "c": 1\n  }\n}\n')
    expect(editJson('{}\n', { a: 1 })).toBe('{\n  "a": 1\n}\n')
    expect(editJson('{ // why\n}\n', { a: 1 })).toContain('// why')
  })

  it('takes away members with their commas and leaves the comments of others', () => {
    const text = '{\n  "a": 1, // one\n  "b": 2,\n  "c": 3 // three\n}\n'

    expect(editJson(text, { b: null })).toBe('{\n  "a": 1, // one\n  "c": 3 // three\n}\n')
    expect(parseJson(editJson(text, { c: null }), 'x', 'jsonc')).toEqual({ a: 1, b: 2 })
    expect(parseJson(editJson(text, { a: null, b: null, c: null, d: 1 }), 'x', 'jsonc')).toEqual({ d: 1 })
  })

  it('gives back the very same text when the patch changes nothing', () => {
    const text = '{"a":[1 , 2],"b":{}}'

    expect(editJson(text, { a: [1, 2], b: {}, c: null, d: null })).toBe(text)
  })

  it('changes the one that counts of a key given twice, and removes both', () => {
    expect(parseJson(editJson('{"a":1,"a":2}', { a: 3 }), 'x')).toEqual({ a: 3 })
    expect(parseJson(editJson('{"a":1,"b":0,"a":2}', { a: null }), 'x')).toEqual({ b: 0 })
  })

  it('refuses a __proto__ key on either side, and no prototype changes', () => {
    const hostile = JSON.parse('{"a":{"__proto__":{"polluted":1}}}')

    expect(() => editJson('{}', hostile, 'h.json')).toThrow(JsonEditRefused)
    expect(() => editJson('{"__proto__":{"polluted":1}}', { a: 1 }, 'h.json')).toThrow(JsonSyntaxError)
    expect('polluted' in {}).toBe(false)
  })

  it('refuses to append to what is no list', () => {
    expect(() => editJson('{"a":{}}', { a: { $append: [1] } }, 'h.json')).toThrow('"a" is not a list')
  })

  it('refuses a document that is no object', () => {
    expect(() => editJson('[1]', { a: 1 }, 'h.json')).toThrow('cannot edit h.json safely: it holds no object')
  })

  it('gives exactly the wanted values for thousands of random edits', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd"', 'é')
    const value = fc.jsonValue({ maxDepth: 2 }).filter((v) => !JSON.stringify(v).includes('__proto__'))
    const document = fc.dictionary(key, value, { maxKeys: 4 })
    const layout = fc.constantFrom(undefined, 1, 2, '\t')

    fc.assert(
      fc.property(document, document, layout, (base, patch, space) => {
        const result = editJson(JSON.stringify(base, null, space), patch)
        expect(plain(parseJson(result, 'x'))).toEqual(merged(base, patch))
      }),
      { numRuns: 3000, seed: 7 },
    )
  })
})

describe('reading JSON', () => {
  it('C2: names file, line and column of what does not parse', () => {
    expect(failure('{\n  "a": 1\n  "b": 2\n}')).toMatchObject({
      file: 'f.json',
      line: 3,
      column: 3,
      detail: 'comma expected',
    })
    expect(failure('')).toMatchObject({ line: 1, column: 1, detail: 'the file is empty' })
    expect(failure('{ // c\n}')).toMatchObject({ line: 1, column: 3 })
    expect(failure('{"a": "x\ny"}')).toMatchObject({ line: 1 })
    expect(failure('\u00a0{}')).toMatchObject({ line: 1, column: 1 })
  })

  it('gives tables without a prototype and refuses to nest without end', () => {
    expect(Object.getPrototypeOf(parseJson('{"a":{}}', 'x'))).toBe(null)
    expect(failure('['.repeat(100_000) + ']'.repeat(100_000)).message).toContain('nested')
    expect(failure('['.repeat(100_000)).message).toContain('f.json')
  })
})

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

function failure(text: string): JsonSyntaxError {
  try {
    parseJson(text, 'f.json')
  } catch (error) {
    expect(error).toBeInstanceOf(JsonSyntaxError)
    return error as JsonSyntaxError
  }
  throw new Error('it was read')
}

type Json = { [key: string]: unknown }
const isTable = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function merged(base: unknown, patch: unknown): unknown {
  if (!isTable(patch)) return plain(patch)
  const result = new Map(isTable(base) ? Object.entries(base) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key)
    else result.set(key, merged(result.get(key), value))
  }
  return Object.fromEntries(result)
}
