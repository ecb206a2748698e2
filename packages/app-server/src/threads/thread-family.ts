import type { ThreadHead } from '@gangway/home'

/**
 * The ids of all threads that a thread's agents started, at any depth: children before their own children.
 * The thread itself is not among them.
 */
export function descendantIds(heads: readonly ThreadHead[], threadId: string): string[] {
  const childrenOf = new Map<string, Set<string>>()
  for (const { id, parentThreadId } of heads) {
    if (parentThreadId === null) continue
    const children = childrenOf.get(parentThreadId) ?? new Set()
    childrenOf.set(parentThreadId, children.add(id))
  }
  const found = new Set([threadId])
  for (const id of found) for (const child of [...(childrenOf.get(id) ?? [])].sort()) found.add(child)
  return [...found].slice(1)
}

/** Whether a thread that is not among `threadIds` goes on from a file of theirs: without it, it would lose its beginning. */
export function isBuiltOn(heads: readonly ThreadHead[], threadIds: ReadonlySet<string>): boolean {
  const files = new Set(heads.filter(({ id }) => threadIds.has(id)).map(({ id, revisionId }) => revisionId ?? id))
  return heads.some(
    ({ id, historyBase }) => !threadIds.has(id) && historyBase !== null && files.has(historyBase.fileId),
  )
}
