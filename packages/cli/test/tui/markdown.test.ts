import { expect, it } from 'vitest'
import { GrowingMarkdown } from '../../src/tui/view/markdown.js'
import { createTheme } from '../../src/tui/view/theme.js'

const theme = createTheme(false)
const text = [
  '# A plan',
  '',
  'First some *words* that go on for a while, so that they are broken into lines.',
  '',
  '- one',
  '- two',
  '',
  '  still two',
  '',
  '1. first',
  '2. second',
  '',
  '```ts',
  'const a = 1',
  '',
  'const b = 2',
  '```',
  '',
  '| name | size |',
  '| --- | --- |',
  '| ship | 12 |',
  '',
  '> quoted',
  '',
  'The end.',
].join('\n')

it('gives the same lines however the text came', () => {
  const whole = new GrowingMarkdown(theme).lines(text, 40, true)
  for (const step of [1, 3, 17, 100]) {
    const growing = new GrowingMarkdown(theme)
    for (let end = step; end < text.length; end += step) growing.lines(text.slice(0, end), 40, false)
    expect(growing.lines(text, 40, true)).toEqual(whole)
  }
})

it('keeps what stands above the last part as it was while more comes', () => {
  const growing = new GrowingMarkdown(theme)
  const before = growing.lines('One.\n\nTwo.\n\nThr', 40, false)
  const after = growing.lines('One.\n\nTwo.\n\nThree *and', 40, false)

  expect(before.slice(0, 4)).toEqual(['One.', '', 'Two.', ''])
  expect(after).toEqual(['One.', '', 'Two.', '', 'Three *and'])
})

it('begins anew when the text is another one, or the width is', () => {
  const growing = new GrowingMarkdown(theme)
  growing.lines('One.\n\nTwo.\n\nThree.', 40, false)

  expect(growing.lines('Other.', 40, true)).toEqual(['Other.'])
  expect(growing.lines('Other words here.', 8, true)).toEqual(['Other', 'words', 'here.'])
})
