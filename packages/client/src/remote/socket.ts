import type { ClientRequest, IncomingMessage } from 'node:http'
import { createConnection } from 'node:net'
import { WebSocket } from 'ws'
import type { OpenSocket } from './raw-socket.js'

/** As much of a refusal is kept. */
const MAX_REFUSAL_LENGTH = 4_096

/** A websocket of Node, over TCP, TLS or a Unix socket. Compression is not offered. */
export const openSocket: OpenSocket = (target, events) => {
  const { url, socketPath, authToken, maxMessageBytes } = target
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    headers: authToken === undefined ? {} : { authorization: `Bearer ${authToken}` },
    ...(socketPath !== undefined && { createConnection: () => createConnection(socketPath) }),
    finishRequest: (request: ClientRequest) => {
      const secure = url.startsWith('wss:')
      request.once('socket', (way) => way.once(secure ? 'secureConnect' : 'connect', () => events.connected()))
      request.end()
    },
  })
  socket.on('open', () => events.opened())
  socket.on('message', (data, isBinary) => {
    if (!isBinary) events.text(String(data))
  })
  socket.on('unexpected-response', (_request, response) => {
    void readRefusal(response).then((body) => events.refused(response.statusCode ?? 0, body))
  })
  socket.on('error', (error) => events.failed(error, isTooLarge(error)))
  socket.on('close', (code, reason) => events.closed(code, String(reason)))
  return {
    send: (text) => socket.send(text, reportsNothing),
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
}

/** A failed write ends the socket, which is reported by `close`. */
const reportsNothing = () => {}

function isTooLarge(error: Error): boolean {
  return (error as { code?: unknown }).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
}

/** The body of an answer that should have been an upgrade, as far as it comes. */
function readRefusal(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let body = ''
    const done = () => resolve(body.slice(0, MAX_REFUSAL_LENGTH))
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      body += text
      if (body.length >= MAX_REFUSAL_LENGTH) done()
    })
    response.once('end', done)
    response.once('close', done)
    response.once('error', done)
  })
}
