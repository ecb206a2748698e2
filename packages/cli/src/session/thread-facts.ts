import type {
  SandboxPolicy,
  ThreadForkResponse,
  ThreadResumeResponse,
  ThreadSettingsUpdatedNotification,
  ThreadStartResponse,
} from '@gangway/protocol'
import type { ThreadFacts } from './session-shape.js'

/** What the server answers when a thread is started, resumed or forked. */
export type OpenedThread = ThreadStartResponse | ThreadResumeResponse | ThreadForkResponse

/** The facts that such an answer holds. */
export function factsOfAnswer(answer: OpenedThread): ThreadFacts {
  const { thread } = answer
  return {
    id: thread.id,
    sessionId: thread.sessionId,
    name: thread.name ?? null,
    model: answer.model,
    modelProvider: answer.modelProvider,
    cwd: answer.cwd,
    workspaceRoots: answer.runtimeWorkspaceRoots ?? [],
    approvalPolicy: answer.approvalPolicy,
    sandbox: answer.sandbox,
    reasoningEffort: answer.reasoningEffort ?? null,
    reasoningSummary: null,
    mode: 'collaborationMode' in answer ? (answer.collaborationMode?.mode ?? null) : null,
    path: thread.path ?? null,
    instructionSources: answer.instructionSources ?? [],
  }
}

/** `facts` with what `thread/settings/updated` tells. */
export function withSettings(facts: ThreadFacts, { threadSettings }: ThreadSettingsUpdatedNotification): ThreadFacts {
  return {
    ...facts,
    model: threadSettings.model,
    modelProvider: threadSettings.modelProvider,
    cwd: threadSettings.cwd,
    approvalPolicy: threadSettings.approvalPolicy,
    sandbox: threadSettings.sandboxPolicy,
    reasoningEffort: threadSettings.effort ?? null,
    reasoningSummary: threadSettings.summary ?? null,
    mode: threadSettings.collaborationMode.mode,
  }
}

/** Sandboxes as the first protocol spells them. */
const legacySandboxes: { readonly [type: string]: SandboxPolicy['type'] } = {
  'danger-full-access': 'dangerFullAccess',
  'read-only': 'readOnly',
  'workspace-write': 'workspaceWrite',
}

/**
 * `facts` with what `codex/event/session_configured` tells of this thread: what it names, it knows for certain. The
 * sandbox is taken only where it is of another kind: the first protocol says less of it.
 */
export function withConfigured(facts: ThreadFacts, params: unknown): ThreadFacts {
  const told = recordOf(recordOf(params).msg)
  if (told.session_id !== facts.id && told.thread_id !== facts.id) return facts
  const sandbox = legacySandboxes[String(recordOf(told.sandbox_policy).type)]
  return {
    ...facts,
    model: textOr(told.model, facts.model),
    modelProvider: textOr(told.model_provider_id, facts.modelProvider),
    cwd: textOr(told.cwd, facts.cwd),
    name: textOr(told.thread_name, facts.name),
    path: textOr(told.rollout_path, facts.path),
    ...(sandbox !== undefined && sandbox !== facts.sandbox.type && { sandbox: { type: sandbox } as SandboxPolicy }),
  }
}

function recordOf(value: unknown): { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [member: string]: unknown }) : {}
}

function textOr<T extends string | null>(value: unknown, other: T): string | T {
  return typeof value === 'string' && value !== '' ? value : other
}
