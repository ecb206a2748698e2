import { ExitCode, UsageError } from './exit-codes.js'

/** Makes the outcome of a command the process's exit code, once it has ended by itself; a failure is told on standard error. */
export async function endWith(command: Promise<number>): Promise<void> {
  process.exitCode = await command.catch(reportError)
}

function reportError(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`gangway: ${error.message}\n`)
    return ExitCode.usage
  }
  const debug = process.env.GANGWAY_DEBUG !== undefined && process.env.GANGWAY_DEBUG !== ''
  const text = error instanceof Error ? ((debug ? error.stack : undefined) ?? error.message) : String(error)
  process.stderr.write(`gangway: ${text}\n`)
  return ExitCode.failed
}
