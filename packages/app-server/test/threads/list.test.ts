import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadListParams, ThreadListResponse } from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { introduction, type TestHome, testHome } from '../support/homes.js'
import { type Peer, transports } from '../support/peer.js'
import { beganAt, startedBy, threadId, writeThread } from '../support/rollouts.js'

describe.each(transports)('thread/list, $name', ({ serve }) => {
  async function listed(home: TestHome, params: ThreadListParams): Promise<ThreadListResponse> {
    await using server = serve(home)
    return await list(await introduced(server.connect()), params)
  }

  it('shows a thread of the disk as the reference does, with null for what only a loaded one has', async () => {
    using home = testHome()
    const path = writeThread(home, 7)

    const { data, readStates } = await listed(home, {})

    const seconds = beganAt(7).getTime() / 1000
    expect(data).toEqual([
      {
        id: threadId(7),
        environments: null,
        extra: null,
        sessionId: threadId(7),
        forkedFromId: null,
        attachedToThreadId: null,
        parentThreadId: null,
        preview: 'hello 7',
        ephemeral: false,
        section: null,
        sectionEnteredAt: null,
        projectId: null,
        historyMode: 'legacy',
        modelProvider: 'openai',
        model: null,
        reasoningEffort: null,
        createdAt: seconds,
        updatedAt: seconds,
        recencyAt: seconds,
        status: { type: 'notLoaded' },
        path,
        cwd: '/projects/p1',
        cliVersion: '1.0',
        originator: 'hand',
        source: 'vscode',
        canAcceptDirectInput: null,
        threadSource: null,
        agentNickname: null,
        agentRole: null,
        gitInfo: null,
        name: null,
        daybreakEnabled: null,
        turns: [],
      },
    ])
    expect(readStates).toEqual({ [threadId(7)]: { firstUnread: null, revision: `initial:${threadId(7)}` } })
  })

  it('pages through all threads, newest first, and back', async () => {
    using home = testHome()
    for (let n = 0; n < 7; n++) writeThread(home, n)
    await using server = serve(home)
    const peer = await introduced(server.connect())

    const first = await list(peer, { limit: 3 })
    const second = await list(peer, { limit: 3, cursor: first.nextCursor ?? null })
    const third = await list(peer, { limit: 3, cursor: second.nextCursor ?? null })
    const back = await list(peer, { limit: 9, cursor: third.backwardsCursor ?? null, sortDirection: 'asc' })

    expect([first, second, third].map(numbers)).toEqual([[6, 5, 4], [3, 2, 1], [0]])
    expect(third.nextCursor).toBeNull()
    expect(numbers(back)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  it.each([
    [undefined, 25],
    [0, 1],
    [1000, 100],
  ])('gives, asked for %s, %i threads', async (limit, count) => {
    using home = testHome()
    for (let n = 0; n < 110; n++) writeThread(home, n)

    const { data } = await listed(home, limit === undefined ? {} : { limit })

    expect(data.length).toBe(count)
  })

  it.each<[string, ThreadListParams, readonly number[]]>([
    ['those in which a person talks', {}, [6, 3, 1, 0]],
    ['those of one kind', { sourceKinds: ['exec'] }, [4]],
    ['those of agents', { sourceKinds: ['subAgent'] }, [5]],
    ['those put away', { archived: true }, [2]],
    ['those of one folder', { cwd: '/projects/p0' }, [6, 3, 0]],
    ['those of several folders', { cwd: ['/projects/p1', '/nowhere'] }, [1]],
    ['none for no folder', { cwd: [] }, []],
    ['those of one provider', { modelProviders: ['acme'] }, [6]],
    ['those of the default provider, which a file need not name', { modelProviders: ['mine'] }, [3]],
    ['those whose words hold a text, where case counts', { searchTerm: 'needle' }, [1]],
    ['none where only case differs', { searchTerm: 'Needle' }, []],
    ['those started by one thread', { parentThreadId: threadId(0) }, [5]],
    ['those below one thread', { ancestorThreadId: threadId(0) }, [5]],
    ['those that are not left out', { excludedThreadIds: [threadId(6), threadId(0)] }, [3, 1]],
    ['all for those in no section and of no project', { sectionId: null, projectId: null }, [6, 3, 1, 0]],
    ['none for a section', { sectionId: 'x' }, []],
    ['none attached to another', { attachedToThreadId: threadId(0) }, []],
    ['the same from the index alone', { useStateDbOnly: true }, [6, 3, 1, 0]],
    ['the oldest first', { sortKey: 'updated_at', sortDirection: 'asc' }, [0, 1, 3, 6]],
  ])('lists %s', async (_title, params, expected) => {
    using home = testHome()
    writeFileSync(join(home.codexHome, 'config.toml'), 'model_provider = "mine"\n')
    writeThread(home, 0)
    writeThread(home, 1, { says: 'a needle in the hay' })
    writeThread(home, 2, { isArchived: true })
    writeThread(home, 3, { meta: { model_provider: undefined } })
    writeThread(home, 4, { meta: { source: 'exec' } })
    writeThread(home, 5, { meta: startedBy(0) })
    writeThread(home, 6, { meta: { model_provider: 'acme' } })

    expect(numbers(await listed(home, params))).toEqual(expected)
  })

  it('F6: lists threads of a foreign provider and of programs that name themselves, which the reference hides', async () => {
    using home = testHome()
    writeThread(home, 1, { meta: { model_provider: 'acme' } })
    writeThread(home, 2, { meta: { source: { custom: 'mine' } } })

    const { data } = await listed(home, {})

    expect(data.map(({ source, modelProvider }) => [source, modelProvider])).toEqual([
      [{ custom: 'mine' }, 'openai'],
      ['vscode', 'acme'],
    ])
  })

  it.each<[ThreadListParams, number, string]>([
    [{ cursor: 'bogus' }, -32600, 'invalid cursor: bogus'],
    [{ cursor: '' }, -32600, 'invalid cursor: '],
    [{ sortKey: 'section_position' }, -32600, 'section-position sorting requires a section filter'],
    [{ projectId: 'p' }, -32602, 'project not found: p'],
    [{ projectId: '' }, -32602, 'projectId must not be empty'],
    [{ originators: ['x'] }, -32602, 'originator filtering is not supported by the local app-server'],
    [{ excludedThreadIds: Array(101).fill('x') }, -32602, 'excludedThreadIds accepts at most 100 entries'],
    [
      { parentThreadId: threadId(1), ancestorThreadId: threadId(1) },
      -32600,
      'parentThreadId and ancestorThreadId are mutually exclusive',
    ],
    [
      { attachedToThreadId: threadId(1), parentThreadId: threadId(1) },
      -32600,
      'attachedToThreadId cannot be combined with parentThreadId or ancestorThreadId',
    ],
  ])('refuses %j in the reference’s words', async (params, code, message) => {
    using home = testHome()

    await expect(listed(home, params)).rejects.toMatchObject({ code, message })
  })

  it('F2: knows nothing of a thread whose file is gone, and shows one that was dropped in', async () => {
    using home = testHome()
    const path = writeThread(home, 1)
    await using server = serve(home)
    const peer = await introduced(server.connect())
    expect(numbers(await list(peer, {}))).toEqual([1])

    rmSync(path)
    writeThread(home, 2)

    expect(numbers(await list(peer, {}))).toEqual([2])
    await expect(peer.request('thread/read', { threadId: threadId(1) })).rejects.toMatchObject({
      code: -32600,
      message: `thread not loaded: ${threadId(1)}`,
    })
  })

  it('finds no thread in memory', async () => {
    using home = testHome()
    writeThread(home, 1)
    await using server = serve(home)
    const peer = await introduced(server.connect())

    expect(await peer.request('thread/loaded/list', {})).toEqual({ data: [], nextCursor: null })
  })
})

async function introduced(peer: Peer): Promise<Peer> {
  await peer.request('initialize', introduction())
  return peer
}

async function list(peer: Peer, params: ThreadListParams): Promise<ThreadListResponse> {
  return (await peer.request('thread/list', params)) as ThreadListResponse
}

function numbers({ data }: ThreadListResponse): number[] {
  return data.map(({ id }) => Number(id.slice(-4)))
}
