import { EventQueue } from '@gangway/protocol/channel'
import type { ClientLink } from '../link.js'
import { introduce, type StartOptions, wireOptions } from '../startup.js'
import { WireLink, type WireLinkOptions } from '../wire-link.js'
import type { OpenSocket } from './raw-socket.js'
import { ReconnectingLink, type ReconnectOptions } from './reconnecting-link.js'
import { type RemoteAddress, type RemoteEndpoint, remoteEndpoint } from './remote-endpoint.js'
import { type ConnectLimits, SocketTransport } from './socket-transport.js'

/** How to connect to a server that runs by itself. */
export type ConnectOptions = StartOptions &
  RemoteAddress &
  ConnectLimits & {
    /** Make a lost connection anew. Default false: its loss ends the client. */
    readonly reconnect?: boolean | ReconnectOptions
  }

/**
 * Opens a connection on which nothing has been said.
 *
 * @throws TransportError `auth`, `protocol`, `timeout`, `aborted`, `closed`: nothing is left open
 */
export async function openRemote(options: ConnectOptions): Promise<{ link: ClientLink; endpoint: string }> {
  const endpoint = remoteEndpoint(options)
  const { openSocket } = await import('#socket')
  const open = (link: WireLinkOptions, signal: AbortSignal | undefined) =>
    openLink(openSocket, endpoint, options, link, signal)
  const { reconnect = false } = options
  if (reconnect === false) return { link: await open(wireOptions(options), options.signal), endpoint: endpoint.name }

  const events = new EventQueue(wireOptions(options))
  const first = await open({ ...wireOptions(options), events }, options.signal)
  const source = {
    async open(signal: AbortSignal) {
      const link = await open({ ...wireOptions(options), events, isHeld: true }, signal)
      try {
        await introduce(link, { ...options, signal }, endpoint.name)
      } catch (error) {
        await link.close({ timeoutMs: 1_000 })
        throw error
      }
      return link
    },
  }
  const link = new ReconnectingLink(first, events, source, reconnect === true ? {} : reconnect)
  return { link, endpoint: endpoint.name }
}

async function openLink(
  openSocket: OpenSocket,
  endpoint: RemoteEndpoint,
  limits: ConnectLimits,
  options: WireLinkOptions,
  signal: AbortSignal | undefined,
): Promise<WireLink> {
  let opening: Promise<void> | undefined
  const link = new WireLink((receiver) => {
    const transport = new SocketTransport(openSocket, endpoint, limits, receiver)
    opening = transport.opening(signal)
    return transport
  }, options)
  await opening
  return link
}
