import { expect, it } from 'vitest'
import { countOf, namesOf, ofKinds, withNames } from '../../src/import/selection.js'
import type { MigrationItem } from '../../src/import/wire.js'

const skills: MigrationItem = {
  itemType: 'SKILLS',
  description: 'Skills',
  cwd: null,
  details: { skills: [{ name: 'a' }, { name: 'b' }], commands: [] },
}
const settings: MigrationItem = { itemType: 'CONFIG', description: 'Settings', cwd: null, details: null }

it('narrows an item to the picked names and leaves the rest of it alone', () => {
  const picked = withNames(skills, new Set(['b']))

  expect(picked).toEqual({ ...skills, details: { skills: [{ name: 'b' }], commands: [] } })
  expect(namesOf(skills)).toEqual(['a', 'b'])
})

it('counts an item without names as one thing', () => {
  expect(countOf(settings)).toBe(1)
  expect(countOf(skills)).toBe(2)
  expect(withNames(settings, new Set(['x']))).toBe(settings)
})

it('keeps the items of the wanted kinds in their order', () => {
  expect(ofKinds([skills, settings], new Set(['CONFIG']))).toEqual([settings])
  expect(ofKinds([skills, settings], undefined)).toEqual([skills, settings])
})
