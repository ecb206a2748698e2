import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { factClasses, factful } from '../fixtures/facts.js'
import { count, fidelityTable, inputOfModel, itemsShown } from '../support/fidelity.js'
import { lay, type Site } from '../support/fixture.js'
import { type ModelServer, startModel } from '../support/model-server.js'
import type { Json } from '../support/peer.js'
import { gangway, reference } from '../support/programs.js'
import { importSessions } from '../support/session-run.js'

const page = new URL('../../docs/import/sessions.md', import.meta.url)
const tableInPage = /(?<=<!-- measured by conformance\/suites\/sessions-fidelity.test.ts -->\n)(\|.*\n)+/

describe('what stands in a session', () => {
  const sites: Site[] = []
  let model: ModelServer
  let views: Parameters<typeof fidelityTable>[0]

  beforeAll(async () => {
    model = await startModel()
    const fixture = { ...factful, 'codex/config.toml': model.config }
    const [theirSite, ourSite] = [lay(fixture), lay(fixture)]
    sites.push(theirSite, ourSite)
    await importSessions(reference(), theirSite)
    await importSessions(gangway(), ourSite)
    const ours = await itemsShown(gangway(), ourSite)
    const [theirs, oursThere] = [await itemsShown(reference(), theirSite), await itemsShown(reference(), ourSite)]
    views = {
      theirs,
      oursThere,
      ours,
      theirModel: await inputOfModel(theirSite, model),
      ourModel: await inputOfModel(ourSite, model),
    }
  })
  afterAll(async () => {
    await model?.close()
    for (const site of sites) site.remove()
  })

  /** What our server does not show, and why. */
  const notShown: { readonly [name: string]: string } = {
    'descriptions of commands': 'no item has a place for them; they stand in the file',
    'smaller arguments of commands and searches': 'no item has a place for them; they stand in the file',
    'pictures that tools have given': 'the item names the file; the model gets the picture',
    'summaries of compactions': 'for the model',
    'words of a branch that was left': 'taken back by the person',
    'notices of the program': 'said by nobody',
  }

  it('D2, D3, D7, D8: is all shown by our server, as what it is', () => {
    const shown = factClasses.map((facts) => ({ name: facts.name, ...count(facts, views.ours) }))

    expect(shown).toEqual(
      factClasses.map(({ name, marks }) => {
        const wanted = name in notShown ? 0 : marks.length
        return { name, found: wanted, asItself: wanted }
      }),
    )
  })

  it('D4: is told to the model in calls and outputs, never in brackets', () => {
    const types = (items: readonly Json[]) => new Set(items.map(({ type }) => type))

    expect(types(views.ourModel)).toContain('function_call')
    expect(JSON.stringify(views.ourModel)).not.toContain('[external_agent')
    expect(types(views.theirModel)).not.toContain('function_call')
  })

  it('is shown by the real Codex as what it is wherever it is so after its own import', () => {
    const itself = (items: readonly Json[]) =>
      factClasses.map((facts) => [facts.name, count(facts, items).asItself] as const)
    const theirs = new Map(itself(views.theirs))

    expect(itself(views.oursThere).filter(([name, found]) => found < (theirs.get(name) ?? 0))).toEqual([])
  })

  it('D5, D6: notices and branches that were left are not shown as what was said', () => {
    const shown = factClasses
      .filter(({ name }) => /branch|notices/.test(name))
      .map((facts) => count(facts, views.ours).found)

    expect(shown).toEqual([0, 0])
  })

  it('is told in the documentation as measured', () => {
    const table = `${fidelityTable(views)}\n`
    const written = readFileSync(page, 'utf8')
    if (process.env.UPDATE_DOCS === '1') writeFileSync(page, written.replace(tableInPage, table))

    expect(tableInPage.exec(readFileSync(page, 'utf8'))?.[0]).toBe(table)
  })
})
