import type { Site } from './fixture.js'
import { type Json, Peer } from './peer.js'
import type { Program } from './programs.js'
import type { Item, Result } from './run-import.js'

/** One session as detect names it, paths normalised. */
export interface Session {
  readonly path: string
  readonly cwd: string
  readonly title: string | null
}

/** What one import of sessions ended in. */
export interface SessionResult {
  readonly importId: string
  readonly successes: readonly Json[]
  readonly failures: readonly Json[]
  /** Ours only. */
  readonly skipped: readonly Json[]
}

const all = { includeHome: true, maxSessions: 10_000, maxSessionAgeDays: 100_000 }

/** A server over a site. Close it. */
export async function serve(program: Program, site: Site): Promise<Peer> {
  const peer = new Peer(program, { home: site.home, codexHome: site.codexHome, cwd: site.root })
  await peer.initialize()
  return peer
}

/** The answer to a request. @throws Error when it was refused */
export async function ask(peer: Peer, method: string, params: Json): Promise<Json> {
  const answer = await peer.request(method, params)
  if (answer.result === undefined) throw new Error(`${method}: ${answer.error?.code} ${answer.error?.message}`)
  return answer.result
}

/** What is offered of the sessions. @param more fields of ours */
export async function detectSessions(peer: Peer, more: Json = {}): Promise<Item[]> {
  const { items } = await ask(peer, 'externalAgentConfig/detect', { ...all, ...more })
  return (items as Item[]).filter((item) => item.itemType === 'SESSIONS')
}

/** The sessions of an offer, for comparing. */
export function sessionsOf(items: readonly Item[], site: Site): Session[] {
  return items.flatMap((item) =>
    ((item.details?.sessions ?? []) as Session[]).map(({ path, cwd, title }) => ({
      path: site.normalise(path),
      cwd: site.normalise(cwd),
      title,
    })),
  )
}

/** An item that asks for the sessions of these logs, offered or not. */
export function selecting(paths: readonly string[]): Item {
  const none = { plugins: [], skills: [], mcpServers: [], hooks: [], subagents: [], commands: [] }
  const sessions = paths.map((path) => ({ path, cwd: '/', title: null }))
  return { itemType: 'SESSIONS', description: 'these', cwd: null, details: { ...none, sessions } }
}

/** Imports items to the end. */
export async function importItems(peer: Peer, migrationItems: readonly Item[]): Promise<SessionResult> {
  const { importId } = await ask(peer, 'externalAgentConfig/import', { migrationItems })
  const ofThis = (params: Json) => params.importId === importId
  const completed = await peer.notification('externalAgentConfig/import/completed', ofThis, 60_000)
  const group = (completed.itemTypeResults as Result[]).find((one) => one.itemType === 'SESSIONS')
  const ours = (completed.itemResults as Json[] | undefined)?.find((one) => one.itemType === 'SESSIONS')
  return {
    importId: String(importId),
    successes: group?.successes ?? [],
    failures: group?.failures ?? [],
    skipped: (ours?.skipped ?? []) as Json[],
  }
}

/** Starts a program over the site, imports all sessions that it finds, and ends it. */
export async function importSessions(
  program: Program,
  site: Site,
): Promise<{ readonly found: readonly Session[]; readonly result: SessionResult }> {
  const peer = await serve(program, site)
  try {
    const items = await detectSessions(peer)
    return { found: sessionsOf(items, site), result: await importItems(peer, items) }
  } finally {
    await peer.close()
  }
}

/** All threads that a list gives, page by page. */
export async function listThreads(peer: Peer, params: Json = {}): Promise<Json[]> {
  const threads: Json[] = []
  for (let cursor: unknown = null; ; ) {
    const page = await ask(peer, 'thread/list', { limit: 50, ...params, cursor })
    threads.push(...(page.data as Json[]))
    cursor = page.nextCursor ?? null
    if (cursor === null) return threads
  }
}
