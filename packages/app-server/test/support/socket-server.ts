import { join } from 'node:path'
import type { Listener } from '../../src/app-server.js'
import { runtimeSettings } from '../../src/create-app-server.js'
import type { Handlers } from '../../src/handler.js'
import { handlerFamilies } from '../../src/handlers/registry.js'
import { lineLog } from '../../src/log.js'
import { Runtime } from '../../src/runtime.js'
import type { SlowClientLimits } from '../../src/transports/slow-client-guard.js'
import { listenOnUnixSocket } from '../../src/transports/unix-socket/listen.js'
import { listenOnWebSocket, type WebSocketPlace } from '../../src/transports/websocket/listen.js'
import type { TestHome } from './homes.js'

/** A server that real sockets lead to. */
export interface SocketServer {
  readonly runtime: Runtime
  readonly listener: Listener
  /** `ws://…` or `unix://…` */
  readonly address: string
  readonly logged: readonly string[]
  [Symbol.asyncDispose](): Promise<void>
}

/** What a test may put in the place of what a server has. */
export interface SocketServerOptions {
  readonly standIns?: Handlers
  readonly limits?: SlowClientLimits
  readonly place?: Partial<WebSocketPlace>
}

/** The same server at both kinds of address: the bodies of scenario tests run once for each. */
export const socketTransports: readonly {
  readonly name: string
  serve(home: TestHome, options?: SocketServerOptions): Promise<SocketServer>
}[] = [
  { name: 'websocket', serve: serveWebSocket },
  { name: 'Unix socket', serve: serveUnixSocket },
]

/** Serves on a free port of the loopback address, unless `place` says otherwise. */
export function serveWebSocket(home: TestHome, options: SocketServerOptions = {}): Promise<SocketServer> {
  const { limits, place } = options
  return serve(home, options, (runtime) =>
    listenOnWebSocket(runtime, { host: '127.0.0.1', port: 0, ...(limits && { limits }), ...place }),
  )
}

/** Serves on a socket beside the home. */
export function serveUnixSocket(home: TestHome, options: SocketServerOptions = {}): Promise<SocketServer> {
  const { limits } = options
  const path = join(home.root, 'run', 'server.sock')
  return serve(home, options, (runtime) => listenOnUnixSocket(runtime, { path, ...(limits && { limits }) }))
}

async function serve(
  home: TestHome,
  { standIns }: SocketServerOptions,
  listen: (runtime: Runtime) => Promise<Listener>,
): Promise<SocketServer> {
  const logged: string[] = []
  const log = lineLog('warn', (line) => logged.push(line))
  const settings = runtimeSettings({ env: home.env, codexHome: home.codexHome }, log)
  const runtime = new Runtime(settings, (server) => [Object.assign({}, ...handlerFamilies(server), standIns)])
  const listener = await listen(runtime)
  return {
    runtime,
    listener,
    address: listener.address,
    logged,
    async [Symbol.asyncDispose]() {
      await runtime.close({ timeoutMs: 1_000 })
      await listener.close()
    },
  }
}
