import type { AgentThread, ResumeThreadOptions, StartThreadOptions } from '@gangway/agent'

/** What runs conversations. */
export interface Engine {
  startThread(options: StartThreadOptions): Promise<AgentThread>
  resumeThread(options: ResumeThreadOptions): Promise<AgentThread>
}

let loading: Promise<typeof import('@gangway/agent')> | undefined

/** The engine: loaded with the first conversation, so that the server starts fast; kept. */
export function agent(): Promise<typeof import('@gangway/agent')> {
  loading ??= import('@gangway/agent')
  return loading
}
