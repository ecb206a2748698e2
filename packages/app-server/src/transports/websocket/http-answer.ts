import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** An answer to a request that opens no websocket. */
export interface HttpAnswer {
  readonly status: number
  readonly body?: string
  readonly headers?: { readonly [name: string]: string }
}

/** A page in a browser sends an `Origin`: none may talk to a server on the person's machine. */
export const FORBIDDEN: HttpAnswer = { status: 403 }

/** The server is leaving: somebody else, or later. */
export const UNAVAILABLE: HttpAnswer = { status: 503, body: 'server is draining' }

/**
 * The answer to a plain HTTP request: health, or what is wrong with it.
 *
 * `/healthz` says that the process lives, `/readyz` that new clients are welcome.
 *
 * Source: reference 0.169.0, statuses and bodies; it says ready while it drains too.
 */
export function plainAnswer({ method, url, headers }: IncomingMessage, isLeaving: boolean): HttpAnswer {
  if (headers.origin !== undefined) return FORBIDDEN
  const path = url?.split('?', 1)[0]
  const isRead = method === 'GET' || method === 'HEAD'
  if (path === '/readyz' || path === '/healthz') {
    if (!isRead) return { status: 405, headers: { Allow: 'GET,HEAD' } }
    return path === '/readyz' && isLeaving ? UNAVAILABLE : { status: 200 }
  }
  if (!isRead) return { status: 405, body: 'Request method must be `GET`' }
  return { status: 400, body: "Connection header did not include 'upgrade'" }
}

/** Head and body of an answer, as they go to `writeHead` and `end`. */
export function partsOf({ body = '', headers }: HttpAnswer): readonly [headers: Record<string, string>, body: string] {
  const type = body === '' ? undefined : { 'Content-Type': 'text/plain; charset=utf-8' }
  return [{ ...type, ...headers, 'Content-Length': String(Buffer.byteLength(body)) }, body]
}

/** Refuses an upgrade, and closes its socket. */
export function refuseUpgrade(socket: Duplex, answer: HttpAnswer): void {
  const [headers, body] = partsOf(answer)
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}`, ...lines, '', body].join('\r\n'))
}
