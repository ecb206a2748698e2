import type { Thread, ThreadForkResponse, ThreadStartResponse } from '@gangway/protocol'
import type { LoadedThread } from './loaded-thread.js'

/** What `thread/start`, `thread/resume` and `thread/fork` answer with. */
export function sessionAnswer({ agent }: LoadedThread, thread: Thread): ThreadStartResponse & ThreadForkResponse {
  const { settings } = agent
  return {
    thread,
    model: settings.model,
    modelProvider: settings.modelProvider,
    serviceTier: settings.serviceTier ?? null,
    disabledPluginIds: [...(settings.disabledPluginIds ?? [])],
    cwd: settings.cwd,
    runtimeWorkspaceRoots: [...settings.workspaceRoots],
    instructionSources: [...agent.instructionSources],
    approvalPolicy: settings.approvalPolicy,
    approvalsReviewer: settings.approvalsReviewer,
    sandbox: settings.sandboxPolicy,
    activePermissionProfile: settings.activePermissionProfile ?? null,
    reasoningEffort: settings.effort ?? null,
    multiAgentMode: settings.multiAgentMode ?? 'explicitRequestOnly',
  }
}
