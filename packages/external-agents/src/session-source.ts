import type { FateReason } from './fact.js'
import type { SessionReading, SessionSummary } from './session.js'

/** Where the sessions of an agent are looked for. */
export interface SessionPlace {
  /** The agent's own folder in the person's home. Absolute; need not exist. */
  readonly configDir: string
  /** The person's home directory. Absolute. */
  readonly userHome: string
  readonly env: { readonly [name: string]: string | undefined }
  /** Folder where what was found may be remembered. Absolute; made when needed. */
  readonly cacheFolder: string
}

/** Which sessions are wanted. Everything absent is without limit. */
export interface SessionListQuery {
  /** By the file's time, in whole days before now. */
  readonly maxAgeDays?: number
  /** Sessions in all, over all pages. */
  readonly maxCount?: number
  /** Sessions on this page, at least 1. */
  readonly limit?: number
  /** `nextCursor` of the page before. */
  readonly cursor?: string
  /** Leaves sessions out before they are counted. */
  readonly accepts?: (summary: SessionSummary) => boolean
  /** Ends the work. */
  readonly signal?: AbortSignal
}

/** Some sessions, newest first. */
export interface SessionList {
  readonly sessions: readonly SessionSummary[]
  /** Logs met on the way that give nothing to bring over: each has `unusable`. */
  readonly unusable: readonly SessionSummary[]
  /** What was not looked into, and why. */
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
  /** For the next page; null when there is none. */
  readonly nextCursor: string | null
}

/** How a log is to be read. */
export interface SessionReadOptions {
  /** Logs of the session's helper agents: each gets a `subagent` event. */
  readonly subagentPaths?: readonly string[]
  /** Gives only what stands at this byte or after it. */
  readonly fromByte?: number
  /** Ends the work. */
  readonly signal?: AbortSignal
}

/** The sessions of one agent in one home, as they are now. For one request: it looks around once. */
export interface SessionShelf {
  /** The folder that logs stand in. Absolute; need not exist. */
  readonly root: string
  /** Further ones, such as that of copies out of a database. */
  readonly otherRoots?: readonly string[]
  /** `readersOfLogs` reads these logs, so that a thread of its own may. Default: it does not. */
  readonly isReadInThreads?: boolean
  /** @throws RangeError for a cursor that is none, or a limit below 1 */
  list(query: SessionListQuery): Promise<SessionList>
  /** What is known of any log, also of one that `list` leaves out. @throws the file system's error when it cannot be read */
  summarise(path: string, signal?: AbortSignal): Promise<SessionSummary>
  /** The conversation in a log. Iterate once. */
  read(path: string, options: SessionReadOptions): SessionReading
  /** Remembers what was found, for the next request. Never throws. */
  save(): void
}

/** How many of the sessions worked with a remote service. */
export interface SessionConnector {
  readonly name: string
  readonly sessionCount: number
  readonly source: 'remoteMcpServersConfig'
}

/** Where an agent keeps conversations. Knows nothing of the target. */
export interface SessionSource {
  /** What is looked for where a caller names no limits. */
  readonly defaults: { readonly maxSessions: number; readonly maxAgeDays: number }
  open(place: SessionPlace): SessionShelf
  countConnectors(sessions: Iterable<{ readonly connectors: readonly string[] }>): readonly SessionConnector[]
}
