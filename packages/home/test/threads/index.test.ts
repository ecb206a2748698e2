import { appendFileSync, existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  appendThreadName,
  archiveThread,
  type HomeLayout,
  ThreadIndex,
  type ThreadQuery,
  unarchiveThread,
} from '@gangway/home'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder, write } from '../folder.js'
import { answered, began, item, lineText, said, temporaryHome, threadId, writeThread } from './rollout.js'

const open = (layout: HomeLayout, env: { [name: string]: string } = {}) => {
  const index = ThreadIndex.open(layout, { env })
  onTestFinished(() => index.close())
  return index
}
const numbersOf = (threads: readonly { readonly id: string }[]) => threads.map(({ id }) => Number(id.slice(-12)))
const listed = async (index: ThreadIndex, query: ThreadQuery = {}) => numbersOf((await index.list(query)).threads)
const day = 86_400_000
/** Threads 1, 2, … each a day younger than the one before, written to in the opposite order. */
const writeThreads = (layout: HomeLayout, count: number) =>
  Array.from({ length: count }, (_, at) =>
    writeThread(layout, threadId(at + 1), [said(`message ${at + 1}`)], {
      startedAt: new Date(began.getTime() + at * day),
      modifiedAt: new Date(began.getTime() + (100 - at) * day),
    }),
  )

describe('the index of threads', () => {
  it('lists by creation, newest first, and by the time of the file', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 3)
    const index = open(layout)

    expect(await listed(index)).toEqual([3, 2, 1])
    expect(await listed(index, { sortDirection: 'asc' })).toEqual([1, 2, 3])
    expect(await listed(index, { sortKey: 'updated_at' })).toEqual([1, 2, 3])
    expect(await listed(index, { sortKey: 'recency_at', sortDirection: 'asc' })).toEqual([3, 2, 1])
  })

  it('pages through all threads in either direction, each once, also those of one time', async () => {
    const layout = temporaryHome()
    for (let n = 1; n <= 7; n++) writeThread(layout, threadId(n), [said('u')])
    const index = open(layout)

    for (const sortDirection of ['desc', 'asc'] as const) {
      const seen: number[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await index.list({ limit: 3, sortDirection, ...(cursor ? { cursor } : {}) })
        seen.push(...numbersOf(page.threads))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(sortDirection === 'asc' ? [1, 2, 3, 4, 5, 6, 7] : [7, 6, 5, 4, 3, 2, 1])
    }
  })

  it('gives a cursor that lists what came since, and refuses one that it cannot read', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 2)
    const index = open(layout)
    const { backwardsCursor, nextCursor } = await index.list({ limit: 1 })

    writeThread(layout, threadId(3), [said('new')], { startedAt: new Date(began.getTime() + 9 * day) })

    expect(nextCursor).toBe(`${new Date(began.getTime() + day).toISOString()}|${threadId(2)}`)
    expect(await listed(index, { cursor: backwardsCursor!, sortDirection: 'asc' })).toEqual([2, 3])
    await expect(index.list({ cursor: 'bogus' })).rejects.toThrow('invalid cursor: bogus')
    expect(await listed(index, { cursor: '2026-03-04T05:06:08Z', limit: 0 })).toEqual([1])
  })

  it('F6: lists custom sources and foreign providers, and narrows to kinds, providers and folders', async () => {
    const layout = temporaryHome()
    const sources = ['cli', 'exec', { custom: 'mine' }, { subagent: 'review' }, 'weird']
    for (const [at, source] of sources.entries())
      writeThread(layout, threadId(at + 1), [said('u')], { meta: { source } })
    writeThread(layout, threadId(6), [said('u')], { meta: { model_provider: 'acme', cwd: '/else' } })
    writeThread(layout, threadId(7), [said('u')], { meta: { model_provider: null } })
    const index = open(layout)

    expect(await listed(index)).toEqual([7, 6, 3, 1])
    expect(await listed(index, { sourceKinds: ['exec', 'subAgentReview'] })).toEqual([4, 2])
    expect(await listed(index, { sourceKinds: ['subAgent', 'unknown'] })).toEqual([5, 4])
    expect(await listed(index, { modelProviders: ['acme'] })).toEqual([6])
    expect(await listed(index, { modelProviders: ['openai'], defaultModelProvider: 'openai' })).toEqual([7, 3, 1])
    expect(await listed(index, { modelProviders: [] })).toEqual([7, 6, 3, 1])
    expect(await listed(index, { cwds: ['/else', '/none'] })).toEqual([6])
    expect(await listed(index, { excludedThreadIds: [threadId(7), threadId(1)] })).toEqual([6, 3])
  })

  it('lists children and descendants, whatever their kind', async () => {
    const layout = temporaryHome()
    const child = (n: number, parent: number) =>
      writeThread(layout, threadId(n), [said('u')], {
        meta: { source: { subagent: 'review' }, parent_thread_id: threadId(parent) },
      })
    writeThread(layout, threadId(1), [said('u')])
    child(2, 1)
    child(3, 2)
    const index = open(layout)

    expect(await listed(index, { parentThreadId: threadId(1) })).toEqual([2])
    expect(await listed(index, { ancestorThreadId: threadId(1) })).toEqual([3, 2])
  })

  it('leaves out threads in which nobody said anything yet, unless asked', async () => {
    const layout = temporaryHome()
    const path = writeThread(layout, threadId(1), [answered('hello')])
    const index = open(layout)

    expect(await listed(index)).toEqual([])
    expect(await listed(index, { includeEmpty: true })).toEqual([1])

    appendFileSync(path, lineText(said('now')))
    await index.refresh()
    expect(await listed(index)).toEqual([1])
  })
})

