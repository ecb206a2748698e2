import { expect, it } from 'vitest'
import { completeItems } from '../../src/import/complete-items.js'
import { withNames } from '../../src/import/selection.js'
import type { MigrationItem } from '../../src/import/wire.js'

const scope = { includeHome: true, cwds: ['/projects/r/src', '/projects/empty'], migrationSource: 'claude-code' }
const skills: MigrationItem = {
  itemType: 'SKILLS',
  description: 'Skills',
  cwd: null,
  details: { skills: [{ name: 'a' }, { name: 'b' }] },
}
const rules: MigrationItem = { itemType: 'AGENTS_MD', description: 'Rules', cwd: '/projects/r', details: null }

function seen(items: readonly MigrationItem[]): readonly string[] {
  return items.map((item) => `${item.itemType} ${item.cwd ?? 'home'}`)
}

it('asks for an item that was picked whole without a selection', () => {
  const [first] = completeItems([skills, rules], [skills, rules], scope, undefined)

  expect(first).toEqual({ ...skills, details: null })
})

it('asks for every kind in every place when everything was picked, each once', () => {
  const all = seen(completeItems([skills, rules], [skills, rules], scope, undefined))

  expect(all.slice(0, 2)).toEqual(['SKILLS home', 'AGENTS_MD /projects/r'])
  expect(all).toHaveLength(21)
  expect(new Set(all).size).toBe(21)
  expect(all).toContain('HOOKS home')
  expect(all).toContain('SKILLS /projects/r')
  expect(all).toContain('CONFIG /projects/empty')
})

it('adds only kinds that the import is limited to', () => {
  const items = completeItems([skills], [skills], { ...scope, cwds: [] }, new Set(['SKILLS', 'HOOKS']))

  expect(seen(items)).toEqual(['SKILLS home', 'HOOKS home'])
})

it('asks for exactly what was picked when something was left out', () => {
  const some = withNames(skills, new Set(['b']))

  expect(completeItems([some, rules], [skills, rules], scope, undefined)).toEqual([some, rules])
  expect(completeItems([rules], [skills, rules], scope, undefined)).toEqual([rules])
})
