import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { type HomeLayout, homeLayout, rolloutPath } from '@gangway/home'
import { temporaryFolder, write } from '../folder.js'

type Payload = { readonly [member: string]: unknown }
export type Line = { readonly type: string; readonly payload: Payload; readonly ordinal?: number }

/** When the threads of these tests began, unless a test says otherwise. */
export const began = new Date('2026-03-04T05:06:07.000Z')

/** The n-th thread id of a test. */
export function threadId(n: number): string {
  return `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

/** A Codex home of this test's own. */
export function temporaryHome(): HomeLayout {
  return homeLayout(join(temporaryFolder(), '.codex'))
}

export const event = (payload: Payload): Line => ({ type: 'event_msg', payload })
export const reply = (payload: Payload): Line => ({ type: 'response_item', payload })
export const started = (turnId: string, at = 1_772_600_767): Line =>
  event({ type: 'task_started', turn_id: turnId, root_turn_id: turnId, started_at: at, model_context_window: null })
export const completed = (turnId: string, at = 1_772_600_769): Line =>
  event({ type: 'task_complete', turn_id: turnId, completed_at: at, duration_ms: 2_000 })
export const said = (message: string): Line => event({ type: 'user_message', message })
export const answered = (message: string): Line => event({ type: 'agent_message', message })
export const item = (turnId: string, content: Payload): Line =>
  event({ type: 'item_completed', turn_id: turnId, item: content, started_at_ms: 1, completed_at_ms: 2 })

export interface ThreadOptions {
  readonly startedAt?: Date
  readonly modifiedAt?: Date
  readonly archived?: boolean
  readonly meta?: Payload
  /** Written after the name's thread id, as a second one. */
  readonly revisionId?: string
  /** Folder instead of that of the day. */
  readonly folder?: string
}

/** Writes a rollout with `session_meta` and `lines`, numbered when it says that it is paginated. Gives its path. */
export function writeThread(
  layout: HomeLayout,
  id: string,
  lines: readonly Line[],
  options: ThreadOptions = {},
): string {
  const startedAt = options.startedAt ?? began
  const meta = {
    id,
    timestamp: startedAt.toISOString(),
    cwd: '/projects',
    originator: 'test',
    cli_version: '0.169.0',
    source: 'vscode',
    model_provider: 'openai',
    ...options.meta,
  }
  const isNumbered = options.meta?.history_mode === 'paginated'
  const all = [{ type: 'session_meta', payload: meta }, ...lines]
  const text = all.map((line, ordinal) => lineText(isNumbered ? { ordinal, ...line } : line)).join('')
  const archived = options.archived ?? false
  const path = rolloutPath(layout, { startedAt, threadId: id, archived })
    .replace(`${id}.jsonl`, options.revisionId ? `${id}_${options.revisionId}.jsonl` : `${id}.jsonl`)
    .replace(/^.*(?=rollout-)/, (folder) => (options.folder ? `${options.folder}/` : folder))
  write(path, text)
  utimesSync(path, options.modifiedAt ?? startedAt, options.modifiedAt ?? startedAt)
  return path
}

/** A line as a file holds it. */
export function lineText(line: Line): string {
  const { type, payload, ordinal } = line
  const timestamp = began.toISOString()
  return `${JSON.stringify(ordinal === undefined ? { timestamp, type, payload } : { timestamp, ordinal, type, payload })}\n`
}

/** The bytes of a file between two of its bytes. */
export function bytesOf(path: string, start: number, end: number): Buffer {
  return readFileSync(path).subarray(start, end)
}
