import type { SessionSummary } from '../../session.js'
import type { SessionConnector, SessionListQuery, SessionShelf, SessionSource } from '../../session-source.js'
import type { ImportWarning, MigrationDetails, MigrationItem } from '../../wire.js'
import type { KnownSession, KnownSessions } from './known-sessions.js'
import type { ConnectorRecord } from './ledger.js'

/** One session of an item's details, as the wire has it. */
type SessionEntry = NonNullable<MigrationDetails['sessions']>[number]

/** What a caller of detect asks of sessions. Absent: the reference's defaults. */
export interface DetectSessionsQuery {
  readonly maxSessionAgeDays?: number | null | undefined
  readonly maxSessions?: number | null | undefined
  readonly cursor?: string | null | undefined
  readonly limit?: number | null | undefined
  /** Gives those that came over too, each with its mark. */
  readonly marks?: boolean | null | undefined
  readonly signal?: AbortSignal
}

/** The sessions of one home, as detect offers them. */
export interface DetectedSessions {
  readonly item: MigrationItem | undefined
  readonly connectors: readonly SessionConnector[]
  readonly warnings: readonly ImportWarning[]
  readonly nextCursor: string | null
  /** Which services each session that was found worked with. */
  readonly connectorRecords?: readonly ConnectorRecord[]
}

/** Where to look, and for whose sessions. */
export interface DetectSessionsScope {
  readonly source: SessionSource
  readonly shelf: SessionShelf
  readonly known: KnownSessions
  readonly userHome: string
}

/**
 * Sessions that can be brought over, newest first. A session that another log goes on with is left out, and one that came
 * over whole too unless marks are asked for; neither counts. Reads the disk in slices.
 *
 * Source: reference 0.169.0, import-sessions 2
 *
 * @throws RangeError for a cursor that is none, or a limit below 1
 */
export async function detectSessions(
  scope: DetectSessionsScope,
  query: DetectSessionsQuery,
): Promise<DetectedSessions> {
  const { source, shelf, known, userHome } = scope
  const marks = query.marks === true
  await known.look(query.signal)
  const states = new Map<string, KnownSession>()
  const found = await shelf.list({
    ...limitsOf(query, source),
    accepts(summary) {
      if (summary.continuedIn !== null) return false
      const state = known.stateOf(summary)
      states.set(summary.path, state)
      return marks || state.state === 'new' || state.state === 'grown'
    },
  })
  const sessions = found.sessions.map((summary) => entryOf(summary, userHome, marks && states.get(summary.path)))
  return {
    item: sessions.length === 0 ? undefined : itemOf(shelf, sessions),
    connectors: source.countConnectors(found.sessions),
    warnings: found.leftOut.map(({ path, reason }) => ({ path, message: reason.message, line: null, column: null })),
    nextCursor: found.nextCursor,
    connectorRecords: found.sessions.flatMap(({ path, connectors }) =>
      connectors.length === 0 ? [] : [{ source_path: path, connector_names: connectors }],
    ),
  }
}

/** A caller that pages, or asks for marks, has no cap but its own. */
function limitsOf(query: DetectSessionsQuery, source: SessionSource): SessionListQuery {
  const { maxSessions, maxSessionAgeDays, cursor, limit, marks, signal } = query
  const isOurs = typeof cursor === 'string' || typeof limit === 'number' || marks === true
  const maxCount = maxSessions ?? (isOurs ? undefined : source.defaults.maxSessions)
  const maxAgeDays = maxSessionAgeDays ?? (isOurs ? undefined : source.defaults.maxAgeDays)
  return {
    ...(maxCount !== undefined && { maxCount }),
    ...(maxAgeDays !== undefined && { maxAgeDays }),
    ...(typeof cursor === 'string' && { cursor }),
    ...(typeof limit === 'number' && { limit }),
    ...(signal && { signal }),
  }
}

function entryOf(summary: SessionSummary, userHome: string, known: KnownSession | false | undefined): SessionEntry {
  const { listedPath, cwd, title, endedAtMs, sizeBytes } = summary
  const entry = { path: listedPath, cwd: cwd ?? userHome, title }
  return known ? { ...entry, state: known.state, threadId: known.threadId, endedAtMs, sizeBytes } : entry
}

function itemOf(shelf: SessionShelf, sessions: readonly SessionEntry[]): MigrationItem {
  const none = { plugins: [], skills: [], mcpServers: [], hooks: [], subagents: [], commands: [] }
  return {
    itemType: 'SESSIONS',
    description: `Migrate recent sessions from ${shelf.root}`,
    cwd: null,
    details: { ...none, sessions },
  }
}
