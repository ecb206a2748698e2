import type { AppServerOptions } from './app-server.js'

/** A server for the one client that started this process. */
export interface ServeStdioOptions extends AppServerOptions {}

/**
 * Serves the protocol on this process's standard input and output until the input ends or SIGTERM comes.
 *
 * Standard output carries the protocol and nothing else; logs go to standard error, from the level in `GANGWAY_LOG` on.
 *
 * @returns the exit code the process should end with
 */
export async function serveStdio(_options: ServeStdioOptions = {}): Promise<number> {
  throw new Error('the app-server has no stdio transport yet')
}
