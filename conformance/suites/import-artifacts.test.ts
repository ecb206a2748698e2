import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faulty, lossy, occupied } from '../fixtures/lossy.js'
import { plain } from '../fixtures/plain.js'
import { gangway, reference } from '../support/programs.js'
import { type ImportRun, runImport, successLines } from '../support/run-import.js'

describe.each([
  ['a tidy home and repository', plain],
  ['a home full of what the reference drops', lossy],
  ['a target that holds everything already', occupied],
])('import of %s', (_title, fixture) => {
  let theirs: ImportRun
  let ours: ImportRun

  beforeAll(async () => {
    theirs = await runImport(reference(), fixture)
    ours = await runImport(gangway(), fixture)
  })
  afterAll(() => {
    theirs?.site.remove()
    ours?.site.remove()
  })

  it('offers every item that the reference offers, in its order and its words', () => {
    const offered = describeItems(ours)

    expect(offered.filter((line) => describeItems(theirs).includes(line))).toEqual(describeItems(theirs))
  })

  it('names every artifact that the reference names', () => {
    expect(missing(names(theirs), names(ours))).toEqual([])
  })

  it('succeeds wherever the reference succeeds, at the same place under the same name', () => {
    expect(missing(successLines(theirs), successLines(ours))).toEqual([])
  })

  it('groups its results in the order of the reference', () => {
    const order = theirs.results.map((group) => group.itemType)

    expect(ours.results.map((group) => group.itemType).filter((type) => order.includes(type))).toEqual(order)
  })

  it('C14: fills the successes of every type of which the reference brings something over', () => {
    const filled = (run: ImportRun) =>
      run.results.filter((group) => group.successes.length > 0).map((group) => group.itemType)

    expect(missing(filled(theirs), filled(ours))).toEqual([])
  })

  it('has nothing left to offer after the import', () => {
    expect(describeItems({ ...ours, items: ours.again })).toEqual([])
  })
})

describe.each(Object.entries(faulty))('detect when %s', (_title, { fixture, fault }) => {
  it('C2, C16: names the file and offers the rest, where the reference offers nothing', async () => {
    const theirs = await runImport(reference(), fixture)
    const ours = await runImport(gangway(), fixture)
    theirs.site.remove()
    ours.site.remove()

    const warnings = (ours.detected.result?.warnings ?? []) as { path: string }[]
    expect(ours.detected.error).toBeUndefined()
    expect(warnings.map((one) => one.path.split('/').pop())).toContain(fault)
    expect(ours.items.length).toBeGreaterThan(0)
    expect(theirs.items).toEqual([])
  })
})

function describeItems(run: { readonly site: ImportRun['site']; readonly items: ImportRun['items'] }): string[] {
  return run.items.map((item) => run.site.normalise(`${item.itemType} | ${item.cwd ?? '-'} | ${item.description}`))
}

function names(run: ImportRun): string[] {
  return run.items.flatMap((item) =>
    Object.values(item.details ?? {}).flatMap((list) =>
      (list as { name: string }[]).map((one) =>
        run.site.normalise(`${item.itemType} | ${item.cwd ?? '-'} | ${one.name}`),
      ),
    ),
  )
}

/** Lines of `wanted` that `had` lacks, each as often as it is lacking. */
function missing(wanted: readonly string[], had: readonly string[]): string[] {
  const left = [...had]
  return wanted.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
