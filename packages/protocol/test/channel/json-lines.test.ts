import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonLines } from '../../src/channel/json-lines.js'

const bytes = (text: string) => new TextEncoder().encode(text)

/** What a framer makes of `chunks`, one string per call of its sink. */
function frame(chunks: readonly Uint8Array[], maxLineBytes?: number, atEnd = true): string[] {
  const found: string[] = []
  const framer = new JsonLines(
    {
      line: (text) => found.push(`line ${text}`),
      invalid: (length) => found.push(`invalid ${length}`),
      oversize: (head) => found.push(`oversize ${String(head.id)} ${head.method}`),
    },
    maxLineBytes === undefined ? {} : { maxLineBytes },
  )
  for (const chunk of chunks) {
    const lent = chunk.slice()
    framer.push(lent)
    lent.fill(0x58)
  }
  if (atEnd) framer.end()
  return found
}

/** `whole` in pieces of 1 to 5 bytes and the like. */
function cut(whole: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let from = 0, i = 0; from < whole.length; i += 1) {
    const length = lengths[i % lengths.length] as number
    pieces.push(whole.subarray(from, from + length))
    from += length
  }
  return pieces
}

describe('JsonLines', () => {
  it('cuts at LF and drops a CR before it', () => {
    expect(frame([bytes('{"a":1}\r\n\n{"b":2}\n\r\n')])).toEqual(['line {"a":1}', 'line ', 'line {"b":2}', 'line '])
  })

  it('does not cut at U+2028, U+2029, U+0085 or a form feed', () => {
    const line = '{"a":"\u2028\u2029\u0085\f"}'

    expect(frame([bytes(`${line}\n`)])).toEqual([`line ${line}`])
  })

  it('gives a last line without LF only at the end', () => {
    expect(frame([bytes('a\nb')], undefined, false)).toEqual(['line a'])
    expect(frame([bytes('a\nb')])).toEqual(['line a', 'line b'])
  })

  it('puts characters together that are split between chunks', () => {
    const whole = bytes('{"a":"\u00e9\u20ac\ud83d\ude00"}\n')

    expect(frame(cut(whole, [1]))).toEqual(['line {"a":"\u00e9\u20ac\ud83d\ude00"}'])
  })

  it('leaves a byte order mark in its line, where no JSON may stand', () => {
    expect(frame([bytes('\ufeff{}\n')])).toEqual(['line \ufeff{}'])
  })

  it('drops a line that is not UTF-8 and goes on with the next', () => {
    const whole = new Uint8Array([...bytes('a\nb'), 0xff, 0xfe, ...bytes('c\nd\n')])

    expect(frame([whole])).toEqual(['line a', 'invalid 4', 'line d'])
    expect(frame(cut(whole, [1]))).toEqual(['line a', 'invalid 4', 'line d'])
  })

  it('skips a line beyond the limit, tells its id and method, and goes on with the next', () => {
    const long = `{"id":"r1","method":"thread/read","params":"${'x'.repeat(300)}"}`
    const whole = bytes(`{"a":1}\n${long}\n{"b":2}\n`)
    const expected = ['line {"a":1}', 'oversize r1 thread/read', 'line {"b":2}']

    expect(frame([whole], 100)).toEqual(expected)
    expect(frame(cut(whole, [50]), 100)).toEqual(expected)
    expect(frame([bytes(long)], 100)).toEqual(['oversize r1 thread/read'])
  })

  it('takes a line of exactly the limit', () => {
    expect(frame([bytes(`${'x'.repeat(100)}\n`)], 100)).toEqual([`line ${'x'.repeat(100)}`])
    expect(frame([bytes(`${'x'.repeat(101)}\n`)], 100)).toEqual(['oversize undefined undefined'])
  })

  it('reports an oversize line once, as soon as it is one, and holds none of it', () => {
    const found: unknown[] = []
    const framer = new JsonLines(
      { line: (text) => found.push(text), invalid: () => {}, oversize: (head) => found.push(head) },
      { maxLineBytes: 1000 },
    )
    const piece = bytes('x'.repeat(64 * 1024))

    framer.push(bytes('{"id":9007199254740993,"result":"'))
    for (let i = 0; i < 1000; i += 1) framer.push(piece)

    expect(found).toEqual([{ id: 9007199254740993n }])
  })

  it('finds the same lines however the bytes are cut', () => {
    const anyBytes = fc.uint8Array({ maxLength: 30 }).map((line) => line.filter((byte) => byte !== 10))
    const text = fc.string({ unit: 'binary', maxLength: 30 }).map((line) => bytes(line.replaceAll('\n', '')))
    const lines = fc.array(fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: anyBytes }))
    const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
    fc.assert(
      fc.property(lines, lengths, fc.integer({ min: 1, max: 60 }), (given, pieces, limit) => {
        const whole = new Uint8Array(given.flatMap((line) => [...line, 10]))

        expect(frame(cut(whole, pieces), limit)).toEqual(given.map((line) => expected(line, limit)))
      }),
      { numRuns: 2000 },
    )
  })

  it('takes a line that comes in a hundred thousand pieces', { timeout: 60_000 }, () => {
    const pieces = Array.from({ length: 100_000 }, () => bytes('x'.repeat(500)))

    // Work that grew with the square of the pieces would take hours here.
    expect(frame([...pieces, bytes('\n')])).toEqual([
      expected(bytes('x'.repeat(500 * 100_000)), Number.MAX_SAFE_INTEGER),
    ])
  })
})

function expected(line: Uint8Array, limit: number): string {
  if (line.length > limit) {
    return 'oversize undefined undefined'
  }
  const withoutCr = line.at(-1) === 13 ? line.subarray(0, -1) : line
  try {
    return `line ${new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(withoutCr)}`
  } catch {
    return `invalid ${line.length}`
  }
}
