import type { Thread, Turn } from '@gangway/protocol'
import type { LoadedThread } from './loaded-thread.js'

/** A loaded thread as the wire shows it: what its file says, and over it what holds now. Source: reference 0.169.0. */
export function liveView(thread: LoadedThread, stored: Thread | undefined, turns: readonly Turn[] = []): Thread {
  const { agent } = thread
  const { settings } = agent
  return {
    ...(stored ?? newView(thread)),
    environments: [...(settings.environments ?? [])],
    modelProvider: settings.modelProvider,
    model: settings.model,
    reasoningEffort: settings.effort ?? null,
    cwd: settings.cwd,
    status: agent.status,
    canAcceptDirectInput: true,
    ...(agent.path === null ? {} : { path: agent.path }),
    turns,
  }
}

function newView({ facts, agent, version }: LoadedThread): Thread {
  const createdAt = Math.floor(facts.createdAtMs / 1000)
  return {
    id: facts.threadId,
    environments: null,
    extra: null,
    sessionId: facts.threadId,
    forkedFromId: facts.forkedFromId,
    attachedToThreadId: null,
    parentThreadId: null,
    preview: agent.preview,
    ephemeral: agent.isEphemeral,
    section: null,
    sectionEnteredAt: null,
    projectId: null,
    historyMode: facts.historyMode,
    modelProvider: agent.settings.modelProvider,
    model: agent.settings.model,
    reasoningEffort: agent.settings.effort ?? null,
    createdAt,
    updatedAt: createdAt,
    recencyAt: createdAt,
    status: agent.status,
    path: agent.plannedPath,
    cwd: agent.settings.cwd,
    cliVersion: version,
    originator: facts.originator,
    source: facts.source,
    canAcceptDirectInput: true,
    threadSource: facts.threadSource,
    agentNickname: null,
    agentRole: null,
    gitInfo: null,
    name: facts.name,
    daybreakEnabled: null,
    turns: [],
  }
}
