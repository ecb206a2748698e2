import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cursor } from '../fixtures/cursor.js'
import { gangway, reference } from '../support/programs.js'
import { type ImportRun, type Item, runImport } from '../support/run-import.js'

describe('import from Cursor', () => {
  let theirs: ImportRun
  let ours: ImportRun

  beforeAll(async () => {
    theirs = await runImport(reference(), cursor, 'cursor')
    ours = await runImport(gangway(), cursor, 'cursor')
  })
  afterAll(() => {
    theirs?.site.remove()
    ours?.site.remove()
  })

  it('A16, A21: offers every item that the reference offers, in its order and its words', () => {
    const offered = describeItems(ours)
    const wanted = describeItems(theirs)

    expect(offered.filter((line) => wanted.includes(line))).toEqual(wanted)
    expect(wanted.filter((line) => line.startsWith('SESSIONS'))).toHaveLength(1)
  })

  it('names everything that the reference names', () => {
    expect(names(theirs).length).toBeGreaterThan(20)
    expect(names(theirs).filter((line) => !names(ours).includes(line))).toEqual([])
  })

  it('succeeds wherever the reference succeeds', () => {
    const had = successes(ours)

    expect(successes(theirs).filter((line) => !had.includes(line))).toEqual([])
  })

  it('A5, A8, A16: brings over what the reference leaves', () => {
    const more = names(ours).filter((line) => !names(theirs).includes(line))

    expect(more).toEqual(['MCP_SERVER_CONFIG | - | home', 'HOOKS | - | SessionEnd', 'SKILLS | $REPO | rule-release'])
    expect(ours.items.some((item) => item.itemType === 'AGENTS_MD' && item.cwd === null)).toBe(true)
  })

  it('has nothing left to offer after the import', () => {
    expect(ours.again.map((item) => item.itemType)).toEqual([])
  })
})

function describeItems({ site, items }: ImportRun): string[] {
  return items.map((item) => site.normalise(`${item.itemType} | ${item.cwd ?? '-'} | ${item.description}`))
}

function names({ site, items }: ImportRun): string[] {
  return items.flatMap((item) =>
    namesOf(item).map((name) => site.normalise(`${item.itemType} | ${item.cwd ?? '-'} | ${name}`)),
  )
}

/** Names of artifacts; of conversations their logs, folders and titles. */
function namesOf({ details }: Item): string[] {
  const lists = Object.values(details ?? {}) as { name?: string; path?: string; cwd?: string; title?: string }[][]
  return lists.flat().map(({ name, path, cwd, title }) => name ?? `${path} ${cwd} ${title}`)
}

/** Threads have ids of their own in each program. */
function successes({ site, results }: ImportRun): string[] {
  return results.flatMap(({ itemType, successes: list }) =>
    list.map(({ cwd, source, target, title }) =>
      site.normalise([itemType, cwd ?? '-', source, itemType === 'SESSIONS' ? title : target].join(' | ')),
    ),
  )
}
