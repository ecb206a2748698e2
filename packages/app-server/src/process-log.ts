import { type Log, lineLog, logLevelOf } from './log.js'

/** Characters of log that may wait for whoever reads standard error. Beyond them lines are left out. */
const MAX_LOG_BACKLOG = 1_048_576

/** The log of a process that is a server and nothing else: standard error, from the level in `GANGWAY_LOG` on. */
export function processLog(env: { readonly [name: string]: string | undefined }): Log {
  return lineLog(logLevelOf(env), (line) => {
    if (process.stderr.writableLength < MAX_LOG_BACKLOG) process.stderr.write(line)
  })
}
