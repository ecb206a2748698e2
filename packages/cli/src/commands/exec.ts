import { buffer } from 'node:stream/consumers'
import type { ExecStreams } from '../exec/choose-view.js'
import { readExecArguments } from '../exec/exec-arguments.js'
import { failureWords } from '../exec/failure-words.js'
import { NoPromptError } from '../exec/read-prompt.js'
import { runExec } from '../exec/run-exec.js'
import { ExitCode, UsageError } from '../exit-codes.js'
import type { Terminal } from '../terminal/terminal.js'

/**
 * Runs `gangway exec`. The first Ctrl-C or SIGTERM interrupts the turn, the second ends the process with 130.
 *
 * @param argv what stands behind `exec`
 * @returns the exit code
 * @throws UsageError for a wrong command line
 */
export async function exec(argv: readonly string[], terminal: Terminal): Promise<number> {
  const request = readExecArguments(argv)
  if (request.command.type === 'review' && request.command.choice.type === 'custom' && request.prompt === undefined) {
    terminal.printError('gangway: exec review: give --uncommitted, --base, --commit, or instructions\n')
    return ExitCode.failed
  }
  const interrupt = new AbortController()
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(ExitCode.interrupted)
    interrupt.abort(new Error('interrupted'))
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  try {
    return await runExec(request, terminal, processStreams(interrupt.signal), interrupt.signal)
  } catch (error) {
    if (interrupt.signal.aborted) return ExitCode.failed
    if (error instanceof UsageError) throw error
    terminal.printError(error instanceof NoPromptError ? `${error.message}\n` : `gangway: ${failureWords(error)}\n`)
    return ExitCode.failed
  }
  // The watch stays: until the process has ended, a second Ctrl-C means what it says.
}

function processStreams(interrupt: AbortSignal): ExecStreams {
  const { stdin, stdout, stderr } = process
  return {
    input: {
      isTerminal: stdin.isTTY === true,
      async read() {
        const stop = () => stdin.destroy(new Error('interrupted'))
        interrupt.addEventListener('abort', stop, { once: true })
        try {
          return await buffer(stdin)
        } finally {
          interrupt.removeEventListener('abort', stop)
        }
      },
      tell: (line) => void stderr.write(`${line}\n`),
    },
    output: { isTerminal: stdout.isTTY === true, write: (text) => void stdout.write(text) },
    error: { isTerminal: stderr.isTTY === true, write: (text) => void stderr.write(text) },
  }
}
