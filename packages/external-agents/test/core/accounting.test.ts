import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountOf, assertAccounted, environmentOf, projectAll, projectStep, stepResult } from '../../src/accounting.js'
import type { FactFate } from '../../src/fact.js'
import type { PlannedItem } from '../../src/import-plan.js'
import type { PlannedArtifact } from '../../src/kind.js'
import { problem } from '../../src/problems.js'
import { resultOrder } from '../../src/registry.js'
import type { MigrationItemType } from '../../src/wire.js'

const fact = (id: string) => ({ id, file: '/f', pointer: id })
const artifact = (name: string, more: Partial<PlannedArtifact> = {}): PlannedArtifact => ({
  itemType: 'SKILLS',
  name,
  source: name,
  target: name,
  sourcePath: `/from/${name}`,
  targetPath: `/to/${name}`,
  outcome: { type: 'change', changes: [] },
  fates: [{ fact: fact(name), fate: 'mapped' }],
  environment: [],
  ...more,
})
const planned = (artifacts: readonly PlannedArtifact[], more: Partial<PlannedItem> = {}): PlannedItem => ({
  item: { itemType: 'SKILLS', description: 'd', cwd: null },
  target: undefined,
  artifacts,
  notSelected: [],
  facts: artifacts.flatMap(({ fates }) => fates.map((fate) => fate.fact)),
  problems: [],
  ...more,
})

const anyOutcome = fc.constantFrom<PlannedArtifact['outcome']>(
  { type: 'change', changes: [] },
  { type: 'nothing' },
  { type: 'skipped', reason: { code: 'c', message: 'm' } },
  { type: 'failed', problem: problem('SKILLS', 's', 'm') },
)
const anyItem = fc
  .record({
    itemType: fc.constantFrom<MigrationItemType>(...resultOrder),
    outcomes: fc.array(fc.tuple(anyOutcome, fc.boolean()), { maxLength: 6 }),
    problems: fc.integer({ min: 0, max: 2 }),
    isImpossible: fc.boolean(),
  })
  .map(({ itemType, outcomes, problems, isImpossible }) => {
    const artifacts = outcomes.map(([outcome], index) => artifact(`n${index}`, { itemType, outcome }))
    const failed = new Map(
      artifacts
        .filter((_, index) => outcomes[index]?.[1])
        .map((found) => [found, problem(itemType, 'w', 'write failed')]),
    )
    const item = planned(artifacts, {
      item: { itemType, description: 'd' },
      problems: Array.from({ length: problems }, () => problem(itemType, 'p', 'p')),
      ...(isImpossible ? { impossible: problem(itemType, 'i', 'i') } : {}),
    })
    return { item, failed }
  })

describe('stepResult', () => {
  it('puts every artifact into exactly one bucket, and counts as many as it lists', () => {
    fc.assert(
      fc.property(anyItem, ({ item, failed }) => {
        const step = stepResult(item, failed)

        const buckets = step.successes.length + step.skipped.length + step.rawErrors.length
        const expected = item.impossible ? 1 : item.artifacts.length
        expect(buckets).toBe(expected + item.problems.length)
        expect(step.successCount).toBe(step.successes.length)
        expect(step.errorCount).toBe(step.rawErrors.length)
      }),
    )
  })

  it('never reports as a success what failed to be written', () => {
    const bad = artifact('bad')

    const step = stepResult(
      planned([artifact('good'), bad]),
      new Map([[bad, problem('SKILLS', 'no_space', 'disk full')]]),
    )

    expect(step.successes.map(({ source }) => source)).toEqual(['good'])
    expect(step.rawErrors).toMatchObject([{ subErrorType: 'no_space', message: 'disk full' }])
  })

  it('says of what was there already that it was', () => {
    const step = stepResult(planned([artifact('a', { outcome: { type: 'nothing' } })]), new Map())

    expect(step.skipped).toMatchObject([{ source: 'a', reason: 'already-there', targetPath: '/to/a' }])
  })
})

describe('projectAll', () => {
  it('has one row for each type that was asked for, in the fixed order, and the same records in both projections', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 8 }), (items) => {
        const steps = items.map(({ item, failed }) => stepResult(item, failed))

        const { itemTypeResults, itemResults } = projectAll(steps)

        const types = resultOrder.filter((itemType) => steps.some((step) => step.itemType === itemType))
        expect(itemResults.map(({ itemType }) => itemType)).toEqual(types)
        expect(itemTypeResults).toEqual(
          itemResults.map(({ itemType, successes, rawErrors }) => ({ itemType, successes, failures: rawErrors })),
        )
        const total = (key: 'successCount' | 'errorCount', rows: readonly { readonly [k in typeof key]: number }[]) =>
          rows.reduce((sum, row) => sum + row[key], 0)
        expect(total('successCount', itemResults)).toBe(total('successCount', steps))
        expect(total('errorCount', itemResults)).toBe(total('errorCount', steps))
      }),
    )
  })

  it('says in one step what ran', () => {
    const step = stepResult(planned([artifact('a')]), new Map())

    expect(projectStep(step).itemResults[0]).toMatchObject({
      itemType: 'SKILLS',
      description: 'd',
      cwd: null,
      successCount: 1,
    })
  })
})

describe('the account of facts', () => {
  it('counts every fate, and lists every fact with its artifact', () => {
    const reason = { code: 'c', message: 'm' }
    const fates: FactFate[] = [
      { fact: fact('a'), fate: 'mapped', target: 'config.toml' },
      { fact: fact('b'), fate: 'rewritten', reason },
      { fact: fact('c'), fate: 'dropped', reason },
      { fact: fact('d'), fate: 'needs-action', reason, action: 'do it' },
    ]

    const account = accountOf({ items: [planned([artifact('x', { fates })])], warnings: [] })

    expect(account.counts).toEqual({ mapped: 1, rewritten: 1, dropped: 1, needsAction: 1 })
    expect(account.facts[3]).toEqual({
      id: 'd',
      file: '/f',
      pointer: 'd',
      fate: 'needs-action',
      reason,
      action: 'do it',
      target: null,
      itemType: 'SKILLS',
      name: 'x',
    })
  })

  it('A23: finds a fact that was lost, one that was invented and one with two fates', () => {
    const check = (facts: readonly string[], fates: readonly string[]) => () =>
      assertAccounted({
        items: [
          planned([artifact('x', { fates: fates.map((id) => ({ fact: fact(id), fate: 'mapped' })) })], {
            facts: facts.map(fact),
          }),
        ],
        warnings: [],
      })

    expect(check(['a', 'b'], ['b', 'a'])).not.toThrow()
    expect(check(['a', 'b'], ['a'])).toThrow('no fate: b')
    expect(check(['a'], ['a', 'b'])).toThrow('never read: b')
    expect(check(['a'], ['a', 'a'])).toThrow('two fates: a')
    expect(check(['a', 'a'], ['a'])).toThrow('read twice: a')
  })

  it('lists a variable once, with everything that needs it', () => {
    const items = [planned([artifact('a', { environment: ['T', 'U'] }), artifact('b', { environment: ['T'] })])]

    expect(environmentOf({ items, warnings: [] })).toEqual([
      { name: 'T', usedBy: ['a', 'b'] },
      { name: 'U', usedBy: ['a'] },
    ])
  })
})
