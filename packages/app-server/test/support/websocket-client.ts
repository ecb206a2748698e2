import { decodeMessage, encodeMessage, type RequestId, RpcError } from '@gangway/protocol'
import { WebSocket } from 'ws'
import { EventLog } from './event-log.js'
import { introduction } from './homes.js'

/** How a websocket was closed. */
export interface Closing {
  readonly code: number
  readonly reason: string
}

/** A client that speaks over a real websocket, and keeps what it gets. */
export class WebSocketClient {
  readonly events = new EventLog()
  /** Every text that came, as it came. */
  readonly texts: string[] = []
  readonly closed: Promise<Closing>
  readonly #open = new Map<RequestId, { resolve(result: unknown): void; reject(error: RpcError): void }>()
  #waiting: (() => void)[] = []
  #nextId = 1

  constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
    socket.on('error', () => {})
    socket.on('message', (data) => this.#take(String(data)))
  }

  /** Connects to `address` (`ws://…`, or `unix://…`). @throws Error `401 body` when it is refused */
  static connect(address: string, headers: Record<string, string> = {}): Promise<WebSocketClient> {
    const url = address.startsWith('unix://') ? `ws+unix://${address.slice('unix://'.length)}:/rpc` : address
    const socket = new WebSocket(url, { headers, perMessageDeflate: true })
    const client = new WebSocketClient(socket)
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(client))
      socket.once('error', reject)
      socket.once('unexpected-response', async (_request, response) => {
        let body = ''
        for await (const chunk of response) body += chunk
        reject(new Error(`${response.statusCode} ${body}`.trim()))
      })
    })
  }

  /** Connects, and introduces itself. */
  static async introduced(address: string): Promise<WebSocketClient> {
    const client = await WebSocketClient.connect(address)
    await client.request('initialize', introduction())
    return client
  }

  request(method: string, params?: unknown): Promise<unknown> {
    return this.requestAs(`own-${this.#nextId++}`, method, params)
  }

  requestAs(id: RequestId, method: string, params?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject })
      this.socket.send(encodeMessage({ type: 'request', id, method, params }))
    })
  }

  answer(id: RequestId, result: unknown): void {
    this.socket.send(encodeMessage({ type: 'response', id, result }))
  }

  refuse(id: RequestId, error: RpcError): void {
    this.socket.send(encodeMessage({ type: 'error', id, error: error.toWire() }))
  }

  /** Waits until `count` texts have come. */
  async received(count: number): Promise<readonly string[]> {
    while (this.texts.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return this.texts
  }

  async leave(): Promise<Closing> {
    this.socket.close(1000)
    return this.closed
  }

  #take(text: string): void {
    this.texts.push(text)
    for (const wake of this.#waiting.splice(0)) wake()
    const message = decodeMessage(text)
    if (message === undefined) throw new Error(`the server wrote no message: ${text}`)
    if (message.type === 'response') this.#open.get(message.id)?.resolve(message.result)
    else if (message.type === 'error') this.#open.get(message.id)?.reject(RpcError.fromWire(message.error))
    else this.events.add({ ...message, params: message.params })
  }
}
