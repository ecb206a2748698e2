import { TransportError } from '../errors.js'
import type { OpenSocket } from '../remote/raw-socket.js'

/** What is needed of a browser's websocket. */
interface GlobalSocket {
  onopen: (() => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onerror: (() => void) | null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null
  send(text: string): void
  close(code?: number): void
}

/**
 * A websocket of a browser. It cannot be paused, and its own limits hold.
 *
 * @throws TransportError `auth` for a token, which a browser cannot send; `protocol` for a Unix socket, or without websockets
 */
export const openSocket: OpenSocket = ({ url, socketPath, authToken, maxMessageBytes }, events) => {
  if (socketPath !== undefined) throw failure('protocol', `a browser cannot open \`${socketPath}\``)
  if (authToken !== undefined) throw failure('auth', 'a browser cannot send an auth token with a websocket')
  const { WebSocket } = globalThis as { WebSocket?: new (url: string) => GlobalSocket }
  if (WebSocket === undefined) throw failure('protocol', 'there is no WebSocket here')
  const socket = new WebSocket(url)
  socket.onopen = () => events.opened()
  socket.onmessage = ({ data }) => {
    if (typeof data !== 'string') return
    if (data.length <= maxMessageBytes) events.text(data)
    else {
      events.failed(new Error('Max payload size exceeded'), true)
      socket.close()
    }
  }
  socket.onerror = () => events.failed(new Error('the websocket failed'), false)
  socket.onclose = ({ code, reason }) => events.closed(code, reason)
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(1000),
    terminate: () => {
      socket.close()
      socket.onclose = null
      events.closed(1006, '')
    },
    pause: () => {},
    resume: () => {},
  }
}

function failure(reason: 'protocol' | 'auth', detail: string): TransportError {
  return new TransportError('initialize', reason, detail)
}
