import type { RequestHandle } from '@gangway/client'
import type { ThreadListParams } from '@gangway/protocol'

/** Every kind of session that a person may mean. */
const sourceKinds: ThreadListParams['sourceKinds'] = ['cli', 'vscode', 'exec', 'appServer']

/** Names are compared here, so that only whole ones count; a person has few sessions of nearly one name. */
const pageOfNames = 100

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The id of the session that has this id or name; of several of one name, the newest.
 *
 * @throws Error that names it, when there is none
 */
export async function sessionOf(server: RequestHandle, written: string): Promise<string> {
  if (uuid.test(written)) return written.toLowerCase()
  let cursor: string | null = null
  do {
    const params: ThreadListParams = {
      sourceKinds,
      searchTerm: written,
      sortKey: 'updated_at',
      limit: pageOfNames,
      cursor,
    }
    const page = await server.request('thread/list', params)
    const named = page.data.find((thread) => thread.name === written)
    if (named !== undefined) return named.id
    cursor = page.nextCursor ?? null
  } while (cursor !== null)
  throw new Error(`no session has the id or name ${written}`)
}

/** The id of the session that was worked in last; undefined when there is none. @param cwd only sessions of this folder */
export async function newestSession(server: RequestHandle, cwd: string | undefined): Promise<string | undefined> {
  const params: ThreadListParams = { sourceKinds, sortKey: 'updated_at', limit: 1, ...(cwd !== undefined && { cwd }) }
  const { data } = await server.request('thread/list', params)
  return data[0]?.id
}
