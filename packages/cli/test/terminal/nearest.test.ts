import { expect, it } from 'vitest'
import { nearest, suggestion } from '../../src/terminal/nearest.js'

it('finds the word with one letter wrong, missing, added or swapped', () => {
  const known = ['import', 'demo', 'completion']

  expect(nearest('inport', known)).toBe('import')
  expect(nearest('imprt', known)).toBe('import')
  expect(nearest('improt', known)).toBe('import')
  expect(nearest('compl', known)).toBe('completion')
})

it('suggests nothing when nothing is near', () => {
  expect(suggestion('xyzzy', ['import', 'demo'])).toBe('')
  expect(suggestion('dmo', ['import', 'demo'])).toBe(' (did you mean demo?)')
})
