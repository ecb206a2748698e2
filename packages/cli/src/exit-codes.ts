/** What the program's exit code says. Stable: scripts rely on it; `docs/cli.md` lists it. */
export const ExitCode = {
  /** Everything that was asked for is done. */
  done: 0,
  /** Something failed; the report names it. */
  failed: 1,
  /** The command line is wrong; nothing was looked at. */
  usage: 2,
  /** There is nothing to import. */
  nothing: 3,
  /** The plan is no longer the one that was agreed to; nothing was written. */
  stale: 4,
  /** The person stopped it (128 + SIGINT). */
  interrupted: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

/** A wrong command line: printed as it is on standard error, and the program ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
