import type { AppServerClient } from '@gangway/client'
import type { Thread } from '@gangway/protocol'
import type { ThreadFilter } from './threads-options.js'

/** A thread that was found; with the words around the text, when one was looked for. */
export interface FoundThread {
  readonly thread: Thread
  readonly snippet: string | undefined
}

/** What was found, and where the next page begins. */
export interface FoundThreads {
  readonly found: readonly FoundThread[]
  /** Null at the end. */
  readonly nextCursor: string | null
}

/** The server's own limit of a page. */
const pageSize = 100

/**
 * The threads that `filter` means, newest first, over as many pages of the server as it takes.
 *
 * @param text look for it in names and conversations, else everything is listed
 * @param signal ends the wait
 */
export async function threadPages(
  client: AppServerClient,
  filter: ThreadFilter,
  text: string | undefined,
  signal: AbortSignal,
): Promise<FoundThreads> {
  const found: FoundThread[] = []
  let cursor = filter.cursor ?? null
  do {
    const limit = Math.min(pageSize, filter.limit - found.length)
    const page = await (text === undefined
      ? listPage(client, filter, cursor, limit, signal)
      : searchPage(client, filter, text, cursor, limit, signal))
    const recent = page.found.filter(({ thread }) => isRecent(thread, filter))
    found.push(...recent)
    // The order is by time: behind one that is too old, all are.
    cursor = recent.length < page.found.length ? null : page.nextCursor
  } while (cursor !== null && found.length < filter.limit)
  return { found: text === undefined ? found : found.filter(({ thread }) => isIn(thread, filter)), nextCursor: cursor }
}

async function listPage(
  client: AppServerClient,
  filter: ThreadFilter,
  cursor: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<FoundThreads> {
  const { cwds, providers } = filter
  const { data, nextCursor } = await client.request(
    'thread/list',
    {
      cursor,
      limit,
      ...orderOf(filter),
      modelProviders: [...providers],
      ...(cwds.length > 0 && { cwd: [...cwds] }),
    },
    { signal },
  )
  return { found: data.map((thread) => ({ thread, snippet: undefined })), nextCursor: nextCursor ?? null }
}

async function searchPage(
  client: AppServerClient,
  filter: ThreadFilter,
  searchTerm: string,
  cursor: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<FoundThreads> {
  const params = { searchTerm, cursor, limit, ...orderOf(filter) }
  const { data, nextCursor } = await client.request('thread/search', params, { signal })
  return { found: data, nextCursor: nextCursor ?? null }
}

function orderOf({ sort, sources, archived }: ThreadFilter) {
  return {
    sortKey: sort,
    sortDirection: 'desc' as const,
    archived,
    ...(sources.length > 0 && { sourceKinds: [...sources] }),
  }
}

function isRecent(thread: Thread, { since, sort }: ThreadFilter): boolean {
  return since === undefined || (sort === 'created_at' ? thread.createdAt : thread.updatedAt) >= since
}

/** A search knows neither folders nor providers. */
function isIn(thread: Thread, { cwds, providers }: ThreadFilter): boolean {
  return (
    (cwds.length === 0 || cwds.includes(thread.cwd)) &&
    (providers.length === 0 || providers.includes(thread.modelProvider))
  )
}
