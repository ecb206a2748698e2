import { TomlEditRefused, TomlSyntaxError } from '@gangway/home'
import { editToml, parseToml } from '@gangway/home/editing'
import { describe, expect, it } from 'vitest'
import { editCases } from './cases.js'

/** Merge patch, written the plain way, as a second opinion. */
function merged(base: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const isPlain = typeof base === 'object' && base !== null && !Array.isArray(base)
  const result: Record<string, unknown> = isPlain ? { ...(base as object) } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `big ${v}` : v)))
const comments = (text: string) => [...text.matchAll(/#[^\n\r"']*$/gm)].map((match) => match[0].trim())

describe('editing TOML', () => {
  for (const { name, text, patch, mayLose = [] } of editCases) {
    it(`B2: gives the wanted values and keeps the comments of a document with ${name}`, () => {
      const result = editToml(text, patch)

      expect(plain(parseToml(result, 'x'))).toEqual(plain(merged(parseToml(text, 'x'), patch)))
      expect(comments(text).filter((comment) => !result.includes(comment) && !mayLose.includes(comment))).toEqual([])
    })
  }

  it('writes a new server the way a person would, and nothing else changes', () => {
    const text = '# mine\nmodel = "m"\n\n[tui]\ntheme = "dark"\n'

    const result = editToml(text, { mcp_servers: { docs: { command: 'npx', env: { A: '1' } } } })

    expect(result).toBe(`${text}\n[mcp_servers.docs]\ncommand = "npx"\n\n[mcp_servers.docs.env]\nA = "1"\n`)
  })

  it('gives back the very same text when the patch changes nothing', () => {
    const text = 'a  =  1 # x\r\nb=[ 1,2 ]'

    expect(editToml(text, { a: 1, b: [1, 2], c: null })).toBe(text)
  })

  it('keeps every line as it was around the change, CRLF and byte order mark included', () => {
    const text = '\uFEFF# c\r\nmodel = "m"\r\n\r\n[a]\r\nx = 1'

    const result = editToml(text, { b: { y: 2 } })

    expect(result).toBe(`${text}\r\n\r\n[b]\r\ny = 2\r\n`)
  })

  it('tells a whole number from one with a fraction of nothing', () => {
    expect(editToml('a = 1.0\n', { b: 1 })).toContain('a = 1.0')
    expect(parseToml(editToml('a = 9007199254740993\n', { b: 1 }), 'x').a).toBe(9007199254740993n)
  })

  it('B13: quotes names with line ends, brackets, NUL and nothing in them', () => {
    for (const name of ['a\nb', 'a]b', 'a\u0000b', '', 'x"y', 'del\u007f', '[[x]]', '# c']) {
      const result = editToml('model = "m"\n', { mcp_servers: { [name]: { command: 'c' } } })

      expect(parseToml(result, 'x').mcp_servers).toEqual({ [name]: { command: 'c' } })
      expect(result.split('\n').length).toBe(5)
    }
  })

  it('B13: refuses a name that no UTF-8 text can hold', () => {
    expect(() => editToml('', { a: { '\uD800': 1 } }, 'c.toml')).toThrow(TomlEditRefused)
    expect(() => editToml('', { a: '\uD800' }, 'c.toml')).toThrow(TomlEditRefused)
  })

  it('refuses a key named __proto__ on either side, and no prototype changes', () => {
    const patch = JSON.parse('{"a":{"__proto__":{"polluted":1}}}')

    expect(() => editToml('x = 1\n', patch, 'c.toml')).toThrow('cannot edit c.toml safely: the key "a.__proto__"')
    expect(() => editToml('[__proto__]\npolluted = 1\n', { x: 1 }, 'c.toml')).toThrow(TomlEditRefused)
    expect('polluted' in {}).toBe(false)
  })

  it('refuses a value that TOML cannot say', () => {
    expect(() => editToml('a = [1]\n', { a: [1, null] })).toThrow(TomlEditRefused)
  })

  it('names file, line and column of a text that does not parse', () => {
    const error = caught(() => editToml('a = 1\nb = = 2\n', { c: 1 }, '/h/config.toml'))

    expect(error).toBeInstanceOf(TomlSyntaxError)
    expect(error).toMatchObject({ file: '/h/config.toml', line: 2, column: 5, code: 'SYNTAX' })
    expect((error as Error).message).toMatch(
      /^TOML parse error at line 2, column 5\n {2}\|\n2 \| b = = 2\n {2}\| {5}\^\n.*\/h\/config\.toml/,
    )
  })
})

function caught(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
