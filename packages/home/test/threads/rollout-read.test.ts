import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRolloutLines } from '@gangway/home'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { temporaryFolder, write } from '../folder.js'
import { bytesOf, event, lineText } from './rollout.js'

const good = (text: string) => lineText(event({ type: 'user_message', message: text }))
const messagesOf = (path: string) => [...readRolloutLines(path)].map(({ line }) => (line ? line.payload.message : null))

it('reads lines in order, with the bytes that they take up', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), good('one') + good('zwei ä'))

  const entries = [...readRolloutLines(path)]

  expect(entries.map(({ line }) => line?.type)).toEqual(['event_msg', 'event_msg'])
  expect(bytesOf(path, entries[1]!.start, entries[1]!.end).toString()).toBe(good('zwei ä'))
})

it('F5: passes over a byte order mark, and takes lines with a carriage return', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), `\uFEFF${good('one').replace('\n', '\r\n')}\r\n${good('two')}`)

  expect(messagesOf(path)).toEqual(['one', 'two'])
})

it('gives garbage as null and goes on behind it', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), `${good('one')}{"half\n[1]\n"x"\n{"type":1}\n${good('two')}`)

  expect(messagesOf(path)).toEqual(['one', null, null, null, null, 'two'])
})

it('tells a last line without an end apart, understood or not', () => {
  const folder = temporaryFolder()
  const torn = write(join(folder, 'torn.jsonl'), good('one') + good('two').slice(0, 30))
  const whole = write(join(folder, 'whole.jsonl'), good('one') + good('two').trimEnd())

  expect([...readRolloutLines(torn)].map(({ line, isOpen }) => [line !== null, isOpen])).toEqual([
    [true, false],
    [false, true],
  ])
  expect([...readRolloutLines(whole)].map(({ line, isOpen }) => [line !== null, isOpen])).toEqual([
    [true, false],
    [true, true],
  ])
})

it('keeps line separators of Unicode inside their line, and characters cut by a piece whole', () => {
  const long = `${'x'.repeat(262_130)}äöü\u2028\u2029日本`
  const path = write(join(temporaryFolder(), 'r.jsonl'), good(long) + good('two'))

  expect(messagesOf(path)).toEqual([long, 'two'])
})

it('gives a line over the cap as garbage without holding it, and the next one as it is', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), good('one') + good('y'.repeat(1_000_000)) + good('two'))

  const entries = [...readRolloutLines(path, { maxLineBytes: 300_000 })]

  expect(entries.map(({ line }) => line?.payload.message ?? null)).toEqual(['one', null, 'two'])
  expect(bytesOf(path, entries[1]!.start, entries[1]!.end).toString()).toBe(good('y'.repeat(1_000_000)))
})

it('starts at the start of any line', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), good('one') + good('two') + good('three'))

  const [, second] = [...readRolloutLines(path)]

  expect([...readRolloutLines(path, { from: second!.start })].map(({ line }) => line?.payload.message)).toEqual([
    'two',
    'three',
  ])
})

it('ends between two lines when its signal says so', () => {
  const path = write(join(temporaryFolder(), 'r.jsonl'), good('one') + good('two'))
  const controller = new AbortController()
  const lines = readRolloutLines(path, { signal: controller.signal })

  lines.next()
  controller.abort(new Error('enough'))

  expect(() => lines.next()).toThrow('enough')
})

it('reads an empty file as no lines, and throws for a missing one', () => {
  const folder = temporaryFolder()

  expect([...readRolloutLines(write(join(folder, 'r.jsonl'), ''))]).toEqual([])
  expect(() => [...readRolloutLines(join(folder, 'none.jsonl'))]).toThrow('ENOENT')
})

const garbage = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
const understood = fc.string({ unit: 'binary', maxLength: 100 }).map((text) => Buffer.from(good(text)))

it('never throws for random bytes, and leaves no byte out', () => {
  const path = join(temporaryFolder(), 'r.jsonl')

  fc.assert(
    fc.property(fc.array(garbage, { maxLength: 8 }), (parts) => {
      write(path, Buffer.concat(parts))
      const entries = [...readRolloutLines(path, { maxLineBytes: 64 })]
      const between = entries.map((entry, at) => bytesOf(path, at === 0 ? 0 : entries[at - 1]!.end, entry.start))
      const behind = readFileSync(path).subarray(entries.at(-1)?.end ?? 0)
      expect(
        Buffer.concat([...between, behind])
          .toString('latin1')
          .trim(),
      ).toBe('')
    }),
    { numRuns: 300 },
  )
})

it('finds every understood line byte for byte between random garbage', () => {
  const path = join(temporaryFolder(), 'r.jsonl')
  const line = fc.oneof(
    understood.map((bytes) => ({ bytes, isGood: true })),
    garbage.map((bytes) => ({ bytes: Buffer.concat([bytes, Buffer.from('\n')]), isGood: false })),
  )

  fc.assert(
    fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
      write(path, Buffer.concat(lines.map(({ bytes }) => bytes)))
      const found = [...readRolloutLines(path)]
        .filter((entry) => entry.line !== null)
        .map(({ start, end }) => bytesOf(path, start, end).toString('latin1'))
      expect(found).toEqual(lines.filter(({ isGood }) => isGood).map(({ bytes }) => bytes.toString('latin1')))
    }),
    { numRuns: 300 },
  )
})
