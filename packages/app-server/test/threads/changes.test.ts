import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadListResponse, ThreadReadStateUpdateResponse, ThreadSearchResponse } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { introduction, testHome } from '../support/homes.js'
import { type Peer, transports } from '../support/peer.js'
import { answered, startedBy, threadId, writeThread } from '../support/rollouts.js'

const id = threadId(1)

describe.each(transports)('changing threads, $name', ({ serve }) => {
  it('puts a thread away and takes it back, and tells every client', async () => {
    using home = testHome()
    const path = writeThread(home, 1)
    await using server = serve(home)
    const [peer, other] = [await introduced(server.connect()), await introduced(server.connect())]

    expect(await peer.request('thread/archive', { threadId: id })).toEqual({})
    expect((await other.events.next('thread/archived')).params).toEqual({ threadId: id })
    expect(existsSync(path)).toBe(false)
    expect(await ids(peer, { archived: true })).toEqual([1])

    const answer = await peer.request('thread/unarchive', { threadId: id })
    expect(answer).toMatchObject({ thread: { id, path, status: { type: 'notLoaded' }, turns: [] } })
    expect((await other.events.next('thread/unarchived')).params).toEqual({ threadId: id })
    expect(await ids(peer, {})).toEqual([1])
  })

  it('puts the threads of its agents away with it, takes them back with it, and removes them with it', async () => {
    using home = testHome()
    writeThread(home, 1)
    for (const [n, parent] of [
      [2, 1],
      [3, 2],
      [4, 1],
    ] as const)
      writeThread(home, n, { meta: startedBy(parent) })
    writeThread(home, 5)
    await using server = serve(home)
    const peer = await introduced(server.connect())
    const told = (method: string) => peer.events.of(method).map(({ params }) => number(params as { threadId: string }))

    await peer.request('thread/archive', { threadId: id })
    await peer.events.next('thread/archived', 4)
    await peer.request('thread/unarchive', { threadId: id })
    await peer.events.next('thread/unarchived', 4)
    await peer.request('thread/delete', { threadId: id })
    await peer.events.next('thread/deleted', 4)

    expect(told('thread/archived')).toEqual([1, 3, 4, 2])
    expect(told('thread/unarchived')).toEqual([1, 3, 4, 2])
    expect(told('thread/deleted')).toEqual([3, 4, 2, 1])
    expect(await ids(peer, { sourceKinds: ['vscode', 'subAgent'] })).toEqual([5])
    expect(readdirSync(join(home.codexHome, 'sessions/2026/01/02')).length).toBe(1)
  })

  it('removes a thread with its name and with what was noted of it', async () => {
    using home = testHome()
    writeThread(home, 1)
    await using server = serve(home)
    const peer = await introduced(server.connect())
    await peer.request('thread/name/set', { threadId: id, name: 'mine' })
    await peer.request('thread/metadata/update', { threadId: id, gitInfo: { branch: 'b' } })

    await peer.request('thread/delete', { threadId: id })
    writeThread(home, 1)

    expect(await peer.request('thread/read', { threadId: id })).toMatchObject({ thread: { name: null, gitInfo: null } })
  })

  it('does not remove a thread that another one goes on from', async () => {
    using home = testHome()
    const path = writeThread(home, 1)
    const base = { thread_id: id, end_ordinal_exclusive: 3 }
    writeThread(home, 2, { meta: { forked_from_id: id, history_mode: 'paginated', history_base: base } })
    await using server = serve(home)
    const peer = await introduced(server.connect())

    await expect(peer.request('thread/delete', { threadId: id })).rejects.toMatchObject({
      code: -32600,
      message: `cannot delete thread ${id}: forked history still references it`,
    })
    expect(existsSync(path)).toBe(true)

    await peer.request('thread/delete', { threadId: threadId(2) })
    expect(await peer.request('thread/delete', { threadId: id })).toEqual({})
  })

  it('gives a thread a name without blanks around it, which lists and searches find', async () => {
    using home = testHome()
    writeThread(home, 1)
    await using server = serve(home)
    const peer = await introduced(server.connect())

    expect(await peer.request('thread/name/set', { threadId: id, name: '  my\nthread ' })).toEqual({})

    expect((await peer.events.next('thread/name/updated')).params).toEqual({ threadId: id, threadName: 'my\nthread' })
    expect(await peer.request('thread/list', { searchTerm: 'my' })).toMatchObject({ data: [{ name: 'my\nthread' }] })
  })

  it('keeps where a project stands beside the file, and what a client chose', async () => {
    using home = testHome()
    writeThread(home, 1, { meta: { git: { commit_hash: 'abc', branch: 'main', repository_url: 'u' } } })
    await using server = serve(home)
    const peer = await introduced(server.connect())
    const update = async (change: object) =>
      (await peer.request('thread/metadata/update', { threadId: id, ...change })) as { thread: object }

    expect(await update({ gitInfo: { branch: ' other ' } })).toMatchObject({
      thread: { gitInfo: { sha: 'abc', branch: 'other', originUrl: 'u' } },
    })
    expect(
      await update({ gitInfo: { sha: null, branch: null, originUrl: null }, daybreakEnabled: true }),
    ).toMatchObject({
      thread: { gitInfo: null, daybreakEnabled: true },
    })
    expect(await update({ projectId: '' })).toMatchObject({ thread: { gitInfo: null, daybreakEnabled: true } })
    expect(await peer.request('thread/list', {})).toMatchObject({ data: [{ daybreakEnabled: true }] })
  })

  it('marks a thread as unread and read, tells every client, and keeps the mark', async () => {
    using home = testHome()
    writeThread(home, 1)
    await using server = serve(home)
    const [peer, other] = [await introduced(server.connect()), await introduced(server.connect())]

    const unread = await mark(peer, 'unread', `initial:${id}`)
    const read = await mark(peer, 'read', unread.revision)

    expect(unread.firstUnread).toEqual({ type: 'threadStart' })
    expect(read.firstUnread).toBeNull()
    expect(new Set([`initial:${id}`, unread.revision, read.revision]).size).toBe(3)
    expect((await other.events.next('thread/readState/changed', 2)).params).toEqual({ threadId: id, readState: read })
    await using later = serve(home)
    expect(await (await introduced(later.connect())).request('thread/read', { threadId: id })).toMatchObject({
      readState: read,
    })
  })

  it('refuses to mark what somebody else has marked since, and says how it is marked', async () => {
    using home = testHome()
    writeThread(home, 1)
    await using server = serve(home)
    const peer = await introduced(server.connect())
    const readState = await mark(peer, 'unread', `initial:${id}`)

    await expect(mark(peer, 'read', `initial:${id}`)).rejects.toMatchObject({
      code: -32600,
      message: 'read state changed',
      data: { reason: 'readStateConflict', readState },
    })
  })

  it('searches names and conversations, whatever the case, and gives the words around', async () => {
    using home = testHome()
    writeThread(home, 1, { events: [answered('a Pineapple in the answer')] })
    writeThread(home, 2, { says: 'pineapple first' })
    writeThread(home, 3)
    await using server = serve(home)
    const peer = await introduced(server.connect())
    await peer.request('thread/name/set', { threadId: threadId(3), name: 'PINEAPPLE' })

    const found = (await peer.request('thread/search', { searchTerm: 'pineapple' })) as ThreadSearchResponse
    const page = (await peer.request('thread/search', { searchTerm: 'pineapple', limit: 1 })) as ThreadSearchResponse

    expect(found.data.map(({ thread, snippet }) => [thread.id, snippet])).toEqual([
      [threadId(3), 'PINEAPPLE'],
      [threadId(2), 'pineapple first'],
      [id, 'a Pineapple in the answer'],
    ])
    expect(page.data.length).toBe(1)
    expect(
      await peer.request('thread/search', { searchTerm: 'pineapple', limit: 1, cursor: page.nextCursor }),
    ).toMatchObject({ data: [{ thread: { id: threadId(2) } }] })
  })

  it.each<[string, object, number, string]>([
    ['thread/archive', { threadId: threadId(9) }, -32600, `no rollout found for thread id ${threadId(9)}`],
    ['thread/archive', { threadId: threadId(2) }, -32600, `no rollout found for thread id ${threadId(2)}`],
    ['thread/archive', { threadId: 'x' }, -32600, 'invalid session id: '],
    ['thread/unarchive', { threadId: id }, -32600, `no archived rollout found for thread id ${id}`],
    ['thread/unarchive', { threadId: 'x' }, -32600, 'invalid session id: '],
    ['thread/delete', { threadId: threadId(9) }, -32600, `no rollout found for thread id ${threadId(9)}`],
    ['thread/delete', { threadId: 'x' }, -32600, 'invalid thread id: '],
    ['thread/name/set', { threadId: threadId(9), name: 'n' }, -32600, `no rollout found for thread id ${threadId(9)}`],
    ['thread/name/set', { threadId: threadId(2), name: 'n' }, -32600, `no rollout found for thread id ${threadId(2)}`],
    ['thread/name/set', { threadId: id, name: ' ' }, -32600, 'thread name must not be empty'],
    ['thread/metadata/update', { threadId: id }, -32600, 'thread metadata update must include at least one field'],
    ['thread/metadata/update', { threadId: id, gitInfo: {} }, -32600, 'gitInfo must include at least one field'],
    ['thread/metadata/update', { threadId: id, gitInfo: { sha: '' } }, -32600, 'gitInfo.sha must not be empty'],
    ['thread/metadata/update', { threadId: id, projectId: 'p' }, -32600, 'project not found: p'],
    [
      'thread/metadata/update',
      { threadId: threadId(9), daybreakEnabled: true },
      -32600,
      `thread not found: ${threadId(9)}`,
    ],
    ['thread/readState/update', update(threadId(9)), -32600, `thread not loaded: ${threadId(9)}`],
    ['thread/readState/update', update(threadId(3)), -32600, 'thread read state unavailable'],
    ['thread/readState/update', update('x'), -32602, 'invalid thread id: '],
    ['thread/search', { searchTerm: ' ' }, -32600, 'thread/search requires a non-empty searchTerm'],
    ['thread/search', { searchTerm: 'a', cursor: 'x' }, -32600, 'invalid cursor: x'],
  ])('refuses %s %j in the reference’s words', async (method, params, code, message) => {
    using home = testHome()
    writeThread(home, 1)
    writeThread(home, 2, { isArchived: true })
    writeThread(home, 3, { meta: startedBy(1) })
    await using server = serve(home)
    const peer = await introduced(server.connect())

    await expect(peer.request(method, params)).rejects.toMatchObject({
      code,
      message: message.endsWith(': ') ? expect.stringContaining(message) : message,
    })
  })
})

async function introduced(peer: Peer): Promise<Peer> {
  await peer.request('initialize', introduction())
  return peer
}

function update(threadId: string, type = 'read', expectedRevision = 'x') {
  return { threadId, operation: { type }, expectedRevision }
}

async function mark(peer: Peer, type: 'read' | 'unread', revision: string) {
  const answer = await peer.request('thread/readState/update', update(id, type, revision))
  return (answer as ThreadReadStateUpdateResponse).readState
}

async function ids(peer: Peer, params: object): Promise<number[]> {
  const { data } = (await peer.request('thread/list', params)) as ThreadListResponse
  return data.map((thread) => number({ threadId: thread.id }))
}

function number({ threadId }: { readonly threadId: string }): number {
  return Number(threadId.slice(-4))
}
