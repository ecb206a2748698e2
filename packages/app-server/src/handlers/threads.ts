import type { Handlers } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { TextAnswer } from '../text-answer.js'
import type { ThreadRegistry } from '../thread-registry.js'
import { itemPage, itemsOf } from '../threads/item-page.js'
import { listQuery, searchQuery } from '../threads/list-query.js'
import { liveView } from '../threads/live-view.js'
import { pagesOf, wholeTurns } from '../threads/read-live.js'
import { threadIdOf } from '../threads/thread-id.js'
import type { ThreadStore } from '../threads/thread-store.js'
import { readStateOf } from '../threads/thread-view.js'
import { turnPage } from '../threads/turn-page.js'
import { threadChangeHandlers } from './thread-changes.js'

type Threads = () => Promise<ThreadStore>

/** Threads, loaded or not: finding them, reading them, putting them in order. Nothing is loaded by any of this. */
export function threadHandlers(threads: Threads, registry: ThreadRegistry): Handlers {
  return {
    ...findingHandlers(threads),
    ...readingHandlers(threads),
    ...threadChangeHandlers(registry.server, threads, registry),
  }
}

function findingHandlers(threads: Threads): Handlers {
  return {
    async 'thread/list'(params) {
      const query = listQuery(params)
      if (query === null) return { data: [], readStates: {}, nextCursor: null, backwardsCursor: null }
      const store = await threads()
      const names = query.modelProviders?.length ? { defaultModelProvider: await store.defaultProvider() } : {}
      const page = await store.list({ ...query, ...names })
      const states = page.threads.map((record) => [record.id, readStateOf(record, store.marks.get(record.id))] as const)
      return {
        data: await store.views(page.threads),
        readStates: Object.fromEntries(states.flatMap(([id, state]) => (state ? [[id, state]] : []))),
        nextCursor: page.nextCursor,
        backwardsCursor: page.backwardsCursor,
      }
    },

    async 'thread/search'(params, { signal }) {
      const query = searchQuery(params)
      const store = await threads()
      const page = await store.refusingCursors(store.index.search({ ...query, signal }))
      const views = await store.views(page.threads)
      return {
        data: views.map((thread) => ({ thread, snippet: page.snippets.get(thread.id) ?? '' })),
        nextCursor: page.nextCursor,
        backwardsCursor: page.backwardsCursor,
      }
    },
  }
}

function readingHandlers(threads: Threads): Handlers {
  return {
    async 'thread/read'({ threadId, includeTurns }, { signal, takesText }) {
      const id = threadIdOf(threadId)
      const store = await threads()
      const loaded = store.loaded(id)
      const record = await store.index.get(id)
      if (!record) {
        if (!loaded) throw invalidRequest(`thread not loaded: ${id}`)
        const turns = includeTurns === true ? await wholeTurns(store, id, signal) : []
        return { thread: liveView(loaded, undefined, turns), readState: null }
      }
      const thread = await store.view(record)
      const readState = readStateOf(record, store.marks.get(id))
      if (includeTurns !== true) return { thread, readState }
      // A huge thread becomes an answer without being parsed.
      const text = takesText && !loaded ? await store.index.readText(id, { signal }) : undefined
      if (text?.turns) return new TextAnswer((turns) => ({ thread: { ...thread, turns }, readState }), text.turns)
      return { thread: { ...thread, turns: await wholeTurns(store, id, signal) }, readState }
    },

    async 'thread/turns/list'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return turnPage(await pagesOf(await threads(), id, 'thread/turns/list', signal), params, signal)
    },

    async 'thread/items/list'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return itemPage(await pagesOf(await threads(), id, 'thread/items/list', signal), params, signal)
    },

    async 'thread/items/read'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return { data: await itemsOf(await pagesOf(await threads(), id, 'thread/items/read', signal), params, signal) }
    },
  }
}
