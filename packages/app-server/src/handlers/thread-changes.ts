import { randomUUID } from 'node:crypto'
import type { ThreadMark, ThreadRecord } from '@gangway/home'
import { rpcCodes, type ServerNotifications } from '@gangway/protocol'
import { AnswerThen, type Handlers, type ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { liveView } from '../threads/live-view.js'
import { metadataChange } from '../threads/metadata-change.js'
import { descendantIds, isBuiltOn } from '../threads/thread-family.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'
import { readStateOf } from '../threads/thread-view.js'

/**
 * What is done to threads on disk. Every client is told, after the answer.
 *
 * Source: reference 0.169.0, for refusals, and for the threads of agents, which go with the one that started them.
 */
export function threadChangeHandlers(
  server: ServerContext,
  threads: () => Promise<ThreadStore>,
  registry: ThreadRegistry,
): Handlers {
  const tell = tellerOf(server)
  return {
    async 'thread/archive'({ threadId }) {
      const id = threadIdOf(threadId, 'session id')
      const store = await threads()
      if (await store.index.get(id)) await unloadFamily(store, registry, id)
      const moved = await moveFamily(store, id, (record) => {
        if (record.isArchived) return false
        store.home.archiveThread(store.layout, record.path)
        return true
      })
      if (!moved.includes(id)) throw invalidRequest(`no rollout found for thread id ${id}`)
      return new AnswerThen({}, () => tell('thread/archived', moved))
    },

    async 'thread/unarchive'({ threadId }) {
      const id = threadIdOf(threadId, 'session id')
      const store = await threads()
      const moved = await moveFamily(store, id, (record) => {
        if (!record.isArchived) return false
        store.home.unarchiveThread(store.layout, record.path)
        return true
      })
      if (!moved.includes(id)) throw invalidRequest(`no archived rollout found for thread id ${id}`)
      const thread = await store.view(await store.thread(id, 'thread not found'))
      return new AnswerThen({ thread }, () => tell('thread/unarchived', moved))
    },

    async 'thread/delete'({ threadId }) {
      const id = threadIdOf(threadId)
      const store = await threads()
      if (registry.get(id)?.agent.isEphemeral) {
        throw invalidRequest(`thread is not persisted and cannot be deleted: ${id}`)
      }
      if (await store.index.get(id)) await unloadFamily(store, registry, id)
      const removed = await removeFamily(store, id)
      return new AnswerThen({}, () => tell('thread/deleted', removed))
    },

    async 'thread/name/set'({ threadId, name }) {
      const id = threadIdOf(threadId)
      const threadName = name.trim()
      if (threadName === '') throw invalidRequest('thread name must not be empty')
      const store = await threads()
      const loaded = registry.get(id)
      if (loaded?.agent.isEphemeral) {
        throw invalidRequest(`ephemeral thread does not support metadata updates: ${id}`)
      }
      const record = await store.index.get(id)
      if ((!record && !loaded) || record?.isArchived) throw invalidRequest(`no rollout found for thread id ${id}`)
      await store.home.appendThreadName(store.layout, id, threadName)
      if (loaded) loaded.facts.name = threadName
      return new AnswerThen({}, () => server.broadcast('thread/name/updated', { threadId: id, threadName }))
    },

    async 'thread/metadata/update'(params) {
      const id = threadIdOf(params.threadId)
      const change = metadataChange(params)
      const store = await threads()
      const loaded = registry.get(id)
      if (loaded?.agent.isEphemeral) {
        throw invalidRequest(`ephemeral thread does not support metadata updates: ${id}`)
      }
      const record = await store.index.get(id)
      if (!record && !loaded) throw invalidRequest(`thread not found: ${id}`)
      await store.marks.update(id, change)
      if (!record) return { thread: liveView(loaded!, undefined) }
      return { thread: await store.view(record) }
    },

    async 'thread/readState/update'({ threadId, operation, expectedRevision }) {
      const id = threadIdOf(threadId, 'thread id', rpcCodes.invalidParams)
      const store = await threads()
      const record = await store.thread(id, 'thread not loaded')
      const firstUnread = operation.type === 'unread' ? ({ type: 'threadStart' } as const) : null
      const readState = { firstUnread, revision: randomUUID() }
      await store.marks.update(id, (mark) => {
        refuseConflict(record, mark, expectedRevision)
        return { ...mark, readState }
      })
      const changed = { threadId: id, readState }
      return new AnswerThen({ readState }, () => server.broadcast('thread/readState/changed', changed))
    },
  }
}

/** Closes a thread and those of its agents: what is loaded is not moved away under its engine. */
async function unloadFamily(store: ThreadStore, registry: ThreadRegistry, threadId: string): Promise<void> {
  const family = [threadId, ...descendantIds(await store.index.heads(), threadId)]
  for (const id of family) await registry.exclusively(id, () => registry.unload(id))
}

/** Tells every client of one thread after the other. */
function tellerOf(server: ServerContext) {
  type Method = 'thread/archived' | 'thread/unarchived' | 'thread/deleted'
  return async (method: Method, threadIds: readonly string[]) => {
    for (const threadId of threadIds) {
      await server.broadcast(method, { threadId } satisfies ServerNotifications[Method])
    }
  }
}

/**
 * Moves a thread, then those of its agents, the deepest first; of these, one that cannot be moved stays where it is.
 *
 * @param move says whether there was anything to move
 * @returns the ids of those that were moved; empty when the thread itself was not
 */
async function moveFamily(
  store: ThreadStore,
  threadId: string,
  move: (record: ThreadRecord) => boolean,
): Promise<string[]> {
  const record = await store.index.get(threadId)
  if (!record) return []
  const family = descendantIds(await store.index.heads(), threadId).reverse()
  if (!move(record)) return []
  const moved = [threadId]
  for (const id of family) {
    const member = await store.index.get(id)
    try {
      if (member && move(member)) moved.push(id)
    } catch (error) {
      store.server.report(`moving thread ${id}`, error)
    }
  }
  return moved
}

/** Removes every file of a thread and of the threads of its agents, the deepest first, and what is noted of them. */
async function removeFamily(store: ThreadStore, threadId: string): Promise<string[]> {
  const heads = await store.index.heads()
  if (!heads.some(({ id }) => id === threadId)) throw invalidRequest(`no rollout found for thread id ${threadId}`)
  const family = [...descendantIds(heads, threadId).reverse(), threadId]
  if (isBuiltOn(heads, new Set(family))) {
    throw invalidRequest(`cannot delete thread ${threadId}: forked history still references it`)
  }
  for (const id of family) for (const head of heads) if (head.id === id) store.home.deleteThread(head.path)
  await store.marks.remove(family)
  await store.home.removeThreadNames(store.layout, family)
  return family
}

function refuseConflict(record: ThreadRecord, mark: ThreadMark, expectedRevision: string): void {
  const readState = readStateOf(record, mark)
  if (readState === null) throw invalidRequest('thread read state unavailable')
  if (readState.revision !== expectedRevision) {
    throw invalidRequest('read state changed', { reason: 'readStateConflict', readState })
  }
}
