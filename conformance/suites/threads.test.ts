import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lay, type Site } from '../support/fixture.js'
import type { Json, Peer } from '../support/peer.js'
import { gangway, reference } from '../support/programs.js'
import { type ResponsesModel, startModel } from '../support/responses-model.js'
import { comparable, once, outcome, paged } from '../support/thread-answers.js'
import { started, writeThreads } from '../support/write-threads.js'

describe('threads that the reference wrote', () => {
  let model: ResponsesModel
  let site: Site
  let theirs: Peer
  let ours: Peer
  let ids: readonly string[]

  beforeAll(async () => {
    model = await startModel()
    site = lay({ 'codex/config.toml': model.configToml })
    ids = await writeThreads(site)
    theirs = await started(reference(), site)
    ours = await started(gangway(), site)
  })
  afterAll(async () => {
    await theirs?.close()
    await ours?.close()
    await model?.close()
    site?.remove()
  })

  it('are the same in lists, put away or not', async () => {
    for (const archived of [false, true]) {
      const [left, right] = await both((peer) => paged(peer, 'thread/list', { archived, limit: 2 }))

      expect(once(right).map(comparable)).toEqual(once(left).map(comparable))
      expect(right.length).toBeGreaterThan(0)
    }
  })

  it('read the same, with and without their turns', async () => {
    for (const threadId of ids) {
      for (const includeTurns of [false, true]) {
        const [left, right] = await both((peer) => peer.request('thread/read', { threadId, includeTurns }))

        expect(outcome(right)).toHaveProperty('result.thread.id', threadId)
        expect(withoutRecency(right.result)).toEqual(withoutRecency(left.result))
      }
    }
  })

  it.each(['asc', 'desc'])('have the same turns on their pages, %s, in every view', async (sortDirection) => {
    for (const threadId of ids) {
      for (const itemsView of ['notLoaded', 'summary', 'full']) {
        const params = { threadId, sortDirection, itemsView, limit: 2 }
        const [left, right] = await both((peer) => paged(peer, 'thread/turns/list', params))

        expect(right).toEqual(left)
      }
    }
  })

  it.each(['asc', 'desc'])('have the same items on their pages, %s', async (sortDirection) => {
    for (const threadId of ids) {
      const [left, right] = await both((peer) =>
        paged(peer, 'thread/items/list', { threadId, sortDirection, limit: 2 }),
      )

      expect(right).toEqual(left)
    }
  })

  it('leave out the same output, and give it when it is fetched', async () => {
    const [threadId] = ids
    const commands = (await paged(ours, 'thread/items/list', { threadId })).filter(
      ({ item }) => (item as Json).type === 'commandExecution',
    )
    expect(commands.length).toBeGreaterThan(0)
    for (const { turnId, item } of commands) {
      const deferOutput = { commandExecution: true, mcpToolCall: true }
      const itemIds = [(item as Json).id]

      const [left, right] = await both((peer) => paged(peer, 'thread/items/list', { threadId, turnId, deferOutput }))
      const [whole, same] = await both((peer) => peer.request('thread/items/read', { threadId, turnId, itemIds }))

      expect(right).toEqual(left)
      expect(outcome(same)).toEqual(outcome(whole))
    }
  })

  function both<T>(ask: (peer: Peer) => Promise<T>): Promise<[T, T]> {
    return Promise.all([ask(theirs), ask(ours)])
  }
})

/** The reference has the start of the last turn for it, ours the time of the file. */
function withoutRecency(result: Json | undefined): Json {
  const { recencyAt: _, ...thread } = (result?.thread ?? {}) as Json
  return thread
}
