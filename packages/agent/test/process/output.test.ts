import { describe, expect, it } from 'vitest'
import { CappedOutput, TextChunks } from '../../src/index.js'

describe('capped output', () => {
  it('keeps everything that fits', () => {
    const output = new CappedOutput(10)

    for (const piece of ['01', '23456', '789']) output.push(Buffer.from(piece))

    expect([output.text(), output.size, output.droppedBytes]).toEqual(['0123456789', 10, 0])
  })

  it('keeps the beginning and the end, and counts what lay between', () => {
    const output = new CappedOutput(10)

    for (let index = 0; index < 100; index += 1) output.push(Buffer.from(String(index).padStart(3, '0')))

    expect([output.parts(), output.size, output.droppedBytes]).toEqual([['00000', '98099'], 10, 290])
  })

  it('cuts no character in two', () => {
    const output = new CappedOutput(8)

    output.push(Buffer.from('abcé….…é'))

    expect(output.parts()).toEqual(['abc', 'é'])
  })

  it('joins characters over the middle while nothing is dropped', () => {
    const output = new CappedOutput(4)

    output.push(Buffer.from('aé1'))

    expect(output.text()).toBe('aé1')
  })

  it('keeps nothing where nothing may be kept', () => {
    const output = new CappedOutput(0)

    output.push(Buffer.from('abc'))

    expect([output.text(), output.droppedBytes]).toEqual(['', 3])
  })

  it('refuses a size that is none', () => {
    expect(() => new CappedOutput(1.5)).toThrow('maxBytes must be a whole number of at least 0, got 1.5')
  })
})

describe('text that comes in pieces', () => {
  it('tells a character when it is whole', () => {
    const chunks = new TextChunks()
    const bytes = Buffer.from('a…😀')

    const told = Array.from(bytes, (byte) => chunks.push(Buffer.from([byte])))

    expect(told.join('')).toBe('a…😀')
    expect(told.every((text) => !text.includes('\u{FFFD}'))).toBe(true)
    expect(chunks.end()).toBe('')
  })

  it('shows a character that was never finished', () => {
    const chunks = new TextChunks()

    expect(chunks.push(Buffer.from([0xe2, 0x80]))).toBe('')
    expect(chunks.end()).toBe('\u{FFFD}')
  })
})
