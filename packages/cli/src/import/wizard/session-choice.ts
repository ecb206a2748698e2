import type { MigrationDetails } from '../wire.js'

/** One conversation of another agent. */
export type ForeignSession = NonNullable<MigrationDetails['sessions']>[number]

/** Which conversations are left: those of some folders, and not older than so many days. Undefined: all. */
export interface SessionFilter {
  readonly projects?: ReadonlySet<string>
  readonly maxAgeDays?: number
}

/** A folder that conversations ran in. */
export interface SessionProject {
  readonly cwd: string
  readonly count: number
  readonly lastMs: number
}

const dayMs = 86_400_000

/** The conversations that a filter leaves, the newest first. */
export function chosenSessions(
  sessions: readonly ForeignSession[],
  { projects, maxAgeDays }: SessionFilter,
  nowMs: number,
): readonly ForeignSession[] {
  const oldest = maxAgeDays === undefined ? Number.NEGATIVE_INFINITY : nowMs - maxAgeDays * dayMs
  return sessions
    .filter(
      ({ cwd, endedAtMs }) => (projects?.has(cwd) ?? true) && (maxAgeDays === undefined || (endedAtMs ?? 0) >= oldest),
    )
    .sort((a, b) => (b.endedAtMs ?? 0) - (a.endedAtMs ?? 0))
}

/** The folders of conversations, the one that was used last first. */
export function projectsOf(sessions: readonly ForeignSession[]): readonly SessionProject[] {
  const projects = new Map<string, SessionProject>()
  for (const { cwd, endedAtMs } of sessions) {
    const known = projects.get(cwd) ?? { cwd, count: 0, lastMs: 0 }
    projects.set(cwd, { cwd, count: known.count + 1, lastMs: Math.max(known.lastMs, endedAtMs ?? 0) })
  }
  return [...projects.values()].sort((a, b) => b.lastMs - a.lastMs)
}

/** `290 new, 12 grown, 41 MB`. */
export function sessionSums(sessions: readonly ForeignSession[]): string {
  const grown = sessions.filter(({ state }) => state === 'grown').length
  const bytes = sessions.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
  return [
    `${sessions.length - grown} new`,
    ...(grown > 0 ? [`${grown} grown`] : []),
    ...(bytes > 0 ? [bytesWords(bytes)] : []),
  ].join(', ')
}

/** `512 B`, `41 kB`, `1.2 MB`, `3.4 GB`; a thousand bytes are a kilobyte. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit > 1 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}
