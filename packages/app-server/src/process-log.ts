import { resolve } from 'node:path'
import { type Log, lineLog, logLevelOf } from './log.js'
import { lazyLog } from './observe/lazy-log.js'

/** A log that somebody closes. */
export interface ProcessLog extends Log {
  /** Writes what waits. Lines after it are lost. */
  close(): Promise<void>
}

/** Characters of log that may wait for whoever reads standard error. Beyond them lines are left out. */
const MAX_LOG_BACKLOG = 1_048_576

/** Descriptor of standard error. */
const STDERR = 2

/**
 * The log of a process that is a server and nothing else, from the level in `GANGWAY_LOG` on: lines of text on standard
 * error. `GANGWAY_LOG_FILE` names a file for it, relative to `cwd`, and `GANGWAY_LOG_FORMAT=json` makes it JSON; a file always is.
 */
export function processLog(env: { readonly [name: string]: string | undefined }, cwd = process.cwd()): ProcessLog {
  const level = logLevelOf(env)
  const file = env.GANGWAY_LOG_FILE
  if (file !== undefined && file !== '') return lazyLog(level, resolve(cwd, file), complain)
  if (env.GANGWAY_LOG_FORMAT?.toLowerCase() === 'json') return lazyLog(level, STDERR, complain)
  return { ...lineLog(level, writeToStderr), close: async () => {} }
}

function complain(error: Error): void {
  writeToStderr(`gangway: the log cannot be written: ${error.message}\n`)
}

function writeToStderr(line: string): void {
  if (process.stderr.writableLength < MAX_LOG_BACKLOG) process.stderr.write(line)
}