describe('the truth of the index', () => {
  it('F1: shows a thread that another program drops in, in any folder, with the next call', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 1)
    const index = open(layout)
    await index.list()

    writeThread(layout, threadId(5), [said('same day')])
    writeThread(layout, threadId(6), [said('new year')], { startedAt: new Date('2031-01-01T12:00:00Z') })
    writeThread(layout, threadId(7), [said('odd folder')], { folder: join(layout.sessionsDir, 'misc') })
    writeThread(layout, threadId(8), [said('flat')], { folder: layout.sessionsDir })

    expect((await listed(index)).sort()).toEqual([1, 5, 6, 7, 8])
    expect(await index.get(threadId(6))).toMatchObject({ preview: 'new year' })
  })

  it('F2: forgets a thread whose file is gone, everywhere, also over a restart', async () => {
    const layout = temporaryHome()
    const [path] = writeThreads(layout, 2)
    const index = open(layout)
    await index.list()

    rmSync(path!)

    expect(await listed(index)).toEqual([2])
    expect(await index.get(threadId(1))).toBe(undefined)
    expect(await index.read(threadId(1))).toBe(undefined)
    await index.close()
    expect(await listed(open(layout), { includeEmpty: true })).toEqual([2])
  })

  it('sees what another program appends or rewrites, also to files that it has long known', async () => {
    const layout = temporaryHome()
    const paths = writeThreads(layout, 3)
    const index = open(layout)
    await index.list({ sortKey: 'updated_at' })
    await index.list({ sortKey: 'updated_at' })

    appendFileSync(paths[2]!, lineText(answered('more')))
    expect(await listed(index, { sortKey: 'updated_at' })).toEqual([3, 1, 2])

    const future = new Date(Date.now() + day)
    writeFileSync(`${paths[1]!}.tmp`, lineText(said('another text')))
    utimesSync(`${paths[1]!}.tmp`, future, future)
    renameSync(`${paths[1]!}.tmp`, paths[1]!)
    expect(await listed(index, { sortKey: 'updated_at' })).toEqual([2, 3, 1])
    expect(await index.get(threadId(2))).toMatchObject({ preview: 'another text' })
  })

  it('finds a thread whose file was put away, brought back or moved', async () => {
    const layout = temporaryHome()
    const [path] = writeThreads(layout, 1)
    const index = open(layout)
    await index.list()

    const archived = archiveThread(layout, path!)
    expect(await listed(index)).toEqual([])
    expect(await listed(index, { archived: true })).toEqual([1])
    expect(await index.get(threadId(1))).toMatchObject({ isArchived: true, path: archived })

    const before = Date.now()
    expect(unarchiveThread(layout, archived)).toBe(path)
    expect(await listed(index)).toEqual([1])
    expect((await index.get(threadId(1)))!.updatedAtMs).toBeGreaterThanOrEqual(before - 1)
  })

  it('E9: shows the last name that anybody gave', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 1)
    const index = open(layout)
    await index.list()

    await appendThreadName(layout, threadId(1), 'Mine')
    expect((await index.list({ searchTerm: 'Mine' })).threads).toMatchObject([{ name: 'Mine' }])

    appendFileSync(layout.threadNames, `{"id":"${threadId(1)}","thread_name":"Theirs"}\n`)
    expect((await index.list()).threads).toMatchObject([{ name: 'Theirs' }])
  })

  it('shows one thread where it was taken back, and the first message of what a fork took along', async () => {
    const layout = temporaryHome()
    const base = (end: number) => ({
      history_mode: 'paginated',
      history_base: { thread_id: threadId(1), end_byte_offset: end },
    })
    writeThread(layout, threadId(1), [said('first')], { meta: { history_mode: 'paginated' } })
    writeThread(layout, threadId(1), [said('again')], { meta: base(100_000), revisionId: threadId(99) })
    writeThread(layout, threadId(2), [said('in the fork')], { meta: base(100_000) })
    writeThread(layout, threadId(3), [said('from the start')], { meta: base(10) })
    const index = open(layout)

    expect((await index.list()).threads.map(({ id, preview }) => [Number(id.slice(-12)), preview])).toEqual([
      [3, 'from the start'],
      [2, 'first'],
      [1, 'first'],
    ])
    expect((await index.read(threadId(2)))!.items).toHaveLength(2)
    expect((await index.get(threadId(1)))!.revisionId).toBe(threadId(99))
  })

  it('ignores what is no thread, and reads it once it is', async () => {
    const layout = temporaryHome()
    const path = write(join(layout.sessionsDir, '2026/03/04/rollout-nonsense.jsonl'), 'nonsense')
    const index = open(layout)
    expect(await listed(index)).toEqual([])

    writeFileSync(path, `${lineText({ type: 'session_meta', payload: { id: threadId(4) } })}${lineText(said('u'))}`)
    await index.refresh()

    expect(await listed(index)).toEqual([4])
  })

  it('answers calls at the same time, and while files come and go', async () => {
    const layout = temporaryHome()
    const paths = writeThreads(layout, 20)
    const index = open(layout)

    const answers = Promise.all(Array.from({ length: 10 }, () => index.list({ sortKey: 'updated_at' })))
    for (const path of paths.slice(10)) rmSync(path)
    await answers

    expect((await index.list({ limit: 100 })).threads).toHaveLength(10)
  })
})

