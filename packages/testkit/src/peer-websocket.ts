import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ScriptedPeer } from './peer.js'

/** Where a peer listens, and how it treats who comes. */
export interface PeerListenOptions {
  /** A Unix socket; without it a port of 127.0.0.1 that is free. */
  readonly socketPath?: string
  /** Answers the upgrade with this status and body, or, for `silent`, never; `undefined` lets the client in. */
  readonly upgrade?: (
    request: IncomingMessage,
  ) => { readonly status: number; readonly body: string } | 'silent' | undefined
}

/** A place where a peer can be reached. */
export interface PeerListener {
  /** `ws://127.0.0.1:PORT`; for a Unix socket its path. */
  readonly address: string
  /** Cuts every connection and stops listening. */
  close(): Promise<void>
}

/** Lets `peer` serve websockets, without compression, over TCP on the loopback or over a Unix socket. */
export async function listenWebsocket(peer: ScriptedPeer, options: PeerListenOptions = {}): Promise<PeerListener> {
  const http = createServer((_, response) => response.writeHead(426).end())
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
  const raw = new Set<Duplex>()
  http.on('upgrade', (request, socket: Duplex, head) => {
    raw.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => raw.delete(socket))
    const verdict = options.upgrade?.(request)
    if (verdict === 'silent') return
    if (verdict === undefined) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => serve(peer, webSocket, request))
    } else refuse(socket, verdict)
  })
  await listening(http, options.socketPath)
  return {
    address: options.socketPath ?? `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      for (const socket of raw) socket.destroy()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

function serve(peer: ScriptedPeer, webSocket: WebSocket, request: IncomingMessage): void {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value)
  const intake = peer.accept(
    {
      send: (data) => webSocket.send(data),
      close: (code = 1000, reason = '') => webSocket.close(code, reason),
      hold: () => webSocket.pause(),
      destroy: () => webSocket.terminate(),
    },
    headers,
  )
  webSocket.on('message', (data, isBinary) => {
    if (!isBinary) intake.received(String(data))
  })
  webSocket.on('error', () => {})
  webSocket.once('close', (code, reason) => intake.ended({ code, reason: String(reason) }))
}

function refuse(socket: Duplex, { status, body }: { readonly status: number; readonly body: string }): void {
  const head = `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
  socket.end(head + body)
}

function listening(http: Server, socketPath: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    if (socketPath === undefined) http.listen(0, '127.0.0.1', resolve)
    else http.listen(socketPath, resolve)
  })
}
