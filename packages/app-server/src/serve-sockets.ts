import type { AppServerOptions, Listener } from './app-server.js'
import { runtimeSettings } from './create-app-server.js'
import { leaveOnSignals } from './leave-on-signals.js'
import { isLoopback } from './listen-address.js'
import { openListener, type SocketsToOpen } from './open-listener.js'
import { openWireLog } from './open-wire-log.js'
import { processLog } from './process-log.js'
import { Runtime } from './runtime.js'
import { TerminationSignals } from './termination-signals.js'

/** A server for whoever connects. */
export interface ServeSocketsOptions extends AppServerOptions, SocketsToOpen {
  /** Milliseconds that what is still open may take once all accepted work is finished. Default 5 000. */
  readonly closeTimeoutMs?: number
  /** File that everything said to and by clients is noted in, as `WireLog` says; relative paths begin at `cwd`. */
  readonly wireLogFile?: string
}

/**
 * Serves clients on an address until SIGTERM, SIGINT or SIGHUP comes. Says where on standard error.
 *
 * Then it drains: new threads, turns and clients are refused, all else is served until accepted work is finished, and
 * every client gets what waits for it before its socket is closed with 1001. A second signal fails what is not finished;
 * a third ends the wait for clients too.
 *
 * @returns the exit code the process should end with
 * @throws Error when the Codex home cannot be, or the address cannot be listened on: see `AppServer.listen`
 */
export async function serveSockets(options: ServeSocketsOptions): Promise<number> {
  const log = processLog(options.env ?? process.env, options.cwd)
  const wireLog = await openWireLog(options, log)
  const runtime = new Runtime({ ...runtimeSettings(options, log), ...(wireLog && { wireLog }) })
  const signals = new TerminationSignals()
  try {
    const listener = await openListener(runtime, options)
    process.stderr.write(bannerOf(listener, options))
    const { closeTimeoutMs } = options
    await leaveOnSignals(runtime, listener, signals, closeTimeoutMs === undefined ? {} : { timeoutMs: closeTimeoutMs })
    return 0
  } finally {
    signals.release()
    await wireLog?.close()
    await log.close()
  }
}

// Programs read the address after `listening on:`, and the ones after `readyz:` and `healthz:`, as the reference writes them.
function bannerOf({ address }: Listener, { listen }: ServeSocketsOptions): string {
  if (listen.type === 'unixSocket') return ''
  const http = address.replace(/^ws/, 'http')
  const note = isLoopback(listen.host)
    ? 'only programs on this machine can connect; for others, forward the port over SSH'
    : 'other machines can connect, with a token'
  return [
    'gangway app-server (websocket)',
    `  listening on: ${address}`,
    `  readyz: ${http}/readyz`,
    `  healthz: ${http}/healthz`,
    `  note: ${note}`,
    '',
  ].join('\n')
}
