import type { ThreadQuery } from '@gangway/home'
import { type RpcError, rpcCodes, type ThreadListParams, type ThreadSearchParams } from '@gangway/protocol'
import { invalidParams, invalidRequest } from '../refusals.js'
import { pageLimit } from './page-limit.js'
import { threadIdOf } from './thread-id.js'

const maxExcluded = 100

/**
 * What to ask the index for, or null when no thread can be meant: nothing is in a section, in a project or attached
 * to another thread here.
 *
 * Source: reference 0.169.0, for what is refused and how.
 *
 * @throws RpcError for what cannot be asked for, or not together
 */
export function listQuery(params: ThreadListParams): ThreadQuery | null {
  const family = familyOf(params)
  const excludedThreadIds = excludedIds(params.excludedThreadIds ?? [])
  if ((params.originators ?? []).length > 0) {
    throw invalidParams('originator filtering is not supported by the local app-server')
  }
  if (params.sortKey === 'section_position' && params.sectionId === undefined) {
    throw invalidRequest('section-position sorting requires a section filter')
  }
  const refusal = projectRefusal(params.projectId)
  if (refusal) throw refusal
  if (typeof params.sectionId === 'string' || (params.attachedToThreadId ?? null) !== null) return null
  // A slash at the end means the same folder.
  const cwds = (typeof params.cwd === 'string' ? [params.cwd] : params.cwd)?.map((cwd) => cwd.replace(/(?<=.)\/+$/, ''))
  if (cwds?.length === 0) return null
  return {
    ...commonQuery(params),
    ...family,
    ...(excludedThreadIds.length > 0 ? { excludedThreadIds } : {}),
    ...(params.modelProviders ? { modelProviders: params.modelProviders } : {}),
    ...(cwds ? { cwds } : {}),
    ...(typeof params.searchTerm === 'string' ? { searchTerm: params.searchTerm } : {}),
  }
}

/** What to ask the index's search for. @throws RpcError when there is nothing to search for */
export function searchQuery(params: ThreadSearchParams): ThreadQuery & { readonly searchTerm: string } {
  const searchTerm = params.searchTerm.trim()
  if (searchTerm === '') throw invalidRequest('thread/search requires a non-empty searchTerm')
  return { ...commonQuery(params), searchTerm }
}

type Common = Pick<ThreadListParams, 'cursor' | 'limit' | 'sortKey' | 'sortDirection' | 'sourceKinds' | 'archived'>

function commonQuery({ cursor, limit, sortKey, sortDirection, sourceKinds, archived }: Common): ThreadQuery {
  return {
    limit: pageLimit(limit),
    archived: archived === true,
    // Nothing has a place in a section: the newest come first.
    sortKey: sortKey === 'section_position' ? 'created_at' : (sortKey ?? 'created_at'),
    sortDirection: sortDirection ?? 'desc',
    ...(typeof cursor === 'string' ? { cursor } : {}),
    ...(sourceKinds ? { sourceKinds } : {}),
  }
}

function familyOf({
  parentThreadId: parent,
  ancestorThreadId: ancestor,
  attachedToThreadId: attached,
}: ThreadListParams): Pick<ThreadQuery, 'parentThreadId' | 'ancestorThreadId'> {
  if (typeof parent === 'string' && typeof ancestor === 'string') {
    throw invalidRequest('parentThreadId and ancestorThreadId are mutually exclusive')
  }
  if (typeof attached === 'string') {
    if (typeof parent === 'string' || typeof ancestor === 'string') {
      throw invalidRequest('attachedToThreadId cannot be combined with parentThreadId or ancestorThreadId')
    }
    threadIdOf(attached, 'attached thread parent id')
  }
  return {
    ...(typeof parent === 'string' ? { parentThreadId: threadIdOf(parent, 'parent thread id') } : {}),
    ...(typeof ancestor === 'string' ? { ancestorThreadId: threadIdOf(ancestor, 'ancestor thread id') } : {}),
  }
}

function excludedIds(ids: readonly string[]): string[] {
  if (ids.length > maxExcluded) throw invalidParams(`excludedThreadIds accepts at most ${maxExcluded} entries`)
  return ids.map((id) => threadIdOf(id, 'excluded thread id', rpcCodes.invalidParams))
}

function projectRefusal(projectId: string | null | undefined): RpcError | undefined {
  if (typeof projectId !== 'string') return undefined
  return invalidParams(projectId === '' ? 'projectId must not be empty' : `project not found: ${projectId}`)
}
