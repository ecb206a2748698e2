import type { Fixture, Site } from './fixture.js'
import { lay } from './fixture.js'
import { type Answer, type Json, Peer } from './peer.js'
import type { Program } from './programs.js'

export interface Item {
  readonly itemType: string
  readonly description: string
  readonly cwd: string | null
  readonly details: Json | null
}

export interface Result {
  readonly itemType: string
  readonly successes: readonly Json[]
  readonly failures: readonly Json[]
}

/** What one program said and left behind for one fixture. The site stays until `site.remove()`. */
export interface ImportRun {
  readonly site: Site
  readonly detected: Answer
  readonly items: readonly Item[]
  readonly answer: Answer
  readonly results: readonly Result[]
  readonly again: readonly Item[]
}

/**
 * Detects (home and repository), imports everything that was offered, and detects again.
 *
 * @param migrationSource the agent to bring over from; absent: not said
 */
export async function runImport(program: Program, fixture: Fixture, migrationSource?: string): Promise<ImportRun> {
  const site = lay(fixture)
  const peer = new Peer(program, { home: site.home, codexHome: site.codexHome, cwd: site.root })
  try {
    await peer.initialize({})
    const from = migrationSource === undefined ? {} : { migrationSource }
    const where = { includeHome: true, cwds: [site.repo], ...from }
    const detected = await peer.request('externalAgentConfig/detect', where)
    const items = (detected.result?.items ?? []) as Item[]
    if (items.length === 0) return { site, detected, items, answer: {}, results: [], again: [] }
    const answer = await peer.request('externalAgentConfig/import', { migrationItems: items, ...from })
    const importId = answer.result?.importId
    const results = importId === undefined ? [] : await completed(peer, importId)
    const again = ((await peer.request('externalAgentConfig/detect', where)).result?.items ?? []) as Item[]
    return { site, detected, items, answer, results, again }
  } finally {
    await peer.close()
  }
}

async function completed(peer: Peer, importId: unknown): Promise<Result[]> {
  const params = await peer.notification('externalAgentConfig/import/completed', (one) => one.importId === importId)
  return params.itemTypeResults as Result[]
}

/** Successes as comparable lines: type, place and name; paths normalised. */
export function successLines(run: ImportRun): string[] {
  return run.results.flatMap((group) =>
    group.successes.map((one) =>
      run.site.normalise([one.itemType, one.cwd ?? '-', one.source, one.target].join(' | ')),
    ),
  )
}
