import {
  decodeMessage,
  encodeMessage,
  type Message,
  type RequestId,
  type RequestMessage,
  RpcError,
} from '@gangway/protocol'
import { AppServerClient, type StartOptions, WireLink, type WireReceiver, type WireTransport } from '../src/index.js'

type Answer = (params: unknown, request: RequestMessage) => unknown

const initializeResult = {
  userAgent: 'peer/1.2.3 (Test 1; x64) dumb (test; 1)',
  codexHome: '/home/peer/.codex',
  platformFamily: 'unix',
  platformOs: 'linux',
}

/** The other side of a client, in memory: it speaks the protocol as text, and does what the test tells it. */
export class Peer implements WireTransport {
  /** Everything that the client has sent. */
  readonly sent: Message[] = []
  readonly answers = new Map<string, Answer>([['initialize', () => initializeResult]])
  isPaused = false
  closes = 0
  #receiver: WireReceiver | undefined
  #held: string[] = []
  #watchers: (() => void)[] = []

  /** A link to this peer. */
  link(
    options: { capacity?: number; maxBytes?: number; delivery?: 'tiered' | 'lossless' | 'reference' } = {},
  ): WireLink {
    return new WireLink((receiver) => {
      this.#receiver = receiver
      return this
    }, options)
  }

  /** A client of this peer that is ready. */
  client(options: Partial<StartOptions> = {}): Promise<AppServerClient> {
    const { channelCapacity, delivery } = options
    const link = this.link({
      ...(channelCapacity !== undefined && { capacity: channelCapacity }),
      ...(delivery !== undefined && { delivery }),
    })
    return AppServerClient.over(
      link,
      { clientInfo: { name: 'test', version: '1' }, ...options },
      {
        endpoint: 'peer',
        checksResults: true,
      },
    )
  }

  send(text: string): void {
    const message = decodeMessage(text)
    if (message === undefined) throw new Error(`the client sent no message: ${text}`)
    this.sent.push(message)
    for (const look of this.#watchers) look()
    if (message.type === 'request') this.#answer(message)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    const held = this.#held
    this.#held = []
    for (const text of held) this.#deliver(text)
  }

  async close(): Promise<{ forced: boolean }> {
    this.closes += 1
    return { forced: false }
  }

  /** The requests of this method so far. */
  requests(method: string): RequestMessage[] {
    return this.sent.filter((message) => message.type === 'request').filter((request) => request.method === method)
  }

  /** Waits until the client has sent a message that fits. */
  async sees(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.sent.find(fits)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }

  /** Waits for the answer to a request of the peer. */
  answerTo(id: RequestId): Promise<Message> {
    return this.sees((message) => (message.type === 'response' || message.type === 'error') && message.id === id)
  }

  result(id: RequestId, result: unknown): void {
    this.#deliver(encodeMessage({ type: 'response', id, result }))
  }

  error(id: RequestId, code: number, message: string, data?: unknown): void {
    this.#deliver(encodeMessage({ type: 'error', id, error: new RpcError(code, message, data).toWire() }))
  }

  notify(method: string, params: unknown = {}): void {
    this.#deliver(encodeMessage({ type: 'notification', method, params, emittedAtMs: 1 }))
  }

  ask(id: RequestId, method = 'item/commandExecution/requestApproval', params: unknown = { threadId: 't' }): void {
    this.#deliver(encodeMessage({ type: 'request', id, method, params }))
  }

  skip(head: { id?: RequestId; method?: string }, limit: number): void {
    this.#receiver?.skipped(head, limit)
  }

  /** The connection is gone. */
  end(reason = 'the peer is gone'): void {
    this.#receiver?.ended(reason)
  }

  #answer(request: RequestMessage): void {
    const answer = this.answers.get(request.method)
    if (answer === undefined) return
    queueMicrotask(() => {
      try {
        this.result(request.id, answer(request.params, request))
      } catch (error) {
        if (!(error instanceof RpcError)) throw error
        this.error(request.id, error.code, error.message, error.data)
      }
    })
  }

  #deliver(text: string): void {
    if (this.isPaused) this.#held.push(text)
    else this.#receiver?.received(text)
  }
}
