import { basename, join } from 'node:path'
import type { HomeLayout } from '../../layout.js'

/** What names a rollout file. */
export interface RolloutPlace {
  readonly startedAt: Date
  readonly threadId: string
  /** Default false: in the folder of its day. */
  readonly archived?: boolean
}

/** What a rollout file's name says. */
export interface RolloutName {
  /** The name's local time, in this process's time zone. */
  readonly startedAt: Date
  readonly threadId: string
  /** A second id, which marks the file that a reverted thread goes on in. */
  readonly revisionId: string | null
}

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'
const namePattern = new RegExp(
  `^rollout-(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2})-(\\d{2})-(\\d{2})-(${uuid})(?:_(${uuid}))?\\.jsonl$`,
)

/**
 * Where a thread's file belongs: `sessions/YYYY/MM/DD/rollout-<local time>-<id>.jsonl`, or flat in `archived_sessions`.
 * Touches no disk.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 */
export function rolloutPath(layout: HomeLayout, { startedAt, threadId, archived = false }: RolloutPlace): string {
  const name = `rollout-${dayOf(startedAt)}T${timeOf(startedAt)}-${threadId}.jsonl`
  return archived ? join(layout.archivedSessionsDir, name) : join(dayFolder(layout, startedAt), name)
}

/** The folder of the local day of `startedAt`. Touches no disk. */
export function dayFolder(layout: HomeLayout, startedAt: Date): string {
  return join(layout.sessionsDir, ...dayOf(startedAt).split('-'))
}

/** What the name of a file says, or undefined when it is no rollout's name. Takes a name or a path; touches no disk. */
export function parseRolloutName(path: string): RolloutName | undefined {
  const match = namePattern.exec(basename(path))
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number)
  const startedAt = new Date(year!, month! - 1, day, hour, minute, second)
  return { startedAt, threadId: match[7]!.toLowerCase(), revisionId: match[8]?.toLowerCase() ?? null }
}

function dayOf(date: Date): string {
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function timeOf(date: Date): string {
  return `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
