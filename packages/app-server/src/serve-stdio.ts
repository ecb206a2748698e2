import type { AppServerOptions } from './app-server.js'
import { runtimeSettings } from './create-app-server.js'
import { openWireLog } from './open-wire-log.js'
import { processLog } from './process-log.js'
import { Runtime } from './runtime.js'
import { TerminationSignals } from './termination-signals.js'
import { StdioTransport } from './transports/stdio.js'

/** A server for the one client that started this process. */
export interface ServeStdioOptions extends AppServerOptions {
  /** Milliseconds that accepted work may take once the input has ended or a signal has come. Default 5 000. */
  readonly closeTimeoutMs?: number
  /** File that everything said to and by clients is noted in, as `WireLog` says; relative paths begin at `cwd`. */
  readonly wireLogFile?: string
}

/**
 * Serves the protocol on this process's standard input and output until the input ends, or SIGTERM, SIGINT or SIGHUP
 * comes.
 *
 * Accepted work is finished and its answers are written before it returns; a second signal ends the wait.
 * Standard output carries the protocol and nothing else; logs go to standard error, from the level in `GANGWAY_LOG` on.
 *
 * @returns the exit code the process should end with
 * @throws Error when the Codex home cannot be: see `createAppServer`
 */
export async function serveStdio(options: ServeStdioOptions = {}): Promise<number> {
  const log = processLog(options.env ?? process.env, options.cwd)
  const wireLog = await openWireLog(options, log)
  const runtime = new Runtime({ ...runtimeSettings(options, log), ...(wireLog && { wireLog }) })
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
    await wireLog?.close()
    await log.close()
  }
}
