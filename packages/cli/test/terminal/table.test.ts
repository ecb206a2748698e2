import { expect, it } from 'vitest'
import { tableLines } from '../../src/terminal/table.js'
import { displayWidth } from '../../src/terminal/width.js'

const header = [{ heading: 'kind' }, { heading: 'arrived', align: 'right' }] as const

it('lines columns up, with wide characters too', () => {
  const lines = tableLines(
    header,
    [
      ['港口', '3'],
      ['Skills', '12'],
    ],
    80,
  )

  expect(lines).toEqual(['kind    arrived', '港口          3', 'Skills       12'])
})

it('cuts the first column when the table is too wide, and no other', () => {
  const lines = tableLines(header, [['a'.repeat(40), '3']], 30)

  expect(lines[1]).toBe(`${'a'.repeat(20)}…        3`)
  expect(Math.max(...lines.map(displayWidth))).toBe(30)
})

it('leaves no space at the end of a line', () => {
  expect(tableLines([{ heading: 'a' }, { heading: 'b' }], [['xx', '']], 80)).toEqual(['a   b', 'xx'])
})
