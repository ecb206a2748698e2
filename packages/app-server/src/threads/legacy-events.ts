import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AgentThread } from '@gangway/agent'
import type { HomeLayout } from '@gangway/home/layout'
import type { ServerNotifications, Turn } from '@gangway/protocol'
import type { RequestContext } from '../handler.js'
import type { LiveFacts } from './live-facts.js'

// The first protocol's events, for clients that ask for them: `codex/event/<type>` with `{conversationId, id, msg}`.

/** A loaded thread, as far as the first protocol tells of it. */
interface ConfiguredThread {
  readonly threadId: string
  readonly agent: Pick<AgentThread, 'settings' | 'path'>
  readonly facts: Pick<LiveFacts, 'forkedFromId'>
  readonly layout: HomeLayout
}

/** Says everything of a thread that was begun or taken up, once its answer is out. */
export function tellSessionConfigured(thread: ConfiguredThread, client: RequestContext, turns: readonly Turn[]): void {
  if (client.client?.legacyNotifications !== true) return
  const { settings, path } = thread.agent
  send(client, thread.threadId, '', {
    type: 'session_configured',
    session_id: thread.threadId,
    forked_from_id: thread.facts.forkedFromId,
    model: settings.model,
    model_provider_id: settings.modelProvider,
    approval_policy: settings.approvalPolicy,
    approvals_reviewer: settings.approvalsReviewer,
    sandbox_policy: settings.sandboxPolicy,
    cwd: settings.cwd,
    reasoning_effort: settings.effort ?? null,
    ...historyMetadata(thread.layout),
    initial_messages: turns.length === 0 ? null : turns.flatMap(messagesOf),
    rollout_path: path,
  })
}

/** The siblings of what ends a turn. */
export function tellLegacy(clients: Iterable<RequestContext>, threadId: string, method: string, params: unknown): void {
  if (method !== 'turn/completed') return
  const { turn } = params as ServerNotifications['turn/completed']
  for (const client of clients) send(client, threadId, turn.id, endOf(turn))
}

/** The thread is not loaded any more. */
export function tellShutdown(clients: Iterable<RequestContext>, threadId: string): void {
  for (const client of clients) send(client, threadId, '', { type: 'shutdown_complete' })
}

type LegacyMessage = { readonly type: string } & Readonly<Record<string, unknown>>

function send(client: RequestContext, conversationId: string, id: string, msg: LegacyMessage): void {
  void client.emitLegacy(`codex/event/${msg.type}`, { conversationId, id, msg })
}

function endOf(turn: Turn): LegacyMessage {
  if (turn.status === 'interrupted') return { type: 'turn_aborted', turn_id: turn.id, reason: 'interrupted' }
  const last = turn.items.findLast((item) => item.type === 'agentMessage')
  return {
    type: 'task_complete',
    turn_id: turn.id,
    last_agent_message: last?.type === 'agentMessage' ? last.text : null,
    error: turn.error?.message ?? null,
  }
}

function messagesOf({ items }: Turn): LegacyMessage[] {
  return items.flatMap((item): LegacyMessage[] => {
    if (item.type === 'agentMessage') return [{ type: 'agent_message', message: item.text }]
    if (item.type !== 'userMessage') return []
    const words = item.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
    return [{ type: 'user_message', message: words.join('\n') }]
  })
}

const lineFeed = 0x0a

/** Which file the prompts of all sessions stand in, and how many there are. Reads the disk. */
function historyMetadata(layout: HomeLayout): { history_log_id: number; history_entry_count: number } {
  const path = join(layout.root, 'history.jsonl')
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isFile()) return { history_log_id: 0, history_entry_count: 0 }
  const count = readFileSync(path).reduce((lines, byte) => lines + (byte === lineFeed ? 1 : 0), 0)
  return { history_log_id: stats.ino, history_entry_count: count }
}
