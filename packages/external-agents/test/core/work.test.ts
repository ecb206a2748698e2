import { describe, expect, it } from 'vitest'
import type { PlannedItem } from '../../src/import-plan.js'
import type { PlannedArtifact } from '../../src/kind.js'
import { reduced, unitsOf, workOf } from '../../src/work.js'

type Changes = Extract<PlannedArtifact['outcome'], { type: 'change' }>['changes']

const artifact = (name: string, changes: Changes): PlannedArtifact => ({
  itemType: 'HOOKS',
  name,
  source: name,
  target: name,
  sourcePath: `/from/${name}`,
  targetPath: '/to',
  outcome: { type: 'change', changes },
  fates: [],
  environment: [],
})
const item = (...artifacts: readonly PlannedArtifact[]): PlannedItem => ({
  item: { itemType: 'HOOKS', description: '' },
  target: undefined,
  artifacts,
  notSelected: [],
  facts: [],
  problems: [],
})
const script = { type: 'writeFile', path: '/hooks/a.sh', content: 'x' } as const
const merge = (event: string) =>
  ({ type: 'mergeJson', path: '/hooks.json', patch: { hooks: { [event]: { $append: [1] } } } }) as const

describe('workOf', () => {
  it('makes an equal change once, for all who need it, also across items', () => {
    const [a, b] = [artifact('a', [script]), artifact('b', [{ ...script }])]

    const work = workOf({ items: [item(a), item(b)], warnings: [] })

    expect(unitsOf(work)).toHaveLength(1)
    expect(unitsOf(work)[0]?.owners.map((owner) => owner.artifact)).toEqual([a, b])
    expect(work[1]?.needs.get(b)).toEqual(work[0]?.needs.get(a))
  })

  it('joins merges of one item into one file, after the files that they name', () => {
    const work = workOf({
      items: [item(artifact('a', [merge('Stop'), script]), artifact('b', [merge('Start')]))],
      warnings: [],
    })

    expect(unitsOf(work).map(({ change }) => change)).toEqual([
      script,
      { ...merge('Stop'), patch: { hooks: { Stop: { $append: [1] }, Start: { $append: [1] } } } },
    ])
  })

  it('keeps merges of different items apart, so that each step says what it did', () => {
    const work = workOf({
      items: [item(artifact('a', [merge('Stop')])), item(artifact('b', [merge('Start')]))],
      warnings: [],
    })

    expect(work.map(({ units }) => units.length)).toEqual([1, 1])
  })

  it('takes the part of a failed artifact out of a joined merge', () => {
    const [a, b] = [artifact('a', [merge('Stop')]), artifact('b', [merge('Start')])]
    const [unit] = unitsOf(workOf({ items: [item(a, b)], warnings: [] }))

    expect(reduced(unit!, (one) => one !== a)).toEqual(merge('Start'))
    expect(reduced(unit!, () => false)).toBeUndefined()
  })

  it('does nothing for an item that cannot be done', () => {
    const impossible = { ...item(artifact('a', [script])), impossible: { message: 'no' } } as unknown as PlannedItem

    expect(unitsOf(workOf({ items: [impossible], warnings: [] }))).toEqual([])
  })
})
