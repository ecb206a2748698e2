import { parseRolloutName } from '../rollout/name.js'
import { list, type Members, members, numberOrNull, plainPath, textOrNull } from './members.js'
import type { HistoryBase, ThreadHead, ThreadProvenance } from './thread-head.js'

/** The part of a thread's head that `session_meta` gives, with what stands in for missing members. */
export type MetaFacts = Omit<
  ThreadHead,
  | 'path'
  | 'isArchived'
  | 'updatedAtMs'
  | 'model'
  | 'reasoningEffort'
  | 'preview'
  | 'previewEnd'
  | 'sizeBytes'
  | 'modifiedNs'
>

/**
 * What `session_meta` says; what it does not say comes from the file's name, then from its time.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 *
 * @returns undefined when neither gives an id
 */
export function metaFacts(meta: Members, path: string, modifiedMs: number): MetaFacts | undefined {
  const name = parseRolloutName(path)
  const id = textOrNull(meta.id) ?? textOrNull(meta.session_id) ?? name?.threadId
  if (id === undefined) return undefined
  const saidAtMs = Date.parse(textOrNull(meta.timestamp) ?? '')
  const spawn = spawnOf(meta.source)
  return {
    id,
    revisionId: name?.revisionId ?? null,
    sessionId: textOrNull(meta.session_id) ?? id,
    historyMode: meta.history_mode === 'paginated' ? 'paginated' : 'legacy',
    historyBase: historyBase(meta.history_base),
    // A file that a thread taken back goes on in says when it was taken back; its name says when the thread began.
    createdAtMs: Number.isNaN(saidAtMs) || name?.revisionId ? (name?.startedAt.getTime() ?? modifiedMs) : saidAtMs,
    cwd: plainPath(meta.cwd),
    originator: textOrNull(meta.originator),
    cliVersion: textOrNull(meta.cli_version) ?? '',
    source: sourceOf(meta.source),
    threadSource: textOrNull(meta.thread_source),
    modelProvider: textOrNull(meta.model_provider),
    gitInfo: gitInfo(meta.git),
    parentThreadId: textOrNull(meta.parent_thread_id) ?? textOrNull(spawn.parent_thread_id),
    forkedFromId: textOrNull(meta.forked_from_id),
    agentNickname: textOrNull(meta.agent_nickname) ?? textOrNull(spawn.agent_nickname),
    agentRole: textOrNull(meta.agent_role) ?? textOrNull(spawn.agent_role),
    provenance: provenance(meta.gangway),
  }
}

function sourceOf(source: unknown): ThreadHead['source'] {
  if (source === undefined || source === null) return 'vscode'
  if (typeof source === 'string') return namedSource(source)
  const { custom, subagent } = members(source)
  if (typeof custom === 'string') return { custom }
  return subagent === undefined ? 'unknown' : { subAgent: subAgent(subagent) }
}

function subAgent(value: unknown): unknown {
  const { thread_spawn: spawn } = members(value)
  if (spawn === undefined) return value
  return { thread_spawn: { agent_path: null, agent_nickname: null, agent_role: null, ...members(spawn) } }
}

function namedSource(source: string): string {
  if (source === 'mcp') return 'appServer'
  return source === 'cli' || source === 'vscode' || source === 'exec' ? source : 'unknown'
}

function spawnOf(source: unknown): Members {
  return members(members(members(source).subagent).thread_spawn)
}

function gitInfo(git: unknown): ThreadHead['gitInfo'] {
  const { commit_hash: sha, branch, repository_url: originUrl } = members(git)
  if (git === undefined || git === null || list(git).length > 0) return null
  return { sha: textOrNull(sha), branch: textOrNull(branch), originUrl: textOrNull(originUrl) }
}

function historyBase(base: unknown): HistoryBase | null {
  const { thread_id: fileId, end_ordinal_exclusive: ordinal, end_byte_offset: offset } = members(base)
  if (typeof fileId !== 'string') return null
  return { fileId, endOrdinalExclusive: numberOrNull(ordinal), endByteOffset: numberOrNull(offset) }
}

function provenance(given: unknown): ThreadProvenance | null {
  const facts = members(given)
  const { source_agent, source_path, source_session_id, import_id, parent_thread_id } = facts
  if (typeof source_agent !== 'string' || typeof source_path !== 'string') return null
  return {
    source_agent,
    source_path,
    source_session_id: textOrNull(source_session_id) ?? '',
    import_id: textOrNull(import_id) ?? '',
    ...(typeof parent_thread_id === 'string' ? { parent_thread_id } : {}),
  }
}
