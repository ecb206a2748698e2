import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestHome } from './homes.js'

type Payload = { readonly [member: string]: unknown }

/** What a test says of a thread. Everything else is made up, the same every time. */
export interface TestThread {
  /** Members of `session_meta` over the usual ones. */
  readonly meta?: Payload
  /** What the person says first; empty: nothing. Default: `hello N`. */
  readonly says?: string
  /** Further events. */
  readonly events?: readonly Payload[]
  readonly isArchived?: boolean
}

/** The n-th thread id of a test. */
export function threadId(n: number): string {
  return `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`
}

/** When the n-th thread began and was last changed: n seconds after ten o'clock. */
export function beganAt(n: number): Date {
  return new Date(Date.UTC(2026, 0, 2, 10, 0, n))
}

/** Writes the n-th thread of a home. Gives the file's path. */
export function writeThread(home: TestHome, n: number, thread: TestThread = {}): string {
  const time = beganAt(n)
  const says = thread.says ?? `hello ${n}`
  const meta = {
    id: threadId(n),
    timestamp: time.toISOString(),
    cwd: `/projects/p${n % 3}`,
    originator: 'hand',
    cli_version: '1.0',
  }
  const first = says === '' ? [] : [said(says), answered(`answer ${n}`)]
  const lines = [
    lineOf(time, 'session_meta', { ...meta, source: 'vscode', model_provider: 'openai', ...thread.meta }),
    ...[...first, ...(thread.events ?? [])].map((payload) => lineOf(time, 'event_msg', payload)),
  ]
  const folder = join(home.codexHome, thread.isArchived ? 'archived_sessions' : 'sessions/2026/01/02')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `rollout-2026-01-02T${clock(time)}-${threadId(n)}.jsonl`)
  writeFileSync(path, `${lines.join('\n')}\n`)
  utimesSync(path, time, time)
  return path
}

export const said = (message: string): Payload => ({ type: 'user_message', message, images: [] })
export const answered = (message: string): Payload => ({ type: 'agent_message', message })

/** A turn with an id of its own, and what happens in it. */
export function turn(id: string, ...events: readonly Payload[]): Payload[] {
  return [
    { type: 'task_started', turn_id: id, started_at: 1_767_348_000 },
    ...events,
    { type: 'task_complete', turn_id: id, completed_at: 1_767_348_001, duration_ms: 1_000 },
  ]
}

/** What makes a thread one of an agent that another thread started. */
export function startedBy(parent: number): Payload {
  const spawn = {
    parent_thread_id: threadId(parent),
    depth: 1,
    agent_path: null,
    agent_nickname: 'nick',
    agent_role: 'role',
  }
  return { parent_thread_id: threadId(parent), source: { subagent: { thread_spawn: spawn } } }
}

function lineOf(time: Date, type: string, payload: Payload): string {
  return JSON.stringify({ timestamp: time.toISOString(), type, payload })
}

function clock(time: Date): string {
  return time.toISOString().slice(11, 19).replaceAll(':', '-')
}
