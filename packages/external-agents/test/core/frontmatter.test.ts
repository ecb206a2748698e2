import { beforeAll, describe, expect, it } from 'vitest'
import { loadYaml, readFrontMatter } from '../../src/frontmatter.js'

beforeAll(loadYaml)

const values = (text: string) => Object.fromEntries(readFrontMatter(text).entries.map(({ key, value }) => [key, value]))

describe('readFrontMatter', () => {
  it('splits a document into keys with their lines, and the body with its offset', () => {
    const text = '---\nname: pdf\ndescription: Work with PDFs\n---\n# PDF\n'

    const read = readFrontMatter(text)

    expect(read.entries).toEqual([
      { key: 'name', value: 'pdf', line: 2 },
      { key: 'description', value: 'Work with PDFs', line: 3 },
    ])
    expect(read.body).toBe('# PDF\n')
    expect(text.slice(read.bodyOffset)).toBe(read.body)
    expect(read.tolerant).toBe(false)
  })

  it('keeps scalars as they are written, and gives null for nothing', () => {
    expect(values('---\na: 42\nb: 1.0\nc: true\nd:\ne: ~\nf: "x y"\ng: \'z\'\n---\n')).toEqual({
      a: '42',
      b: '1.0',
      c: 'true',
      d: null,
      e: null,
      f: 'x y',
      g: 'z',
    })
  })

  it('reads simple lists in both spellings, with the line of their key', () => {
    const read = readFrontMatter('---\ntools: [Read, Bash]\nskills:\n  - a\n  - b\nlast: x\n---\n')

    expect(read.entries).toEqual([
      { key: 'tools', value: ['Read', 'Bash'], line: 2 },
      { key: 'skills', value: ['a', 'b'], line: 3 },
      { key: 'last', value: 'x', line: 6 },
    ])
  })

  it('reads what only YAML can say: block text, escapes, nested tables, aliases', () => {
    const text = '---\na: |\n  one\n  two\nb: "x\\ty"\nc:\n  d: [1, {e: f}]\nbase: &x y\nagain: *x\n---\n'

    expect(values(text)).toEqual({ a: 'one\ntwo\n', b: 'x\ty', c: { d: ['1', { e: 'f' }] }, base: 'y', again: 'y' })
  })

  it('A10: takes an unquoted colon, a lone star and two brackets as text, and says that it is not YAML', () => {
    const read = readFrontMatter(
      '---\nname: r\ndescription: Use this: when\ntools: *\nargument-hint: [file] [n]\n---\nbody',
    )

    expect(values('---\ndescription: Use this: when\ntools: *\nhint: [file] [n]\n---\n')).toEqual({
      description: 'Use this: when',
      tools: '*',
      hint: '[file] [n]',
    })
    expect(read.tolerant).toBe(true)
    expect(read.problem).toBeTypeOf('string')
    expect(read.body).toBe('body')
  })

  it('names the line of an unquoted colon', () => {
    expect(readFrontMatter('---\nname: r\ndescription: a: b\n---\n').problem).toBe(
      'line 3: a value with a colon needs quotes in YAML',
    )
  })

  it('gives the last value of a key given twice', () => {
    expect(values('---\na: 1\na: 2\n---\n')).toEqual({ a: '2' })
    expect(values('---\na: 1\na: |\n  two\n---\n')).toEqual({ a: expect.stringContaining('two') })
  })

  it('reads CRLF and a BOM, and leaves the line ends of the body alone', () => {
    const text = '\uFEFF---\r\nname: x\r\n---\r\nline1\r\nline2\r\n'

    const read = readFrontMatter(text)

    expect(read.entries).toEqual([{ key: 'name', value: 'x', line: 2 }])
    expect(read.body).toBe('line1\r\nline2\r\n')
  })

  it('never evaluates a block with a language: it is text', () => {
    const text = '---js\nmodule.exports = process.exit(1)\n---\nbody'

    const read = readFrontMatter(text)

    expect(read.entries).toEqual([])
    expect(read.body).toBe(text)
  })

  it('takes an unclosed block as text', () => {
    expect(readFrontMatter('---\nname: x\n')).toMatchObject({ entries: [], body: '---\nname: x\n' })
  })

  it('keeps keys such as __proto__ as data, at the top and below', () => {
    const read = readFrontMatter('---\n__proto__: x\nconstructor: y\nc: {__proto__: {polluted: 1}}\n---\n')

    expect(read.entries.map(({ key }) => key)).toEqual(['__proto__', 'constructor', 'c'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(read.entries[2]!.value)).toBeNull()
  })

  it('refuses an alias bomb and reads the block as text lines', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((letter, index) => {
        const before = 'abcdefg'[index]!
        return `${letter}: &${letter} [${Array(9).fill(`*${before}`).join(',')}]`
      }),
    ]

    const read = readFrontMatter(`---\n${bomb.join('\n')}\n---\n`)

    expect(read.tolerant).toBe(true)
    expect(read.entries).toHaveLength(8)
  })

  it('reads an alias of nothing as text', () => {
    expect(values('---\ntools: *all\n---\n')).toEqual({ tools: '*all' })
  })

  it('keeps a tag it does not know as plain text', () => {
    expect(values('---\na: !!js/function "function () {}"\n---\n')).toEqual({ a: 'function () {}' })
  })
})
