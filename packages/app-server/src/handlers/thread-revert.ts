import { randomUUID } from 'node:crypto'
import type { ThreadRecord } from '@gangway/home'
import { AnswerThen, type Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { endCursor } from '../threads/anchor.js'
import { writeCutCopy } from '../threads/cut-copy.js'
import { takeUp } from '../threads/take-up.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'

/** Taking turns back. */
export function threadRevertHandlers(registry: ThreadRegistry, threads: () => Promise<ThreadStore>): Handlers {
  const { server } = registry
  return {
    async 'thread/revert'({ threadId, beforeTurnId }, context) {
      const id = registry.require(threadIdOf(threadId)).threadId
      const store = await threads()
      return registry.exclusively(id, async () => {
        const record = await store.index.get(id)
        if (!record) throw invalidRequest(`no rollout found for thread id ${id}`)
        const followers = await registry.unload(id)
        try {
          await takeBack(store, record, beforeTurnId)
        } finally {
          const current = (await store.index.get(id)) ?? record
          const thread = await takeUp(registry, store, current, { params: {}, follower: followers[0] ?? context })
          for (const follower of followers) thread.follow(follower)
          if (followers.length > 0 && !followers.includes(context)) thread.unfollow(context)
          await server.broadcast('thread/status/changed', { threadId: id, status: thread.agent.status })
        }
        const thread = await store.view((await store.index.get(id)) ?? record)
        const answer = { thread, turnsBackwardsCursor: endCursor, itemsBackwardsCursor: endCursor }
        return new AnswerThen(answer, () => server.broadcast('thread/reverted', { threadId: id }))
      })
    },
  }
}

/**
 * A legacy file is told how many turns are taken back; a paginated thread goes on in a file of its own, as with the
 * reference, but one that is whole in itself.
 */
async function takeBack(store: ThreadStore, record: ThreadRecord, beforeTurnId: string): Promise<void> {
  const pages = await store.index.pages(record.id)
  const place = pages?.turnIds.indexOf(beforeTurnId) ?? -1
  if (!pages || place === -1) throw invalidRequest(`turn not found: ${beforeTurnId}`)
  const timestamp = new Date().toISOString()
  if (record.historyMode === 'legacy') {
    const appender = store.home.RolloutAppender.open(record.path, { durable: true })
    const payload = { type: 'thread_rolled_back', num_turns: pages.turnIds.length - place }
    try {
      appender.append([{ timestamp, type: 'event_msg', payload }])
    } finally {
      appender.close()
    }
    return
  }
  const path = record.path.replace(/(?:_[0-9a-f-]{36})?\.jsonl$/i, `_${randomUUID()}.jsonl`)
  await writeCutCopy(store, record, { path, meta: { timestamp }, cut: { before: beforeTurnId } })
}
