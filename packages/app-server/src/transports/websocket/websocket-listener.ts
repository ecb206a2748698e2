import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ListenOptions as SocketOptions } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ServerOptions, WebSocket, WebSocketServer, type Server as WsServer } from 'ws'
import type { Listener } from '../../app-server.js'
import type { Runtime } from '../../runtime.js'
import type { SlowClientLimits } from '../slow-client-guard.js'
import type { Admission } from './admission.js'
import { ClientSocket, webSocketLimits } from './client-socket.js'
import { MAX_MESSAGE_BYTES, reasonOf } from './close-codes.js'
import { FORBIDDEN, type HttpAnswer, partsOf, plainAnswer, refuseUpgrade, UNAVAILABLE } from './http-answer.js'

/** Milliseconds that a client which is closed may take to read so far, before its socket is taken away. */
const CLOSE_TIMEOUT_MS = 60_000

/** Milliseconds of silence after which the system asks whether the other machine is still there. */
const KEEP_ALIVE_MS = 60_000

/** How clients of a listener are treated. */
export interface WebSocketListenerOptions {
  readonly admission: Admission
  readonly limits?: SlowClientLimits
}

/** Serves any number of clients over websockets, on whatever it is bound to. A path does not matter, nor a subprotocol. */
export class WebSocketListener implements Listener {
  readonly closed: Promise<string>
  readonly #runtime: Runtime
  readonly #options: WebSocketListenerOptions
  readonly #http: Server
  readonly #upgrades: WsServer<typeof ReasonedWebSocket>
  readonly #clients = new Set<ClientSocket>()
  #address = ''
  #closing: Promise<void> | undefined
  #resolveClosed: (reason: string) => void = () => {}

  constructor(runtime: Runtime, options: WebSocketListenerOptions) {
    this.#runtime = runtime
    this.#options = options
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    this.#http = createServer((request, response) => this.#answer(request, response))
    this.#http.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head))
    this.#upgrades = new WebSocketServer(upgradeOptions)
    this.#upgrades.on('headers', (headers: string[]) => {
      // The reference's name for it: clients look for it.
      headers.push(`x-codex-websocket-max-unfragmented-message-bytes: ${MAX_MESSAGE_BYTES}`)
    })
  }

  get address(): string {
    return this.#address
  }

  /**
   * Begins to listen.
   *
   * @param addressOf names the place, once it is taken
   * @throws Error of the system: in use, not ours, not there
   */
  async bind(place: SocketOptions, addressOf: (bound: ReturnType<Server['address']>) => string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject)
      this.#http.listen(place, () => {
        this.#http.off('error', reject)
        resolve()
      })
    })
    this.#http.on('error', (error) => this.#runtime.report('listening', error))
    this.#address = addressOf(this.#http.address())
  }

  /** Takes no more clients; those that are there get what waits for them, and 1001. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#http.close(() => resolve()))
    await Promise.all([...this.#clients].map((client) => client.close()))
    this.#http.closeAllConnections()
    await ended
    this.#resolveClosed('closed')
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const answer = plainAnswer(request, this.#isLeaving)
    const [headers, body] = partsOf(answer)
    response.writeHead(answer.status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = () => {}
    socket.on('error', ignore)
    const refusal = await this.#refusalOf(request)
    socket.off('error', ignore)
    if (refusal === undefined) {
      this.#upgrades.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket, socket))
      return
    }
    socket.on('error', ignore)
    refuseUpgrade(socket, refusal)
  }

  async #refusalOf(request: IncomingMessage): Promise<HttpAnswer | undefined> {
    if (request.headers.origin !== undefined) return FORBIDDEN
    const refusal = await this.#options.admission(request)
    if (refusal !== undefined) return { status: 401, body: refusal }
    // Last, for time has passed: nothing may come between this look and the welcome.
    return this.#isLeaving ? UNAVAILABLE : undefined
  }

  #welcome(webSocket: WebSocket, socket: Duplex): void {
    if ('setKeepAlive' in socket && typeof socket.setKeepAlive === 'function') socket.setKeepAlive(true, KEEP_ALIVE_MS)
    const client = new ClientSocket(this.#runtime, webSocket, socket, this.#options.limits ?? webSocketLimits)
    this.#clients.add(client)
    void client.gone.then(() => this.#clients.delete(client))
  }

  get #isLeaving(): boolean {
    return this.#closing !== undefined || this.#runtime.isLeaving
  }
}

/** A websocket that says why, also where the library closes it by itself. */
class ReasonedWebSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(code, data ?? (code === undefined ? undefined : reasonOf(code, MAX_MESSAGE_BYTES)))
  }
}

// The types of the library do not know `closeTimeout` yet.
const upgradeOptions: ServerOptions<typeof ReasonedWebSocket> & { readonly closeTimeout: number } = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_MESSAGE_BYTES,
  closeTimeout: CLOSE_TIMEOUT_MS,
  handleProtocols: () => false,
  WebSocket: ReasonedWebSocket,
}
