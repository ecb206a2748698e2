import type { ThreadMark, ThreadRecord } from '@gangway/home'
import type { Thread, ThreadReadState, Turn } from '@gangway/protocol'

interface ViewOptions {
  readonly mark: ThreadMark
  readonly defaultProvider: string
  /** Default: none. */
  readonly turns?: readonly Turn[]
}

/** A thread on disk as the wire shows it. Members that only a loaded thread has are null. Source: reference 0.169.0. */
export function threadView(record: ThreadRecord, { mark, defaultProvider, turns = [] }: ViewOptions): Thread {
  return {
    id: record.id,
    environments: null,
    extra: null,
    sessionId: record.sessionId,
    forkedFromId: record.forkedFromId,
    attachedToThreadId: null,
    parentThreadId: record.parentThreadId,
    preview: record.preview,
    ephemeral: false,
    section: null,
    sectionEnteredAt: null,
    projectId: null,
    historyMode: record.historyMode,
    modelProvider: record.modelProvider ?? defaultProvider,
    model: record.model,
    reasoningEffort: record.reasoningEffort,
    createdAt: seconds(record.createdAtMs),
    updatedAt: seconds(record.updatedAtMs),
    recencyAt: seconds(record.recencyAtMs),
    status: { type: 'notLoaded' },
    path: record.path,
    cwd: record.cwd,
    cliVersion: record.cliVersion,
    originator: record.originator,
    // The head's source is one of the wire's words already.
    source: record.source as Thread['source'],
    canAcceptDirectInput: null,
    threadSource: record.threadSource,
    agentNickname: record.agentNickname,
    agentRole: record.agentRole,
    gitInfo: gitInfo(record, mark),
    name: record.name,
    daybreakEnabled: mark.daybreakEnabled ?? null,
    turns,
  }
}

/** How far a person has read a thread; null for one that no person reads: an agent's, or nobody knows whose. Source: reference 0.169.0. */
export function readStateOf({ id, source }: ThreadRecord, mark: ThreadMark): ThreadReadState | null {
  if (source === 'unknown' || (typeof source === 'object' && 'subAgent' in source)) return null
  return mark.readState ?? { firstUnread: null, revision: `initial:${id}` }
}

/** What was noted stands for what the file says. Nothing known is null. */
function gitInfo(record: ThreadRecord, mark: ThreadMark): Thread['gitInfo'] {
  if (mark.gitInfo === undefined) return record.gitInfo
  const { sha = null, branch = null, originUrl = null } = { ...record.gitInfo, ...mark.gitInfo }
  return sha === null && branch === null && originUrl === null ? null : { sha, branch, originUrl }
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
