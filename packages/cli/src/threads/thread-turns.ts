import { type AppServerClient, ServerError } from '@gangway/client'
import type { Thread, Turn } from '@gangway/protocol'

/** Every turn of a thread with all its items, oldest first, a page at a time: a huge thread is never whole in memory. */
export async function* turnsOf(client: AppServerClient, thread: Thread, signal: AbortSignal): AsyncIterable<Turn> {
  let cursor: string | null = null
  do {
    const params = { threadId: thread.id, cursor, limit: turnsOnPage, sortDirection: 'asc', itemsView: 'full' } as const
    const page: Page | undefined = await pageOf(client, params, signal)
    yield* page?.data ?? []
    cursor = page?.nextCursor ?? null
  } while (cursor !== null)
}

/** The last turns of a thread, oldest first: the first words and the last answer of each. */
export async function lastTurns(
  client: AppServerClient,
  thread: Thread,
  count: number,
  signal: AbortSignal,
): Promise<{ readonly turns: readonly Turn[]; readonly isAll: boolean }> {
  const limit = Math.min(count, 100)
  const page = await pageOf(client, { threadId: thread.id, limit, sortDirection: 'desc', itemsView: 'summary' }, signal)
  return { turns: [...(page?.data ?? [])].reverse(), isAll: (page?.nextCursor ?? null) === null }
}

interface Page {
  readonly data: readonly Turn[]
  readonly nextCursor?: string | null | undefined
}

interface PageParams {
  readonly threadId: string
  readonly cursor?: string | null
  readonly limit: number
  readonly sortDirection: 'asc' | 'desc'
  readonly itemsView: 'full' | 'summary'
}

/** Turns may be large: some tens of them are enough for one message. */
const turnsOnPage = 20

/** Undefined for a thread in which nothing was said yet, whose turns cannot be asked for. */
async function pageOf(client: AppServerClient, params: PageParams, signal: AbortSignal): Promise<Page | undefined> {
  try {
    return await client.request('thread/turns/list', params, { signal })
  } catch (error) {
    if (error instanceof ServerError && /before first user message/i.test(error.message)) return undefined
    throw error
  }
}
