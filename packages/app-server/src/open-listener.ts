import { resolve } from 'node:path'
import type { Listener, WebSocketAuth } from './app-server.js'
import type { ListenAddress } from './listen-address.js'
import type { Runtime } from './runtime.js'

/** Where several clients find a server, and who of them may come in. */
export interface SocketsToOpen {
  /** A relative path of a Unix socket begins at the server's working directory. */
  readonly listen: Extract<ListenAddress, { type: 'websocket' | 'unixSocket' }>
  /** Who may connect to a websocket address. Others than loopback ones are not listened on without. */
  readonly auth?: WebSocketAuth
}

/** Opens a listener on an address. Loads what websockets need, which a server on standard input and output does without. */
export async function openListener(runtime: Runtime, { listen, auth }: SocketsToOpen): Promise<Listener> {
  if (listen.type === 'websocket') {
    const { listenOnWebSocket } = await import('./transports/websocket/listen.js')
    const { host, port } = listen
    return listenOnWebSocket(runtime, { host, port, ...(auth && { auth }) })
  }
  const { listenOnUnixSocket } = await import('./transports/unix-socket/listen.js')
  const { controlSocketOf } = await import('./transports/unix-socket/socket-place.js')
  const path = listen.path === undefined ? controlSocketOf(runtime.layout.root) : resolve(runtime.cwd, listen.path)
  return listenOnUnixSocket(runtime, { path })
}
