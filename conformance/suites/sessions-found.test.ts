import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessions } from '../fixtures/sessions.js'
import { lay, type Site } from '../support/fixture.js'
import { gangway, reference } from '../support/programs.js'
import { importSessions, type Session, type SessionResult } from '../support/session-run.js'

describe('sessions of every shape', () => {
  const sites: Site[] = []
  let theirs: { readonly site: Site; readonly found: readonly Session[]; readonly result: SessionResult }
  let ours: typeof theirs

  beforeAll(async () => {
    const run = async (program: ReturnType<typeof gangway>) => {
      const site = lay(sessions)
      sites.push(site)
      return { site, ...(await importSessions(program, site)) }
    }
    theirs = await run(reference())
    ours = await run(gangway())
  })
  afterAll(() => {
    for (const site of sites) site.remove()
  })

  it('are found wherever the reference finds them, with its folder and its title', () => {
    const known = new Map(ours.found.map((one) => [one.path, one]))
    // `link` is a second way to a log that is listed already; `empty-agent` is offered for ever and never comes over.
    const wanted = theirs.found.filter((one) => !['link', 'empty-agent'].includes(nameOf(one)))

    expect(wanted.length).toBeGreaterThan(25)
    expect(wanted.filter(({ title }) => title !== null).map(({ path }) => known.get(path))).toEqual(
      wanted.filter(({ title }) => title !== null),
    )
    expect(wanted.filter(({ title }) => title === null).map(({ path, cwd }) => [known.get(path)?.cwd, cwd])).toEqual([
      ['$REPO', '$REPO'],
      ['$REPO', '$REPO'],
    ])
  })

  it('E2: have titles where the reference loses the record that holds it', () => {
    const named = ours.found.filter((one) => ['odd-bom', 'odd-surrogate'].includes(nameOf(one)))

    expect(named.map(({ title }) => title).sort()).toEqual(['after a mark', 'half a pair: \ufffd!'])
  })

  it('E2, D7: are found where the reference loses them', () => {
    const lost = ours.found.map(nameOf).filter((name) => !theirs.found.map(nameOf).includes(name))

    expect(lost.sort()).toEqual(['odd-bytes', 'odd-folder-gone', 'odd-lost-successor', 'odd-no-folder', 'odd-no-times'])
  })

  it('E3: are found once, whatever links lead to them', () => {
    expect(theirs.found.map(nameOf)).toContain('link')
    expect(ours.found.map(nameOf).filter((name) => name === 'link' || name === 'plain')).toHaveLength(1)
  })

  it('come over wherever the reference brings them over, under the same title and folder', () => {
    const told = (run: typeof ours) =>
      run.result.successes.map((one) =>
        run.site.normalise(`${one.itemType} | ${one.source} | ${one.cwd} | ${one.title}`),
      )

    expect(theirs.result.successes.length).toBeGreaterThan(25)
    expect(told(theirs).filter((line) => !told(ours).includes(line))).toEqual([])
  })

  it('D1: each end as a success, a failure or skipped with a reason', () => {
    const { successes, failures, skipped } = ours.result
    const ends = [...successes, ...failures, ...skipped].map((one) => ours.site.normalise(String(one.source))).sort()

    expect(ends).toEqual(ours.found.map(({ path }) => path).sort())
    expect(failures).toEqual([])
    expect(skipped).toEqual([])
  })
})

function nameOf({ path }: Session): string {
  return path.split('/').at(-1)!.replace('.jsonl', '')
}
