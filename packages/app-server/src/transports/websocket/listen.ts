import type { AddressInfo } from 'node:net'
import type { Listener, WebSocketAuth } from '../../app-server.js'
import { hostAndPort, isLoopback } from '../../listen-address.js'
import type { Runtime } from '../../runtime.js'
import type { SlowClientLimits } from '../slow-client-guard.js'
import { admissionOf } from './auth.js'
import { WebSocketListener } from './websocket-listener.js'

/** Where, and for whom, a websocket listener is there. */
export interface WebSocketPlace {
  /** An IP address. */
  readonly host: string
  /** 0 is any that is free. */
  readonly port: number
  readonly auth?: WebSocketAuth
  readonly limits?: SlowClientLimits
}

/**
 * Serves websocket clients on an IP address.
 *
 * @throws Error for an address that others can reach and no `auth`; for a secret that cannot be used; for a port in use
 */
export async function listenOnWebSocket(runtime: Runtime, place: WebSocketPlace): Promise<Listener> {
  const { host, port, auth, limits } = place
  if (auth === undefined && !isLoopback(host)) {
    throw new Error(
      `refusing to start non-loopback websocket listener ${hostAndPort(host, port)} without auth; configure \`--ws-auth capability-token\` or \`--ws-auth signed-bearer-token\``,
    )
  }
  const admission = await admissionOf(auth)
  const listener = new WebSocketListener(runtime, { admission, ...(limits && { limits }) })
  await listener.bind({ host, port }, (bound) => `ws://${hostAndPort(host, (bound as AddressInfo).port)}`)
  return listener
}
