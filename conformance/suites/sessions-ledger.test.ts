import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { growing, logFolder, sessions } from '../fixtures/sessions.js'
import { type Fixture, lay, type Site } from '../support/fixture.js'
import { startModel } from '../support/model-server.js'
import type { Json, Peer } from '../support/peer.js'
import { gangway, type Program, reference } from '../support/programs.js'
import {
  ask,
  detectSessions,
  importItems,
  importSessions,
  listThreads,
  type SessionResult,
  selecting,
  serve,
  sessionsOf,
} from '../support/session-run.js'

const sites: Site[] = []

afterEach(() => {
  for (const site of sites.splice(0)) site.remove()
})

function open(fixture: Fixture): Site {
  const site = lay(fixture)
  sites.push(site)
  return site
}

/** Runs `work` with a server of its own. */
async function withServer<T>(program: Program, site: Site, work: (peer: Peer) => Promise<T>): Promise<T> {
  const peer = await serve(program, site)
  try {
    return await work(peer)
  } finally {
    await peer.close()
  }
}

const oneSession: Fixture = { 'repo/a.txt': 'a', [`${logFolder}/growing.jsonl`]: growing.before }

function logOf(site: Site): string {
  return path.join(site.home, '.claude/projects/-repo/growing.jsonl')
}

/** Every thread's file with its text, by name. */
function threadFiles(site: Site): Record<string, string> {
  const folder = path.join(site.codexHome, 'sessions')
  if (!existsSync(folder)) return {}
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'))
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]))
}

describe('one ledger for both programs', () => {
  it('what we brought over is not offered by the reference, and not brought over by it', async () => {
    const site = open(sessions)
    const { result } = await importSessions(gangway(), site)
    // The reference reads no log with bytes that are no text.
    const paths = result.successes.map((one) => String(one.source)).filter((name) => !name.endsWith('/odd-bytes.jsonl'))
    const before = threadFiles(site)

    const { offered, again } = await withServer(reference(), site, async (peer) => ({
      offered: sessionsOf(await detectSessions(peer), site).map((one) => one.path),
      again: await importItems(peer, [selecting(paths)]),
    }))

    expect(paths.length).toBeGreaterThan(30)
    // The first never comes over there or here; the second is another way to a log that came over.
    expect(offered.filter((name) => !/\/(empty-agent|link)\.jsonl$/.test(name))).toEqual([])
    expect([again.successes, again.failures]).toEqual([[], []])
    expect(threadFiles(site)).toEqual(before)
  })

  it('what the reference brought over is not offered by us, and marked where marks are asked for', async () => {
    const site = open(sessions)
    const { result } = await importSessions(reference(), site)
    const byPath = new Map(result.successes.map((one) => [one.source, one.target]))
    const before = threadFiles(site)

    const { offered, marked, again } = await withServer(gangway(), site, async (peer) => ({
      offered: await detectSessions(peer),
      marked: await detectSessions(peer, { sessionMarks: true }),
      again: await importItems(peer, [selecting([...byPath.keys()].map(String))]),
    }))

    const offeredPaths = offered.flatMap((item) => ((item.details?.sessions ?? []) as Json[]).map((one) => one.path))
    expect(offeredPaths.filter((name) => byPath.has(name))).toEqual([])
    const marks = marked
      .flatMap((item) => (item.details?.sessions ?? []) as Json[])
      .filter((one) => byPath.has(one.path))
    expect(marks.map(({ path, state, threadId }) => [path, state, threadId]).sort()).toEqual(
      marks.map((one) => [one.path, 'imported', byPath.get(one.path)]).sort(),
    )
    expect(marks).toHaveLength(byPath.size)
    expect([again.successes, again.failures]).toEqual([[], []])
    expect(new Set(again.skipped.map(({ reason }) => reason))).toEqual(new Set(['already-imported']))
    expect(threadFiles(site)).toEqual(before)
  })

  it('keeps what the reference wrote into it, number by number', async () => {
    const site = open({ ...oneSession, [`${logFolder}/other.jsonl`]: growing.before.replaceAll('growing', 'other') })
    const ledger = path.join(site.codexHome, 'external_agent_session_imports.json')
    await withServer(reference(), site, (peer) => importItems(peer, [selecting([logOf(site)])]))
    const record = /\{\s+"source_path"[^}]+\}/.exec(readFileSync(ledger, 'utf8'))?.[0]

    await importSessions(gangway(), site)

    expect(record).toContain('"source_modified_at"')
    expect(readFileSync(ledger, 'utf8')).toContain(record)
    expect(JSON.parse(readFileSync(ledger, 'utf8')).records).toHaveLength(2)
  })
})

