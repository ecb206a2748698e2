import { withLock } from '@gangway/home'
import type { Listener } from '../../app-server.js'
import type { Runtime } from '../../runtime.js'
import type { SlowClientLimits } from '../slow-client-guard.js'
import { WebSocketListener } from '../websocket/websocket-listener.js'
import { makeFree, makePrivateFolder, publish, withdraw } from './claim.js'
import { type SocketPlace, socketPlace } from './socket-place.js'

/** Where a Unix socket is served, and how its clients are treated. */
export interface UnixSocketOptions {
  /** What clients open. Absolute. */
  readonly path: string
  readonly limits?: SlowClientLimits
}

/**
 * Serves websocket clients on a Unix socket. Makes the folder of `path` (0700) where it is missing. Writes to disk, and
 * clears it away when the listener closes.
 *
 * @throws Error when another server is there, when something else than a socket is, when no socket can be made there
 */
export async function listenOnUnixSocket(runtime: Runtime, { path, limits }: UnixSocketOptions): Promise<Listener> {
  const place = socketPlace(path)
  const listener = new UnixSocketListener(runtime, place, limits)
  await makePrivateFolder(place)
  await withLock(place.lock, async () => {
    await makeFree(place)
    await listener.bind({ path: place.real }, () => `unix://${path}`)
    await publish(place)
  })
  return listener
}

/** Clears its place away when it closes. */
class UnixSocketListener extends WebSocketListener {
  readonly #place: SocketPlace

  constructor(runtime: Runtime, place: SocketPlace, limits: SlowClientLimits | undefined) {
    super(runtime, { admission: () => undefined, ...(limits && { limits }) })
    this.#place = place
  }

  override async close(): Promise<void> {
    await super.close()
    await withdraw(this.#place)
  }
}
