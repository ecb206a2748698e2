import type { AppServerOptions } from './app-server.js'
import { runtimeSettings } from './create-app-server.js'
import { lineLog, logLevelOf } from './log.js'
import { Runtime } from './runtime.js'
import { StdioTransport } from './transports/stdio.js'

/** A server for the one client that started this process. */
export interface ServeStdioOptions extends AppServerOptions {
  /** Milliseconds that accepted work may take once the input has ended or SIGTERM has come. Default 5 000. */
  readonly closeTimeoutMs?: number
}

/** Characters of log that may wait for whoever reads standard error. Beyond them lines are left out. */
const MAX_LOG_BACKLOG = 1_048_576

/**
 * Serves the protocol on this process's standard input and output until the input ends or SIGTERM comes.
 *
 * Accepted work is finished and its answers are written before it returns; a second SIGTERM ends the wait.
 * Standard output carries the protocol and nothing else; logs go to standard error, from the level in `GANGWAY_LOG` on.
 *
 * @returns the exit code the process should end with
 * @throws Error when the Codex home cannot be: see `createAppServer`
 */
export async function serveStdio(options: ServeStdioOptions = {}): Promise<number> {
  const log = lineLog(logLevelOf(options.env ?? process.env), (line) => {
    if (process.stderr.writableLength < MAX_LOG_BACKLOG) process.stderr.write(line)
  })
  const runtime = new Runtime(runtimeSettings(options, log))
  const signals = new TerminationSignals()
  try {
    const transport = new StdioTransport(runtime, { input: process.stdin, output: process.stdout })
    await Promise.race([transport.inputEnded, signals.first])
    const closed = runtime
      .close(options.closeTimeoutMs === undefined ? {} : { timeoutMs: options.closeTimeoutMs })
      .then(() => transport.close())
    await Promise.race([closed, signals.second])
    return 0
  } finally {
    signals.release()
  }
}

/** SIGTERM, counted. */
class TerminationSignals {
  readonly first: Promise<void>
  readonly second: Promise<void>
  readonly #listener: () => void

  constructor() {
    const came: (() => void)[] = []
    this.first = new Promise((resolve) => came.push(resolve))
    this.second = new Promise((resolve) => came.push(resolve))
    this.#listener = () => came.shift()?.()
    process.on('SIGTERM', this.#listener)
  }

  release(): void {
    process.off('SIGTERM', this.#listener)
  }
}
