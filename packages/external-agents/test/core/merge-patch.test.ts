import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canJoin, joinPatches, mergePatch, saysWhat } from '../../src/merge-patch.js'

const key = fc.constantFrom('a', 'b', '__proto__', 'constructor')
const leaf = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.integer(), { maxLength: 2 }))
const table = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { maxKeys: 3 })), { maxKeys: 3 })
const append = fc.array(fc.integer(), { maxLength: 2 }).map((list) => ({ $append: list }))
const patch = fc.dictionary(
  key,
  fc.oneof(leaf, fc.constant(null), append, fc.dictionary(key, fc.oneof(leaf, append), { maxKeys: 3 })),
  {
    maxKeys: 3,
  },
)

describe('mergePatch', () => {
  it('merges tables, replaces values, deletes with null and appends where it is told', () => {
    const base = { a: { x: 1, y: 2 }, list: [1], gone: true }

    expect(mergePatch(base, { a: { y: 3 }, list: { $append: [2] }, new: { $append: [1] }, gone: null })).toEqual({
      a: { x: 1, y: 3 },
      list: [1, 2],
      new: [1],
    })
  })

  it('leaves what it was given as it is, and no prototype but its own', () => {
    const base = { a: { x: 1 } }

    mergePatch(base, JSON.parse('{"a":{"x":2},"__proto__":{"polluted":1}}'))

    expect(base).toEqual({ a: { x: 1 } })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('gives a document that says what the patch wants', () => {
    fc.assert(fc.property(table, table, (base, patch) => saysWhat(mergePatch(base, patch), patch)))
  })
})

describe('joinPatches', () => {
  it('does in one step what two do one after the other', () => {
    fc.assert(
      fc.property(table, patch, patch, (base, first, second) => {
        fc.pre(canJoin(first, second))
        const joined = mergePatch(base, joinPatches(first, second))

        expect(joined).toEqual(mergePatch(mergePatch(base, first), second))
      }),
    )
  })

  it('refuses to join what would bring back what the first has taken away', () => {
    expect(canJoin({ a: [] }, { a: { b: 1 } })).toBe(false)
    expect(canJoin({ a: null }, { a: { $append: [1] } })).toBe(false)
    expect(canJoin({ a: { b: 1 } }, { a: { c: 1 }, d: { $append: [1] } })).toBe(true)
  })

  it('joins what is appended, in order', () => {
    const joined = joinPatches({ hooks: { Stop: { $append: [1] } } }, { hooks: { Stop: { $append: [2] } } })

    expect(joined).toEqual({ hooks: { Stop: { $append: [1, 2] } } })
  })
})
