import { utimesSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lay, type Site } from '../support/fixture.js'
import type { Json, Peer } from '../support/peer.js'
import { gangway, reference } from '../support/programs.js'
import {
  answered,
  beganAt,
  type HandWritten,
  placeOf,
  rollouts,
  said,
  startedBy,
  threadId,
  turn,
} from '../support/rollout-fixture.js'
import { outcome } from '../support/thread-answers.js'
import { started } from '../support/write-threads.js'

describe('threads that another program wrote', () => {
  const threads: { readonly [n: number]: HandWritten } = {
    0: {},
    1: { says: 'the needle in the hay' },
    2: { isArchived: true },
    3: { says: '', events: ['a', 'b', 'c', 'd', 'e'].flatMap((name) => turn(name, said(name), answered(name))) },
    4: { meta: { source: 'exec' } },
    5: { meta: startedBy(0) },
    6: { meta: startedBy(5) },
    7: { meta: startedBy(0) },
    8: { events: [answered('one', 'commentary'), answered('two', 'final_answer'), answered('three')] },
    9: { meta: { forked_from_id: threadId(0) } },
    10: { meta: { source: 'mcp' } },
    11: { meta: { source: 'unheard of' } },
    12: { meta: { source: { subagent: 'review' } } },
    13: { meta: { git: { commit_hash: 'abc', branch: 'main', repository_url: 'u' } } },
  }
  let sites: readonly [Site, Site]
  let peers: readonly [Peer, Peer]

  beforeAll(async () => {
    sites = [site(threads), site(threads)]
    peers = [await started(reference(), sites[0]), await started(gangway(), sites[1])]
  })
  afterAll(async () => {
    for (const peer of peers ?? []) await peer.close()
    for (const one of sites ?? []) one.remove()
  })

  it.each<Json>([
    {},
    { limit: 2 },
    { limit: 0 },
    { sortDirection: 'asc' },
    { sortKey: 'updated_at', limit: 3 },
    { sortKey: 'recency_at', sortDirection: 'asc' },
    { archived: true },
    { sourceKinds: ['exec'] },
    { sourceKinds: ['appServer', 'unknown'] },
    { sourceKinds: ['subAgent'] },
    { sourceKinds: ['subAgentReview'] },
    { sourceKinds: ['subAgentThreadSpawn'] },
    { cwd: '/projects/p1' },
    { cwd: ['/projects/p1', '/projects/p2'] },
    { cwd: [] },
    { searchTerm: 'needle' },
    { searchTerm: 'Needle' },
    { modelProviders: [] },
    { modelProviders: ['nobody'] },
    { parentThreadId: threadId(0) },
    { ancestorThreadId: threadId(0) },
    { ancestorThreadId: threadId(0), sourceKinds: ['cli'] },
    { excludedThreadIds: [threadId(0), threadId(1)] },
    { sectionId: null },
    { projectId: null },
    { sectionId: 'x' },
    { useStateDbOnly: true },
    { cursor: `2026-01-02T10:00:08Z|${threadId(8)}` },
    { cursor: '2026-01-02T10:00:08Z', sortDirection: 'asc' },
  ])('are listed the same for %j', async (params) => {
    const [left, right] = await both((peer) => peer.request('thread/list', params))

    expect(listed(right.result)).toEqual(listed(left.result))
  })

  it.each(Object.keys(threads).map(Number))('read the same, whole and by pages: thread %i', async (n) => {
    const id = { threadId: threadId(n) }
    const [left, right] = await both((peer) => peer.request('thread/read', { ...id, includeTurns: true }))
    expect(plain(right.result)).toEqual(plain(left.result))

    for (const params of [{ limit: 2 }, { limit: 2, sortDirection: 'asc', itemsView: 'full' }]) {
      const [pages, ourPages] = await both((peer) => peer.request('thread/turns/list', { ...id, ...params }))
      expect(ourPages).toEqual(pages)
    }
  })

  it.each<[string, Json]>([
    ...['', 'nope', 'a-b', '{}', `${threadId(0)}0`].flatMap((id) =>
      ['read', 'turns/list', 'archive', 'unarchive', 'delete'].map((call): [string, Json] => [
        `thread/${call}`,
        { threadId: id },
      ]),
    ),
    ...['read', 'turns/list', 'archive', 'unarchive', 'delete'].map((call): [string, Json] => [
      `thread/${call}`,
      { threadId: threadId(99) },
    ]),
    ['thread/read', {}],
    ['thread/list', { cursor: 'bogus' }],
    ['thread/list', { sortKey: 'bogus' }],
    ['thread/list', { sourceKinds: ['bogus'] }],
    ['thread/list', { limit: -1 }],
    ['thread/list', { sortKey: 'section_position' }],
    ['thread/list', { projectId: 'p' }],
    ['thread/list', { originators: ['x'] }],
    ['thread/list', { excludedThreadIds: ['x'] }],
    ['thread/list', { parentThreadId: 'x' }],
    ['thread/list', { parentThreadId: threadId(0), ancestorThreadId: threadId(0) }],
    ['thread/list', { attachedToThreadId: threadId(0), ancestorThreadId: threadId(0) }],
    ['thread/turns/list', { threadId: threadId(0), cursor: 'x' }],
    ['thread/turns/list', { threadId: threadId(0), cursor: '{"turnId":"nope","includeAnchor":true}' }],
    ['thread/turns/list', { threadId: threadId(0), itemsView: 'x' }],
    ['thread/search', { searchTerm: ' ' }],
    ['thread/search', { searchTerm: 'x', cursor: 'x' }],
    ['thread/search', {}],
    ['thread/archive', { threadId: threadId(2) }],
    ['thread/unarchive', { threadId: threadId(0) }],
    ['thread/name/set', { threadId: threadId(0), name: ' ' }],
    ['thread/name/set', { threadId: threadId(99), name: 'x' }],
    ['thread/name/set', { threadId: threadId(2), name: 'x' }],
    ['thread/metadata/update', { threadId: threadId(0) }],
    ['thread/metadata/update', { threadId: threadId(0), gitInfo: {} }],
    ['thread/metadata/update', { threadId: threadId(0), gitInfo: { branch: '' } }],
    ['thread/metadata/update', { threadId: threadId(0), projectId: 'p' }],
    ['thread/metadata/update', { threadId: threadId(99), daybreakEnabled: true }],
    ['thread/readState/update', readState(threadId(0), 'read', 'x')],
    ['thread/readState/update', readState(threadId(5), 'read', 'x')],
    ['thread/readState/update', readState(threadId(99), 'read', 'x')],
    ['thread/readState/update', readState('x', 'read', 'x')],
    ['thread/readState/update', readState(threadId(0), 'bogus', 'x')],
  ])('refuse %s %j in the same words', async (method, params) => {
    const [left, right] = await both((peer) => peer.request(method, params))

    expect(left.error).toBeDefined()
    expect(outcome(right)).toEqual(outcome(left))
  })

  it('are found by the same searches', async () => {
    for (const params of [{ searchTerm: 'NEEDLE' }, { searchTerm: 'answer 1', limit: 2 }, { searchTerm: 'nowhere' }]) {
      const [left, right] = await both((peer) => peer.request('thread/search', params))

      expect(found(right.result)).toEqual(found(left.result))
    }
  })

  it('are changed with the same answers and notifications', async () => {
    const steps: readonly [string, Json][] = [
      ['thread/name/set', { threadId: threadId(1), name: '  a name ' }],
      ['thread/metadata/update', { threadId: threadId(13), gitInfo: { branch: ' b ', sha: null } }],
      ['thread/metadata/update', { threadId: threadId(13), gitInfo: { branch: null, originUrl: null } }],
      ['thread/metadata/update', { threadId: threadId(13), daybreakEnabled: true, projectId: '' }],
      ['thread/readState/update', readState(threadId(1), 'unread', `initial:${threadId(1)}`)],
      ['thread/archive', { threadId: threadId(0) }],
      ['thread/unarchive', { threadId: threadId(5) }],
      ['thread/unarchive', { threadId: threadId(0) }],
      ['thread/delete', { threadId: threadId(0) }],
      ['thread/read', { threadId: threadId(1) }],
      // In its lists the reference goes back to what the file says of git.
      ['thread/list', { sourceKinds: ['vscode', 'subAgent'], excludedThreadIds: [threadId(13)] }],
    ]
    for (const [method, params] of steps) {
      const [left, right] = await both((peer) => peer.request(method, params))

      expect(plain(right.result), method).toEqual(plain(left.result))
    }
    for (const peer of peers) await peer.notification('thread/deleted', ({ threadId: id }) => id === threadId(0))
    const [told, ourTold] = peers.map((peer) => peer.notifications.filter(({ method }) => counted.has(method)))
    expect(byMethod(ourTold!)).toEqual(byMethod(told!))
  })

  function both<T>(ask: (peer: Peer) => Promise<T>): Promise<[T, T]> {
    return Promise.all([ask(peers[0]), ask(peers[1])])
  }

  /** An answer without what differs by place, by chance, or by what the two know. */
  function plain(result: Json | undefined): unknown {
    const text = sites.reduce((value, one) => one.normalise(value), JSON.stringify(result))
    return JSON.parse(text, (key, value: unknown) => {
      if (['updatedAt', 'recencyAt', 'forkedFromId', 'parentThreadId', 'agentNickname', 'agentRole'].includes(key))
        return null
      if (key === 'revision') return String(value).startsWith('initial:') ? value : 'another'
      return value
    })
  }

  function listed(result: Json | undefined): unknown {
    const { data, readStates, nextCursor, backwardsCursor } = plain(result) as Json
    // The reference writes a time in its cursors without the milliseconds that are none.
    return { data, readStates, nextCursor: String(nextCursor).replace('.000Z', 'Z'), backwardsCursor }
  }
})

const counted = new Set(['thread/archived', 'thread/unarchived', 'thread/deleted', 'thread/name/updated'])

function byMethod(notifications: readonly { readonly method: string; readonly params: Json }[]): Json {
  const methods = new Set(notifications.map(({ method }) => method))
  const of = (name: string) => notifications.filter(({ method }) => method === name).map(({ params }) => params)
  return Object.fromEntries([...methods].sort().map((name) => [name, of(name)]))
}

function found(result: Json | undefined): unknown {
  return ((result?.data ?? []) as { thread: Json }[]).map(({ thread }) => thread.id)
}

function readState(id: string, type: string, expectedRevision: string): Json {
  return { threadId: id, operation: { type }, expectedRevision }
}

/** A home with these threads, each as old as it says. */
function site(threads: { readonly [n: number]: HandWritten }): Site {
  const one = lay({ 'codex/config.toml': 'model_provider = "openai"\n', ...rollouts(threads) })
  for (const [n, { isArchived }] of Object.entries(threads)) {
    const time = beganAt(Number(n))
    utimesSync(path.join(one.codexHome, placeOf(Number(n), isArchived)), time, time)
  }
  return one
}
