import { stat } from 'node:fs/promises'
import { startWithPipes } from './pipe-process.js'
import { ProcessError, type ProcessOptions, type RunningProcess } from './process-options.js'
import { startInTerminal } from './terminal-process.js'

/**
 * Runs a command, with pipes or in a terminal.
 *
 * It leads a group of its own, so that ending it ends what it started as well.
 *
 * @throws ProcessError `NO_COMMAND`, `NO_FOLDER`, `NOT_FOUND`, `NOT_STARTED`, `NO_TERMINAL`; the signal's reason when
 * it has aborted before
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  options.signal?.throwIfAborted()
  if (options.argv.length === 0 || options.argv[0] === '')
    throw new ProcessError('NO_COMMAND', 'command must not be empty')
  const folder = await stat(options.cwd).catch(() => undefined)
  if (folder === undefined || !folder.isDirectory()) {
    throw new ProcessError('NO_FOLDER', `${options.cwd}: no such folder`)
  }
  options.signal?.throwIfAborted()
  return options.terminal === null ? startWithPipes(options) : startInTerminal(options, options.terminal)
}
