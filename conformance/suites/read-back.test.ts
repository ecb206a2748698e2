import { beforeAll, describe, expect, it } from 'vitest'
import { lossy, occupied } from '../fixtures/lossy.js'
import { plain } from '../fixtures/plain.js'
import type { Fixture } from '../support/fixture.js'
import type { Program } from '../support/programs.js'
import { gangway, reference } from '../support/programs.js'
import { type ReadBack, readBack } from '../support/read-back.js'
import { runImport } from '../support/run-import.js'

describe.each([
  ['a tidy home and repository', plain],
  ['a home full of what the reference drops', lossy],
  ['a target that holds everything already', occupied],
])('the real Codex, asked about our import of %s', (_title, fixture) => {
  let theirs: ReadBack
  let ours: ReadBack

  beforeAll(async () => {
    theirs = await importAndRead(reference(), fixture)
    ours = await importAndRead(gangway(), fixture)
  })

  it('starts with no warning that it does not have after its own import', () => {
    expect(ours.warnings.filter((one) => !theirs.warnings.includes(one))).toEqual([])
  })

  it('sets every environment value and the sandbox mode that its own import sets', () => {
    expect(ours.environment).toMatchObject(theirs.environment)
    if (theirs.sandboxMode !== null) expect(ours.sandboxMode).toEqual(theirs.sandboxMode)
  })

  it('has every MCP server of its own import, with the same meaning', () => {
    expect(ours.servers).toMatchObject(theirs.servers)
  })

  it('lists every skill of its own import, and reports no skill that it cannot read', () => {
    expect(theirs.skills.filter((one) => !ours.skills.includes(one))).toEqual([])
    expect(ours.skills.filter((one) => one.startsWith('error'))).toEqual([])
  })

  it('lists every hook of its own import for the same event, matcher and time', () => {
    expect(theirs.hooks.map(withoutPaths).filter((one) => !ours.hooks.map(withoutPaths).includes(one))).toEqual([])
    expect(ours.hooks.filter((one) => one.startsWith('error'))).toEqual([])
  })
})

async function importAndRead(program: Program, fixture: Fixture): Promise<ReadBack> {
  const run = await runImport(program, fixture)
  try {
    return await readBack(run.site)
  } finally {
    run.site.remove()
  }
}

/** Hook commands of a repository may name their script by another way to the same file: the file's name is what counts. */
function withoutPaths(line: string): string {
  return line.replace(/"\$\([^)]*\)[^"]*\/hooks\/([^"]+)"/g, '$1').replace(/['"]?[^'" ]*\/hooks\/([^'" ]+)['"]?/g, '$1')
}
