import { expect, it } from 'vitest'
import { createStyle } from '../../src/terminal/style.js'
import { displayWidth, pad, truncate, wrap } from '../../src/terminal/width.js'

it('counts East Asian characters and emoji as two columns, joined emoji once', () => {
  expect(displayWidth('港口')).toBe(4)
  expect(displayWidth('🚢')).toBe(2)
  expect(displayWidth('👩‍👩‍👧')).toBe(2)
  expect(displayWidth('ｆｕｌｌ')).toBe(8)
})

it('counts combining marks and colour codes as nothing', () => {
  expect(displayWidth('e\u0301')).toBe(1)
  expect(displayWidth(createStyle(true).bold('abc'))).toBe(3)
})

it('cuts before a wide character that would stick out', () => {
  expect(truncate('港口港口', 6)).toBe('港口…')
  expect(truncate('harbour', 4)).toBe('har…')
  expect(truncate('pier', 4)).toBe('pier')
})

it('fills with spaces by columns, not by characters', () => {
  expect(pad('港', 4)).toBe('港  ')
  expect(pad('7', 3, 'right')).toBe('  7')
})

it('breaks lines at spaces and indents what follows the first', () => {
  expect(wrap('one two three four', 10, '→ ')).toEqual(['→ one two', '  three', '  four'])
})

it('keeps a word that is longer than a line whole', () => {
  expect(wrap('a https://example.com/long b', 8)).toEqual(['a', 'https://example.com/long', 'b'])
})

it('cuts a text of a hundred thousand wide characters without looking at all of them', () => {
  expect(truncate('船'.repeat(100_000), 9)).toBe('船船船船…')
  expect(truncate(`${'a'.repeat(10)}${'\u0301'.repeat(20)}`, 10)).toBe(`${'a'.repeat(10)}${'\u0301'.repeat(20)}`)
})
