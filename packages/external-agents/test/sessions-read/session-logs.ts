import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionEvent, SessionReadReport } from '../../src/session.js'
import type { ReadSessionOptions } from '../../src/sources/claude-code/sessions/read-session.js'
import { readSession } from '../../src/sources/claude-code/sessions/read-session.js'
import { listSessions, type SessionPage, type SessionQuery } from '../../src/sources/claude-code/sessions/sessions.js'
import type { SummaryCache } from '../../src/sources/claude-code/sessions/summary-cache.js'
import { type TreeNode, tempTree } from '../core/temp-tree.js'

export type LogLine = { readonly [key: string]: unknown } | string

/** Lines of a log; a text is a line as it stands. */
export function log(...lines: readonly LogLine[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
}

/** A message record of Claude Code, with a working folder that is there. */
export function said(
  type: 'user' | 'assistant',
  content: unknown,
  more: { readonly [key: string]: unknown } = {},
): LogLine {
  const message = { role: type, content }
  return { type, cwd: '/', sessionId: 's', timestamp: '2026-05-01T10:00:00.000Z', message, ...more }
}

export const user = (content: unknown, more: { readonly [key: string]: unknown } = {}): LogLine =>
  said('user', content, more)
export const agent = (content: unknown, more: { readonly [key: string]: unknown } = {}): LogLine =>
  said('assistant', content, more)

/** A chain: each record follows the one before and gets an id, unless it has its own. */
export function chain(...lines: readonly { readonly [key: string]: unknown }[]): LogLine[] {
  let parentUuid: unknown = null
  return lines.map((line, place) => {
    const linked = { uuid: `r${place}`, parentUuid, ...line }
    parentUuid = linked.uuid
    return linked
  })
}

/** A home with `.claude/projects` as given, each file one second newer than the one before. Gives `.claude`. */
export function claudeHome(logs: { readonly [path: string]: TreeNode }): string {
  const tree = Object.fromEntries(Object.entries(logs).map(([path, node]) => [`.claude/projects/${path}`, node]))
  const root = tempTree(tree)
  const startSeconds = Math.floor(Date.now() / 1000) - 1000
  Object.entries(logs).forEach(([path, node], place) => {
    if (typeof node === 'object' && 'link' in node) return
    utimesSync(join(root, '.claude/projects', path), startSeconds + place, startSeconds + place)
  })
  return join(root, '.claude')
}

export function list(configDir: string, query: SessionQuery = {}, cache?: SummaryCache): Promise<SessionPage> {
  return listSessions({ configDir, desktopFolders: [], ...(cache && { cache }) }, query)
}

/** Names of logs below `projects`, for short comparisons. */
export function names(sessions: readonly { readonly listedPath: string }[]): string[] {
  return sessions.map(({ listedPath }) => listedPath.split('/projects/')[1]!)
}

/** Reads a log of its own to the end. */
export async function readLog(
  content: string | Uint8Array,
  options: ReadSessionOptions = {},
): Promise<{ events: SessionEvent[]; report: SessionReadReport }> {
  return readFile(join(tempTree({ 'log.jsonl': content }), 'log.jsonl'), options)
}

export async function readFile(
  path: string,
  options: ReadSessionOptions = {},
): Promise<{ events: SessionEvent[]; report: SessionReadReport }> {
  const reading = readSession(path, options)
  const events: SessionEvent[] = []
  for await (const event of reading) events.push(event)
  return { events, report: reading.report! }
}

/** Events in a word or two each: type, and text or what else tells them apart. */
export function brief(events: readonly SessionEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'note':
        return `note ${event.code}: ${event.text}`
      case 'toolCall':
        return `toolCall ${event.tool} ${event.id}`
      case 'toolResult':
        return `toolResult ${event.callId}: ${event.text}`
      case 'compaction':
        return `compaction: ${event.summary}`
      case 'subagent':
        return `subagent ${event.callId}: ${event.path.split('/').at(-1)}`
      case 'document':
        return `document ${event.name} ${event.mediaType}: ${event.text}`
      default:
        return `${event.type}: ${event.text}`
    }
  })
}
