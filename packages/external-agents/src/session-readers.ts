import type { SessionReading } from './session.js'
import type { SessionReadOptions } from './session-source.js'
import { readSession } from './sources/claude-code/sessions/read-session.js'

/** What reads the logs of an agent in a thread of its own, by the source's id. Sources that are not here are read in the main one. */
export const readersOfLogs: ReadonlyMap<string, (path: string, options: SessionReadOptions) => SessionReading> =
  new Map([['claude-code', readSession]])
