import { expect, it } from 'vitest'
import { createStyle, wantsColour } from '../../src/terminal/style.js'

it('colours a terminal, and nothing else', () => {
  expect(wantsColour({}, true)).toBe(true)
  expect(wantsColour({}, false)).toBe(false)
})

it('does not colour when NO_COLOR holds anything, and ignores an empty one', () => {
  expect(wantsColour({ NO_COLOR: '1' }, true)).toBe(false)
  expect(wantsColour({ NO_COLOR: '' }, true)).toBe(true)
})

it('lets FORCE_COLOR decide, over NO_COLOR and over the lack of a terminal', () => {
  expect(wantsColour({ FORCE_COLOR: '1', NO_COLOR: '1' }, false)).toBe(true)
  expect(wantsColour({ FORCE_COLOR: '' }, false)).toBe(true)
  expect(wantsColour({ FORCE_COLOR: '0' }, true)).toBe(false)
})

it('does not colour a dumb terminal', () => {
  expect(wantsColour({ TERM: 'dumb' }, true)).toBe(false)
})

it('writes no escape sequence when colour is off', () => {
  expect(createStyle(false).red('x')).toBe('x')
  expect(createStyle(true).red('x')).toBe('\u001b[31mx\u001b[39m')
})
