import type { ClientEvent, NotificationMethod } from '@gangway/client'
import type { ServerNotifications, ThreadItem, ThreadStartResponse, Turn } from '@gangway/protocol'

/** A thread's id that all tests of sessions use. */
export const threadId = '01a1f804-0119-7161-ad8e-dd6314cfc82d'

/** The answer to `thread/start`, with nothing in the thread yet. */
export function openedAnswer(turns: readonly Turn[] = []): ThreadStartResponse {
  return {
    approvalPolicy: 'never',
    approvalsReviewer: 'user',
    cwd: '/projects/project',
    model: 'gpt-5.5',
    modelProvider: 'mock',
    sandbox: { type: 'readOnly' },
    thread: {
      id: threadId,
      sessionId: threadId,
      preview: '',
      ephemeral: false,
      projectId: null,
      modelProvider: 'mock',
      createdAt: 0,
      updatedAt: 0,
      status: { type: 'idle' },
      cwd: '/projects/project',
      cliVersion: '0.1.0',
      source: 'cli',
      turns,
    },
  } as ThreadStartResponse
}

/** A notification, as a reader of the client's events gets it. */
export function told<M extends NotificationMethod>(method: M, params: ServerNotifications[M]): ClientEvent {
  return { type: 'notification', method, params } as ClientEvent
}

/** A turn in whatever state. */
export function turn(id: string, status: Turn['status'], items: readonly ThreadItem[] = []): Turn {
  return {
    id,
    items,
    itemsView: 'summary',
    status,
    error: null,
    startedAt: 1,
    completedAt: null,
    durationMs: null,
  } as Turn
}

/** An answer of the agent. */
export function words(id: string, text: string): ThreadItem {
  return { type: 'agentMessage', id, text }
}

/** A command, running or done. */
export function command(id: string, output: string | null): ThreadItem {
  return {
    type: 'commandExecution',
    id,
    command: 'ls',
    cwd: '/projects/project',
    status: output === null ? 'inProgress' : 'completed',
    commandActions: [],
    aggregatedOutput: output,
    exitCode: output === null ? null : 0,
  }
}

/** `item/started`. */
export function started(turnId: string, item: ThreadItem): ClientEvent {
  return told('item/started', { item, threadId, turnId, startedAtMs: 1 })
}

/** `item/completed`. */
export function completed(turnId: string, item: ThreadItem): ClientEvent {
  return told('item/completed', { item, threadId, turnId, completedAtMs: 2 })
}

/** `item/agentMessage/delta`. */
export function delta(turnId: string, itemId: string, text: string): ClientEvent {
  return told('item/agentMessage/delta', { delta: text, itemId, threadId, turnId })
}

/** `item/commandExecution/outputDelta`. */
export function output(turnId: string, itemId: string, text: string): ClientEvent {
  return told('item/commandExecution/outputDelta', { delta: text, itemId, threadId, turnId })
}
