import type {
  ThreadItemsListParams,
  ThreadItemsListResponse,
  ThreadReadResponse,
  ThreadTurnsListParams,
  ThreadTurnsListResponse,
} from '@gangway/protocol'
import { describe, expect, it } from 'vitest'
import { introduction, type TestHome, testHome } from '../support/homes.js'
import { type Peer, transports } from '../support/peer.js'
import { answered, said, startedBy, threadId, turn, writeThread } from '../support/rollouts.js'

const id = threadId(1)

describe.each(transports)('reading threads, $name', ({ serve }) => {
  function served(home: TestHome) {
    const server = serve(home)
    return { server, peer: server.connect(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  }

  it('gives a thread without its turns, and with them when asked', async () => {
    using home = testHome()
    writeThread(home, 1, { events: turn('t1', said('more'), answered('yes')) })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    const without = (await peer.request('thread/read', { threadId: id })) as ThreadReadResponse
    const whole = (await peer.request('thread/read', { threadId: id, includeTurns: true })) as ThreadReadResponse

    expect(without).toMatchObject({ thread: { id, turns: [] }, readState: { firstUnread: null } })
    expect(whole.thread.turns.map((one) => [one.id, one.itemsView, one.status, one.items.length])).toEqual([
      ['rollout-1', 'full', 'completed', 2],
      ['t1', 'full', 'completed', 2],
    ])
  })

  it('F8: gives long texts as they were said, whatever else is asked meanwhile', async () => {
    using home = testHome()
    const long = 'a "quote", a \\, é😀\n\u001b[1m '.repeat(500)
    const events = Array.from({ length: 200 }, (_, n) => turn(`t${n}`, said(`${n} ${long}`), answered(`a${n} ${long}`)))
    writeThread(home, 1, { says: '', events: events.flat() })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    const [whole, other] = (await Promise.all([
      peer.request('thread/read', { threadId: id, includeTurns: true }),
      peer.request('thread/read', { threadId: id }),
    ])) as [ThreadReadResponse, ThreadReadResponse]

    expect(other.thread.turns).toEqual([])
    expect(
      whole.thread.turns.map((one) => one.items.map((item) => (item.type === 'agentMessage' ? item.text : ''))),
    ).toEqual(events.map((_, n) => ['', `a${n} ${long}`]))
  })

  it('has no read state for a thread of an agent', async () => {
    using home = testHome()
    writeThread(home, 1, { meta: startedBy(5) })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    expect(await peer.request('thread/read', { threadId: id })).toMatchObject({
      thread: { parentThreadId: threadId(5), agentNickname: 'nick', agentRole: 'role' },
      readState: null,
    })
  })

  it('pages through turns, newest first, and back', async () => {
    using home = testHome()
    writeThread(home, 1, { says: '', events: ['a', 'b', 'c', 'd', 'e'].flatMap((name) => turn(name, said(name))) })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    const first = await turns(peer, { limit: 2 })
    const second = await turns(peer, { limit: 2, cursor: first.nextCursor ?? null })
    const third = await turns(peer, { limit: 2, cursor: second.nextCursor ?? null })
    const newer = await turns(peer, { cursor: second.backwardsCursor ?? null, sortDirection: 'asc' })

    expect([first, second, third].map(turnIds)).toEqual([['e', 'd'], ['c', 'b'], ['a']])
    expect(third.nextCursor).toBeNull()
    expect(turnIds(newer)).toEqual(['c', 'd', 'e'])
    expect(turnIds(await turns(peer, { sortDirection: 'asc', limit: 2 }))).toEqual(['a', 'b'])
    expect(turnIds(await turns(peer, { limit: 0 }))).toEqual(['e'])
  })

  it('shows of a turn the first words and the last answer, all, or nothing', async () => {
    using home = testHome()
    const events = turn('t', said('one'), answered('two'), said('three'), answered('four'))
    writeThread(home, 1, { says: '', events })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    const shown = async (itemsView: ThreadTurnsListParams['itemsView']) =>
      (await turns(peer, { itemsView })).data.map((one) => [one.itemsView, one.items.map((item) => item.id)])

    expect(await shown(null)).toEqual([['summary', ['item-1', 'item-4']]])
    expect(await shown('full')).toEqual([['full', ['item-1', 'item-2', 'item-3', 'item-4']]])
    expect(await shown('notLoaded')).toEqual([['notLoaded', []]])
  })

  it('gives an empty page for a thread that says nothing', async () => {
    using home = testHome()
    writeThread(home, 1, { says: '' })
    await using reading = served(home)
    const peer = await introduced(reading.peer)
    const nothing = { data: [], nextCursor: null, backwardsCursor: null }

    expect(await turns(peer, {})).toEqual(nothing)
    expect(await items(peer, {})).toEqual(nothing)
  })

  it('F4: pages through the items of a legacy thread, which the reference refuses, oldest first, and back', async () => {
    using home = testHome()
    writeThread(home, 1, {
      says: '',
      events: ['a', 'b', 'c'].flatMap((name) => turn(name, said(name), answered(name))),
    })
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    const first = await items(peer, { limit: 3 })
    const second = await items(peer, { limit: 3, cursor: first.nextCursor ?? null })
    const back = await items(peer, { cursor: second.backwardsCursor ?? null, sortDirection: 'desc' })

    expect(itemIds(first)).toEqual(['a item-1', 'a item-2', 'b item-3'])
    expect(itemIds(second)).toEqual(['b item-4', 'c item-5', 'c item-6'])
    expect(second.nextCursor).toBeNull()
    expect(itemIds(back)).toEqual(['b item-4', 'b item-3', 'a item-2', 'a item-1'])
    expect(itemIds(await items(peer, { sortDirection: 'desc', limit: 2 }))).toEqual(['c item-6', 'c item-5'])
  })

  it('gives the items of one turn, from behind or before an item of it', async () => {
    using home = testHome()
    const events = [
      ...turn('a', said('a')),
      ...turn('b', said('b'), answered('x'), answered('y')),
      ...turn('c', said('c')),
    ]
    writeThread(home, 1, { says: '', events })
    await using reading = served(home)
    const peer = await introduced(reading.peer)
    const cursor = { type: 'item', itemId: 'item-3' } as const

    const first = await items(peer, { turnId: 'b', limit: 2 })

    expect(itemIds(first)).toEqual(['b item-2', 'b item-3'])
    expect(itemIds(await items(peer, { turnId: 'b', cursor: first.nextCursor ?? null }))).toEqual(['b item-4'])
    expect(itemIds(await items(peer, { turnId: 'b', cursor }))).toEqual(['b item-4'])
    expect(itemIds(await items(peer, { turnId: 'b', cursor, sortDirection: 'desc' }))).toEqual(['b item-2'])
    expect((await items(peer, { turnId: 'nope' })).data).toEqual([])
  })

  it('leaves output out when asked to, and gives the item whole afterwards', async () => {
    using home = testHome()
    const call = { type: 'exec_command_end', command: ['ls'], cwd: '/', exit_code: 0, aggregated_output: 'a.txt\n' }
    const result = { Ok: { content: [{ type: 'text', text: 'found' }] } }
    const tool = { type: 'mcp_tool_call_end', invocation: { server: 's', tool: 't', arguments: {} }, result }
    const events = turn(
      't',
      said('look'),
      { ...call, call_id: 'c1', status: 'completed' },
      { ...call, call_id: 'c2', status: 'failed' },
      { ...tool, call_id: 'c3' },
    )
    writeThread(home, 1, { says: '', events })
    await using reading = served(home)
    const peer = await introduced(reading.peer)
    const deferOutput = { commandExecution: true, mcpToolCall: true }

    const page = await items(peer, { turnId: 't', deferOutput })
    const read = await peer.request('thread/items/read', { threadId: id, turnId: 't', itemIds: ['c3', 'c1', 'nope'] })

    expect(page.data.map(({ item, outputDeferred }) => [item.id, outputDeferred])).toEqual([
      ['item-1', undefined],
      ['c1', true],
      ['c2', undefined],
      ['c3', true],
    ])
    expect(page.data[1]).toMatchObject({ item: { aggregatedOutput: null } })
    expect(page.data[2]).toMatchObject({ item: { aggregatedOutput: 'a.txt\n' } })
    expect(read).toMatchObject({
      data: [
        { item: { id: 'c1', aggregatedOutput: 'a.txt\n' } },
        { item: { id: 'c3', result: { content: [{ type: 'text', text: 'found' }] } } },
      ],
    })
    expect((await items(peer, { deferOutput })).data.some(({ outputDeferred }) => outputDeferred)).toBe(false)
  })

  it.each<[string, object, number, string]>([
    ['thread/read', { threadId: threadId(9) }, -32600, `thread not loaded: ${threadId(9)}`],
    ['thread/turns/list', { threadId: threadId(9) }, -32600, `thread not loaded: ${threadId(9)}`],
    ['thread/items/list', { threadId: threadId(9) }, -32600, `thread not loaded: ${threadId(9)}`],
    ['thread/turns/list', { threadId: id, cursor: 'x' }, -32600, 'invalid cursor: x'],
    ['thread/turns/list', { threadId: id, cursor: '{}' }, -32600, 'invalid cursor: {}'],
    [
      'thread/turns/list',
      { threadId: id, cursor: '{"turnId":"nope","includeAnchor":false}' },
      -32600,
      'invalid cursor: anchor turn is no longer present',
    ],
    ['thread/items/list', { threadId: id, cursor: '1' }, -32600, 'invalid cursor: 1'],
    [
      'thread/items/list',
      { threadId: id, cursor: { type: 'item', itemId: 'item-1' } },
      -32602,
      'turnId is required when cursor is an item anchor',
    ],
    [
      'thread/items/list',
      { threadId: id, turnId: 'rollout-1', cursor: { type: 'item', itemId: 'nope' } },
      -32602,
      'cursor.itemId does not identify an item in the requested history scope',
    ],
    ['thread/items/read', { threadId: id, turnId: 't', itemIds: [] }, -32600, 'itemIds must contain 1 to 100 IDs'],
  ])('refuses %s %j in the reference’s words', async (method, params, code, message) => {
    using home = testHome()
    writeThread(home, 1)
    await using reading = served(home)
    const peer = await introduced(reading.peer)

    await expect(peer.request(method, params)).rejects.toMatchObject({ code, message })
  })
})

async function introduced(peer: Peer): Promise<Peer> {
  await peer.request('initialize', introduction())
  return peer
}

async function turns(peer: Peer, params: Omit<ThreadTurnsListParams, 'threadId'>): Promise<ThreadTurnsListResponse> {
  return (await peer.request('thread/turns/list', { threadId: id, ...params })) as ThreadTurnsListResponse
}

async function items(peer: Peer, params: Omit<ThreadItemsListParams, 'threadId'>): Promise<ThreadItemsListResponse> {
  return (await peer.request('thread/items/list', { threadId: id, ...params })) as ThreadItemsListResponse
}

function turnIds({ data }: ThreadTurnsListResponse): string[] {
  return data.map((one) => one.id)
}

function itemIds({ data }: ThreadItemsListResponse): string[] {
  return data.map(({ turnId, item }) => `${turnId} ${item.id}`)
}
