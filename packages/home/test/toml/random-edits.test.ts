import { TomlEditRefused } from '@gangway/home'
import { editToml, parseToml } from '@gangway/home/editing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

type Json = { [key: string]: unknown }

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'mcp_servers', 'hooks', 'x.y', 'sp ace', 'é', '"q"', 'n\nl', ''),
  fc.stringMatching(/^[a-z]{1,3}$/),
)
const awkward = fc.constantFrom(
  'two\nlines',
  'q"uote',
  "s'q",
  'back\\slash',
  '#c',
  '"""',
  "'''",
  '[x]',
  '\u0000',
  '\r\n',
)
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(0.5),
  awkward,
)
const { table } = fc.letrec<{ value: unknown; table: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    tie('table'),
    fc.array(tie('table'), { maxLength: 2 }),
  ),
  table: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
}))
/** Some members of a patch take away. */
const patch = fc.tuple(table, fc.array(key, { maxLength: 2 })).map(([members, gone]) => ({
  ...members,
  ...Object.fromEntries(gone.map((name) => [name, null])),
}))

const isTable = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const quoted = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f')
const name = (text: string) => (/^[A-Za-z0-9_-]+$/.test(text) ? text : quoted(text))

function inline(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (isTable(value))
    return `{ ${Object.entries(value)
      .map(([k, v]) => `${name(k)} = ${inline(v)}`)
      .join(', ')} }`
  return String(value)
}

/** Lines of a table and, apart, of the tables below it, in a style that `random` picks: headers, dotted keys, inline, comments. */
function written(value: Json, random: () => number, path: readonly string[] = []): [string, string] {
  let own = ''
  let below = ''
  for (const [member, content] of Object.entries(value)) {
    const choice = random()
    const here = [...path, member].map(name).join('.')
    if (isTable(content) && choice < 0.6) {
      const [lines, tables] = written(content, random, [...path, member])
      below += `${random() < 0.3 ? '\n' : ''}${random() < 0.3 ? '# about\n' : ''}[${here}]${random() < 0.3 ? ' # h' : ''}\n${lines}${tables}`
    } else if (
      isTable(content) &&
      choice < 0.8 &&
      Object.keys(content).length > 0 &&
      !Object.values(content).some((v) => typeof v === 'object')
    ) {
      for (const [k, v] of Object.entries(content)) own += `${name(member)}.${name(k)} = ${inline(v)}\n`
    } else if (Array.isArray(content) && content.length > 0 && content.every(isTable) && choice < 0.7) {
      for (const entry of content) {
        const [lines, tables] = written(entry, random, [...path, member])
        below += `[[${here}]]\n${lines}${tables}`
      }
    } else
      own += `${random() < 0.2 ? '# kc\n' : ''}${name(member)} = ${inline(content)}${random() < 0.3 ? ' # tr' : ''}\n`
  }
  return [own, below]
}

function merged(base: unknown, change: unknown): unknown {
  if (!isTable(change)) return change
  const result = new Map(isTable(base) ? Object.entries(base) : [])
  for (const [k, v] of Object.entries(change)) {
    if (v === null) result.delete(k)
    else result.set(k, merged(result.get(k), v))
  }
  return Object.fromEntries(result)
}

function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const runs = 3000

describe('thousands of random TOML edits', () => {
  it('B2: gives exactly the wanted values or refuses, and refuses hardly ever', { timeout: 60_000 }, () => {
    const counts = { right: 0, refused: 0, noDocument: 0 }

    for (const [document, change, seed] of fc.sample(fc.tuple(table, patch, fc.integer({ min: 1 })), {
      numRuns: runs,
      seed: 42,
    })) {
      if (JSON.stringify([document, change]).includes('__proto__')) continue
      const text = written(document, generator(seed)).join('')
      counts[verdict(text, change)]++
    }

    expect(counts.right).toBeGreaterThan(runs * 0.9)
    expect(counts.refused).toBeLessThan(runs * 0.01)
  })
})

function verdict(text: string, change: Json): 'right' | 'refused' | 'noDocument' {
  let base: unknown
  try {
    base = parseToml(text, 'x')
  } catch {
    return 'noDocument'
  }
  let result: string
  try {
    result = editToml(text, change, 'x')
  } catch (error) {
    expect(error).toBeInstanceOf(TomlEditRefused)
    return 'refused'
  }
  expect(plain(parseToml(result, 'x'))).toEqual(plain(merged(plain(base), change)))
  return 'right'
}
