import { isIPv4, isIPv6 } from 'node:net'

/** A place to serve clients at, as `--listen` names it. */
export type ListenAddress =
  | { readonly type: 'stdio' }
  /** Port 0 is any that is free. */
  | { readonly type: 'websocket'; readonly host: string; readonly port: number }
  /** Without a path: the Codex home's own control socket. */
  | { readonly type: 'unixSocket'; readonly path: string | undefined }
  | { readonly type: 'off' }

/**
 * Reads a `--listen` URL: `stdio://`, `ws://IP:PORT`, `unix://`, `unix://PATH` or `off`.
 *
 * @throws RangeError naming the URL and what would be right
 *
 * Source: reference 0.169.0, its messages.
 */
export function parseListenAddress(url: string): ListenAddress {
  if (url === 'stdio://') return { type: 'stdio' }
  if (url === 'off') return { type: 'off' }
  if (url.startsWith('unix://')) return { type: 'unixSocket', path: url.slice('unix://'.length) || undefined }
  if (url.startsWith('ws://')) return webSocketAddress(url)
  throw new RangeError(
    `unsupported --listen URL \`${url}\`; expected \`stdio://\`, \`unix://\`, \`unix://PATH\`, \`ws://IP:PORT\`, or \`off\``,
  )
}

/** `IP:PORT`, with the brackets that an IPv6 address needs. */
export function hostAndPort(host: string, port: number): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`
}

/** Whether only programs on this machine can reach the address. */
export function isLoopback(host: string): boolean {
  return isIPv4(host) ? host.startsWith('127.') : host === '::1'
}

function webSocketAddress(url: string): ListenAddress {
  const [, v6, v4, digits] = /^ws:\/\/(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(url) ?? []
  const port = Number(digits)
  const host = v6 ?? v4 ?? ''
  const isAddress = v6 === undefined ? isIPv4(host) : isIPv6(host)
  if (!isAddress || port > 65_535) {
    throw new RangeError(`invalid websocket --listen URL \`${url}\`; expected \`ws://IP:PORT\``)
  }
  return { type: 'websocket', host, port }
}