describe('a log that grows', () => {
  it('E5: is offered by us, and goes on in the thread that it became', async () => {
    const site = open(oneSession)
    const first = (await importSessions(gangway(), site)).result
    appendFileSync(logOf(site), growing.more('later'))

    const second = (await importSessions(gangway(), site)).result

    expect(second.successes.map(({ target }) => target)).toEqual(first.successes.map(({ target }) => target))
    expect(await wordsShown(reference(), site, first)).toEqual(['begin', 'begun', 'later', 'did later'])
  })

  it('is left alone by the reference in a thread of ours', async () => {
    const site = open(oneSession)
    await importSessions(gangway(), site)
    const before = threadFiles(site)
    appendFileSync(logOf(site), growing.more('later'))

    const { result } = await importSessions(reference(), site)
    const ours = (await importSessions(gangway(), site)).result

    expect([result.successes, result.failures]).toEqual([[], []])
    expect(Object.keys(threadFiles(site))).toEqual(Object.keys(before))
    expect(ours.successes).toHaveLength(1)
    expect(await wordsShown(reference(), site, ours)).toEqual(['begin', 'begun', 'later', 'did later'])
  })

  it('E5: goes on in a linked thread when somebody has gone on with the thread in the real Codex', async () => {
    const site = open(oneSession)
    const first = (await importSessions(gangway(), site)).result
    await oneTurn(site, String(first.successes[0]?.target))
    const before = threadFiles(site)
    appendFileSync(logOf(site), growing.more('later'))

    const second = (await importSessions(gangway(), site)).result

    expect(second.successes).toHaveLength(1)
    expect(second.successes[0]?.target).not.toBe(first.successes[0]?.target)
    expect(threadFiles(site)).toMatchObject(before)
    expect(await wordsShown(reference(), site, second)).toEqual(['later', 'did later'])
    const listed = await withServer(reference(), site, (peer) => listThreads(peer))
    expect(listed.map(({ id }) => id).sort()).toEqual([first, second].map((one) => one.successes[0]?.target).sort())
    const threadId = second.successes[0]?.target
    const { thread } = await withServer(reference(), site, (peer) => ask(peer, 'thread/read', { threadId }))
    expect((thread as Json).forkedFromId).toBe(first.successes[0]?.target)
  })

  it('goes on in a linked thread when the reference has made the first', async () => {
    const site = open(oneSession)
    const first = (await importSessions(reference(), site)).result
    const before = threadFiles(site)
    appendFileSync(logOf(site), growing.more('later'))

    const second = (await importSessions(gangway(), site)).result

    expect(second.successes[0]?.target).not.toBe(first.successes[0]?.target)
    expect(threadFiles(site)).toMatchObject(before)
    expect(await wordsShown(reference(), site, second)).toEqual(['later', 'did later'])
    const offered = await withServer(reference(), site, (peer) => detectSessions(peer))
    expect(offered).toEqual([])
  })
})

/** What a program shows of the one thread of a result, in words. */
async function wordsShown(program: Program, site: Site, result: SessionResult): Promise<string[]> {
  return withServer(program, site, async (peer) => {
    const threadId = result.successes[0]?.target
    const { thread } = await ask(peer, 'thread/read', { threadId, includeTurns: true })
    const items = ((thread as Json).turns as { items: Json[] }[]).flatMap((turn) => turn.items)
    return items.map((item) => String(item.text ?? (item.content as Json[] | undefined)?.[0]?.text))
  })
}

async function oneTurn(site: Site, threadId: string): Promise<void> {
  const model = await startModel()
  appendFileSync(path.join(site.codexHome, 'config.toml'), model.config)
  try {
    await withServer(reference(), site, async (peer) => {
      await ask(peer, 'thread/resume', { threadId })
      await ask(peer, 'turn/start', { threadId, input: [{ type: 'text', text: 'native', text_elements: [] }] })
      await peer.notification('turn/completed', (params) => params.threadId === threadId)
    })
  } finally {
    await model.close()
  }
}
