import { resolve } from 'node:path'
import type { AppServerOptions } from './app-server.js'
import { codexHomeOf } from './create-app-server.js'

/** A process that carries bytes between its streams and a server's Unix socket. */
export interface ServeProxyOptions extends Pick<AppServerOptions, 'codexHome' | 'env' | 'cwd'> {
  /** Relative to `cwd`. Default: the control socket of the Codex home. */
  readonly socketPath?: string
}

/**
 * Carries this process's standard input and output to a server's Unix socket, byte by byte, until one side ends. The
 * caller speaks websocket over it by itself, the upgrade included.
 *
 * @returns the exit code the process should end with
 * @throws Error when nobody listens there
 */
export async function serveProxy(options: ServeProxyOptions = {}): Promise<number> {
  const { controlSocketOf } = await import('./transports/unix-socket/socket-place.js')
  const { proxyToSocket } = await import('./transports/unix-socket/proxy.js')
  const { socketPath, cwd = process.cwd(), env = process.env } = options
  const path = socketPath === undefined ? controlSocketOf(codexHomeOf(options, env)) : resolve(cwd, socketPath)
  await proxyToSocket(path, process.stdin, process.stdout)
  return 0
}
