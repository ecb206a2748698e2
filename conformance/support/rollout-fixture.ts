import type { Fixture } from './fixture.js'
import type { Json } from './peer.js'

/** What a hand-written thread says. Everything else is made up, the same every time. */
export interface HandWritten {
  readonly meta?: Json
  readonly says?: string
  readonly events?: readonly Json[]
  readonly isArchived?: boolean
}

/** The n-th thread id. */
export function threadId(n: number): string {
  return `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`
}

/** When the n-th thread began: n seconds after ten o'clock. */
export function beganAt(n: number): Date {
  return new Date(Date.UTC(2026, 0, 2, 10, 0, n))
}

/** Rollout files by number, as files of a fixture's Codex home. */
export function rollouts(threads: { readonly [n: number]: HandWritten }): Fixture {
  return Object.fromEntries(Object.entries(threads).map(([n, thread]) => rollout(Number(n), thread)))
}

/** Where the n-th thread stands, below the Codex home. */
export function placeOf(n: number, isArchived = false): string {
  const name = `rollout-2026-01-02T${clock(beganAt(n))}-${threadId(n)}.jsonl`
  return `${isArchived ? 'archived_sessions' : 'sessions/2026/01/02'}/${name}`
}

export const said = (message: string): Json => ({ type: 'user_message', message, images: [] })
export const answered = (message: string, phase?: string): Json => ({
  type: 'agent_message',
  message,
  ...(phase && { phase }),
})

/** A turn with an id of its own, and what happens in it. */
export function turn(id: string, ...events: readonly Json[]): Json[] {
  return [
    { type: 'task_started', turn_id: id, started_at: 1_767_348_000 },
    ...events,
    { type: 'task_complete', turn_id: id, completed_at: 1_767_348_001, duration_ms: 1_000 },
  ]
}

/** What makes a thread one of an agent that another thread started. */
export function startedBy(parent: number): Json {
  const spawn = {
    parent_thread_id: threadId(parent),
    depth: 1,
    agent_path: null,
    agent_nickname: 'nick',
    agent_role: 'role',
  }
  return { parent_thread_id: threadId(parent), source: { subagent: { thread_spawn: spawn } } }
}

function rollout(n: number, { meta, says = `hello ${n}`, events = [], isArchived }: HandWritten): [string, string] {
  const timestamp = beganAt(n).toISOString()
  const usual = {
    id: threadId(n),
    timestamp,
    cwd: `/projects/p${n % 3}`,
    originator: 'hand',
    cli_version: '1.0',
    source: 'vscode',
  }
  const first = says === '' ? [] : [said(says), answered(`answer ${n}`)]
  const lines = [
    { timestamp, type: 'session_meta', payload: { ...usual, ...meta } },
    ...[...first, ...events].map((payload) => ({ timestamp, type: 'event_msg', payload })),
  ]
  return [`codex/${placeOf(n, isArchived)}`, lines.map((line) => `${JSON.stringify(line)}\n`).join('')]
}

function clock(time: Date): string {
  return time.toISOString().slice(11, 19).replaceAll(':', '-')
}
