import type { AgentThread, ResumeThreadOptions, StartThreadOptions } from './agent-thread.js'
import { beginThread, takeUpThread } from './open-thread.js'
import { toolFamilies } from './tools/families.js'

/** Begins a thread, with all tools that there are. Nothing is on disk before the person's first words. */
export function startThread(options: StartThreadOptions): Promise<AgentThread> {
  return beginThread(options, toolFamilies)
}

/** Takes up a thread that is on disk. @throws the file system's error when its file cannot be read */
export function resumeThread(options: ResumeThreadOptions): Promise<AgentThread> {
  return takeUpThread(options, toolFamilies)
}
