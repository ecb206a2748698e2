import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commandText } from '../../src/threads/model/command-text.js'

it.each([
  [['x', ''], "x ''"],
  [['x', 'a b'], "x 'a b'"],
  [['x', "it's"], 'x "it\'s"'],
  [['x', 'a^b'], "x a'^b'"],
  [['x', 'a\\b'], 'x "a\\\\b"'],
  [['x', 'a=b'], "x 'a=b'"],
  [['x', 'a+b-c.d/e:f@g]h_i'], 'x a+b-c.d/e:f@g]h_i'],
  [['x', 'é'], "x 'é'"],
  [['x', "it's $5"], "x \"it's \"'$5'"],
  [['x', 'it\'s "q" \\ `x`'], 'x "it\'s \\"q\\" \\\\ "\'`x`\''],
])('writes %j as the reference does', (words, text) => {
  expect(commandText(words)).toBe(text)
})

it('is read back by a shell as the same words', () => {
  const word = fc.string({ unit: fc.constantFrom(...' \'"\\$`!^*~#ab\n;é'), maxLength: 8 })

  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${commandText(words)}`], { encoding: 'utf8' })
      expect(printed.split('\0').slice(0, -1)).toEqual(words)
    }),
    { numRuns: 40 },
  )
})