describe('gangway.sqlite', () => {
  it('saves reading the files again, and is made anew when it is lost or spoilt', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 3)
    const first = open(layout)
    expect(await first.refresh()).toMatchObject({ threads: 3, read: 3 })
    await first.close()

    const second = open(layout)
    expect(await second.refresh()).toMatchObject({ threads: 3, read: 0 })
    await second.close()

    for (const spoil of [
      () => rmSync(join(layout.root, 'gangway.sqlite')),
      () => writeFileSync(join(layout.root, 'gangway.sqlite'), 'x'.repeat(5_000)),
    ]) {
      spoil()
      for (const suffix of ['-wal', '-shm']) rmSync(join(layout.root, `gangway.sqlite${suffix}`), { force: true })
      const index = open(layout)
      expect(await index.refresh()).toMatchObject({ threads: 3, read: 3 })
      expect(index.degradation).toBe(null)
      await index.close()
    }
  })

  it('follows what happened to the files while no program ran', async () => {
    const layout = temporaryHome()
    const paths = writeThreads(layout, 3)
    const first = open(layout)
    await first.list()
    await first.close()

    rmSync(paths[0]!)
    writeFileSync(paths[1]!, lineText(said('rewritten')))
    writeThread(layout, threadId(4), [said('new')], { startedAt: new Date(began.getTime() + 9 * day) })

    const second = open(layout)
    expect((await second.list()).threads.map(({ preview }) => preview)).toEqual(['new', 'message 3', 'rewritten'])
  })

  it('stands where CODEX_SQLITE_HOME says', async () => {
    const layout = temporaryHome()
    const elsewhere = join(temporaryFolder(), 'databases')
    writeThreads(layout, 1)

    await open(layout, { CODEX_SQLITE_HOME: elsewhere }).list()

    expect(existsSync(join(elsewhere, 'gangway.sqlite'))).toBe(true)
    expect(existsSync(join(layout.root, 'gangway.sqlite'))).toBe(false)
  })

  it('is done without where it cannot be made, and says so', async () => {
    const layout = temporaryHome()
    const file = write(join(temporaryFolder(), 'file'), '')
    writeThreads(layout, 2)
    const index = open(layout, { CODEX_SQLITE_HOME: file })

    expect(await listed(index)).toEqual([2, 1])
    expect(index.degradation).toContain(`threads are not remembered in ${join(file, 'gangway.sqlite')}: `)
  })

  it('is forgotten and filled again by a rebuild', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 2)
    const index = open(layout)
    await index.list()

    expect(await index.rebuild()).toMatchObject({ threads: 2, read: 2 })
    expect(await listed(index)).toEqual([2, 1])
  })

  it('may be used by two indexes at once', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 5)
    const [one, two] = [open(layout), open(layout)]

    const answers = await Promise.all([one.list(), two.list(), one.rebuild(), two.rebuild(), two.list()])

    expect(answers[4]).toMatchObject({ threads: { length: 5 } })
    expect([one.degradation, two.degradation]).toEqual([null, null])
  })
})

