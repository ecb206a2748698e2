import { expect, it } from 'vitest'
import { escapeControls, escapeControlsButTabs } from '../../src/terminal/escape.js'

it('spells out what could move the cursor or end the line', () => {
  expect(escapeControls('a\nb\tc\r\u001b[2Jd\u009b')).toBe('a\\nb\\tc\\r\\x1b[2Jd\\x9b')
})

it('spells out characters that turn the reading direction, and line separators', () => {
  expect(escapeControls('safe\u202egnp.exe\u2028')).toBe('safe\\u{202e}gnp.exe\\u{2028}')
})

it('spells out half of a surrogate pair and leaves whole ones alone', () => {
  expect(escapeControls('\ud83d x 🚢')).toBe('\\u{d83d} x 🚢')
})

it('leaves letters of every script alone', () => {
  const text = 'Grüße, 港, мост, ‘quoted’ — 100 %'

  expect(escapeControls(text)).toBe(text)
})

it('keeps tabs in a line of a diff', () => {
  expect(escapeControlsButTabs('+\tx\u0007')).toBe('+\tx\\x07')
})
