import type { RolloutLine } from '@gangway/home'
import type { SessionSummary } from '../../../session.js'
import { EventClock } from './event-clock.js'
import { wellFormed } from './plain-text.js'
import type { RenderOptions } from './render-options.js'

/**
 * The first line of an imported thread, dated with the session's start.
 *
 * It names no model provider, so that the thread goes on with the configured one, and holds no prompt text. `source` is
 * one that every list shows, except for a helper agent's thread, which stands below its parent.
 *
 * Source: reference 0.169.0, docs/observations/imported-threads.md
 */
export function sessionMeta(summary: SessionSummary, options: RenderOptions): RolloutLine {
  const timestamp = new EventClock(summary.startedAtMs).text
  const { parent } = options
  const payload = {
    session_id: options.threadId,
    id: options.threadId,
    timestamp,
    cwd: wellFormed(options.cwd ?? summary.cwd ?? '/'),
    originator: options.originator,
    cli_version: options.cliVersion,
    source: parent ? spawned(parent) : 'cli',
    history_mode: 'legacy',
    ...(summary.gitBranch === null ? {} : { git: { branch: wellFormed(summary.gitBranch) } }),
    gangway: options.provenance,
  }
  return { timestamp, type: 'session_meta', payload }
}

function spawned({ threadId, role }: NonNullable<RenderOptions['parent']>) {
  const spawn = { parent_thread_id: threadId, depth: 1, agent_path: null, agent_nickname: null, agent_role: role }
  return { subagent: { thread_spawn: spawn } }
}