describe('the first look over many files', () => {
  it('F7: answers the newest page before all files are read', async () => {
    const layout = temporaryHome()
    for (let n = 1; n <= 600; n++) {
      writeThread(layout, threadId(n), [said(`m${n}`)], { startedAt: new Date(began.getTime() + n * day) })
    }
    const index = open(layout)

    const first = await index.list({ limit: 3 })
    await index.close()
    const rest = await open(layout).refresh()

    expect(numbersOf(first.threads)).toEqual([600, 599, 598])
    expect(rest.threads).toBe(600)
    expect(rest.read).toBeGreaterThan(0)
  })

  it('is given up when the index closes, and who waits is told', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 3)
    const index = open(layout)

    const waiting = index.refresh()
    const closing = index.close()

    await expect(waiting).rejects.toThrow('the thread index is closed')
    await closing
    await expect(index.list()).rejects.toThrow('the thread index is closed')
  })
})

describe('a search', () => {
  it('finds names, first messages and what was said, whatever the case, with the words around', async () => {
    const layout = temporaryHome()
    writeThread(layout, threadId(1), [said('about Apples')])
    writeThread(layout, threadId(2), [said('u'), answered(`${'long '.repeat(50)}an "APPLE" a day`)])
    writeThread(layout, threadId(3), [
      said('u'),
      item('t1', { type: 'AgentMessage', id: 'a', content: [{ type: 'Text', text: 'no pear' }] }),
    ])
    writeThread(layout, threadId(4), [said('u')])
    await appendThreadName(layout, threadId(4), 'Apple pie')
    const index = open(layout)

    const { threads, snippets } = await index.search({ searchTerm: 'apple' })

    expect(numbersOf(threads)).toEqual([4, 2, 1])
    expect(snippets.get(threadId(1))).toBe('about Apples')
    expect(snippets.get(threadId(2))).toMatch(/^….*an "APPLE" a day$/)
    expect(numbersOf((await index.search({ searchTerm: '"apple"' })).threads)).toEqual([2])
    expect(numbersOf((await index.search({ searchTerm: 'PEAR' })).threads)).toEqual([3])
  })

  it('pages, and ends when its signal says so', async () => {
    const layout = temporaryHome()
    writeThreads(layout, 5)
    const index = open(layout)

    const first = await index.search({ searchTerm: 'message', limit: 2 })
    const second = await index.search({ searchTerm: 'message', limit: 2, cursor: first.nextCursor! })

    expect(numbersOf([...first.threads, ...second.threads])).toEqual([5, 4, 3, 2])
    await expect(index.search({ searchTerm: 'x', signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })
})
