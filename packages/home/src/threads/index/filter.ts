import type { ThreadQuery, ThreadRecord, ThreadSourceKind } from './query.js'

/** Those that a person talks in. Custom sources are ours: a program that names itself is no reason to hide a thread. */
const interactiveKinds: readonly ThreadSourceKind[] = ['cli', 'vscode', 'custom']

/** Whether a thread belongs to the list that `query` asks for, ancestors apart. */
export function threadFilter(query: ThreadQuery): (record: ThreadRecord) => boolean {
  const kinds = new Set(query.sourceKinds?.length ? query.sourceKinds : interactiveKinds)
  const isChildList = query.parentThreadId !== undefined || query.ancestorThreadId !== undefined
  const anyKind = isChildList && !query.sourceKinds?.length
  const providers = query.modelProviders?.length ? new Set(query.modelProviders) : undefined
  const cwds = query.cwds?.length ? new Set(query.cwds) : undefined
  const excluded = new Set(query.excludedThreadIds)
  return (record) =>
    record.isArchived === (query.archived ?? false) &&
    (anyKind || kindsOf(record.source).some((kind) => kinds.has(kind))) &&
    (query.includeEmpty === true || record.preview !== '') &&
    (!providers || providers.has(record.modelProvider ?? query.defaultModelProvider ?? '')) &&
    (!cwds || cwds.has(record.cwd)) &&
    (query.searchTerm === undefined || holdsTerm(record, query.searchTerm)) &&
    (query.parentThreadId === undefined || record.parentThreadId === query.parentThreadId) &&
    !excluded.has(record.id)
}

/** The ids of all threads below `ancestorId`, at any depth. */
export function descendantsOf(records: readonly ThreadRecord[], ancestorId: string): ReadonlySet<string> {
  const childrenOf = new Map<string, string[]>()
  for (const { id, parentThreadId } of records) {
    if (parentThreadId === null) continue
    const children = childrenOf.get(parentThreadId)
    if (children) children.push(id)
    else childrenOf.set(parentThreadId, [id])
  }
  const found = new Set<string>()
  const waiting = [ancestorId]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const child of childrenOf.get(id) ?? []) {
      if (child !== ancestorId && !found.has(child)) {
        found.add(child)
        waiting.push(child)
      }
    }
  }
  return found
}

function holdsTerm(record: ThreadRecord, term: string): boolean {
  return (record.name ?? '').includes(term) || record.preview.includes(term)
}

function kindsOf(source: ThreadRecord['source']): ThreadSourceKind[] {
  if (typeof source === 'string') return [source as ThreadSourceKind]
  if ('custom' in source) return ['custom']
  const { subAgent } = source
  return ['subAgent', subAgentKind(subAgent)]
}

function subAgentKind(subAgent: unknown): ThreadSourceKind {
  if (subAgent === 'review') return 'subAgentReview'
  if (subAgent === 'compact') return 'subAgentCompact'
  const isSpawned = typeof subAgent === 'object' && subAgent !== null && 'thread_spawn' in subAgent
  return isSpawned ? 'subAgentThreadSpawn' : 'subAgentOther'
}
