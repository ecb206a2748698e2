import { TransportError } from '../errors.js'

/** Where a server is that runs by itself: a websocket, or a Unix socket that carries one. */
export type RemoteAddress =
  | {
      /** `ws://` or `wss://`. */
      readonly url: string
      /** Sent as `Authorization: Bearer …`; only over `wss://`, or to this machine. */
      readonly authToken?: string
      readonly socketPath?: undefined
    }
  | {
      /** Absolute path. */
      readonly socketPath: string
      readonly url?: undefined
      readonly authToken?: undefined
    }

/** An address that can be connected to. */
export interface RemoteEndpoint {
  /** How messages name the server. */
  readonly name: string
  readonly url: string
  readonly authToken: string | undefined
  readonly socketPath: string | undefined
}

/** What the upgrade request over a Unix socket names. Source: the reference's remote client, 2026. */
const UNIX_URL = 'ws://localhost/rpc'

/**
 * Checks an address. Nothing is connected.
 *
 * @throws TransportError `protocol` for what is no address, `auth` for a token that others could read on the way.
 * Source: the reference's remote client, 2026.
 */
export function remoteEndpoint({ url, authToken, socketPath }: RemoteAddress): RemoteEndpoint {
  if (socketPath !== undefined) {
    if (!socketPath.startsWith('/') && !/^([A-Za-z]:[\\/]|\\\\)/.test(socketPath)) {
      throw failure('protocol', `the socket path must be absolute, got \`${socketPath}\``)
    }
    return { name: `unix://${socketPath}`, url: UNIX_URL, authToken: undefined, socketPath }
  }
  const parsed = parse(url)
  if (authToken !== undefined && parsed.protocol !== 'wss:' && !isLoopback(parsed.hostname)) {
    throw failure('auth', `remote auth tokens require \`wss://\` or loopback \`ws://\` URLs; got \`${url}\``)
  }
  return { name: url, url, authToken, socketPath: undefined }
}

function parse(url: string): URL {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch (cause) {
    throw failure('protocol', `invalid remote app server URL \`${url}\``, { cause })
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    throw failure('protocol', `remote app server URLs are \`ws://\` or \`wss://\`; got \`${url}\``)
  }
  return parsed
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function failure(reason: 'protocol' | 'auth', detail: string, options?: ErrorOptions): TransportError {
  return new TransportError('initialize', reason, detail, options)
}
