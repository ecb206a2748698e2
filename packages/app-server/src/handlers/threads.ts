import type { ThreadPages } from '@gangway/home'
import type { Handlers, ServerContext } from '../handler.js'
import { invalidRequest } from '../refusals.js'
import { itemPage, itemsOf } from '../threads/item-page.js'
import { listQuery, searchQuery } from '../threads/list-query.js'
import { threadIdOf } from '../threads/thread-id.js'
import { ThreadStore } from '../threads/thread-store.js'
import { readStateOf } from '../threads/thread-view.js'
import { turnPage, turnView } from '../threads/turn-page.js'
import { threadChangeHandlers } from './thread-changes.js'

/** Threads on disk: finding them, reading them, putting them in order. Nothing is loaded by any of this. */
export function threadHandlers(server: ServerContext): Handlers {
  let opening: Promise<ThreadStore> | undefined

  // Opened with the first request that needs it, so that the server starts fast.
  function threads(): Promise<ThreadStore> {
    opening ??= ThreadStore.open(server)
    return opening
  }

  return { ...findingHandlers(threads), ...readingHandlers(threads), ...threadChangeHandlers(server, threads) }
}

type Threads = () => Promise<ThreadStore>

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

    // Nothing loads a thread yet.
    'thread/loaded/list'() {
      return { data: [], nextCursor: null }
    },
  }
}

function readingHandlers(threads: Threads): Handlers {
  return {
    async 'thread/read'({ threadId, includeTurns }, { signal }) {
      const id = threadIdOf(threadId)
      const store = await threads()
      const whole = includeTurns === true ? await store.index.read(id, { signal }) : undefined
      const record = whole?.record ?? (await store.thread(id, 'thread not loaded'))
      const thread = await store.view(record)
      const turns = (whole?.turns ?? []).map((turn) => turnView(turn, 'full'))
      return { thread: { ...thread, turns }, readState: readStateOf(record, store.marks.get(id)) }
    },

    async 'thread/turns/list'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return turnPage(await pagesOf(await threads(), id, signal), params, signal)
    },

    async 'thread/items/list'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return itemPage(await pagesOf(await threads(), id, signal), params, signal)
    },

    async 'thread/items/read'(params, { signal }) {
      const id = threadIdOf(params.threadId)
      return { data: await itemsOf(await pagesOf(await threads(), id, signal), params, signal) }
    },
  }
}

async function pagesOf(store: ThreadStore, threadId: string, signal: AbortSignal): Promise<ThreadPages> {
  const pages = await store.index.pages(threadId, signal)
  if (!pages) throw invalidRequest(`thread not loaded: ${threadId}`)
  return pages
}
