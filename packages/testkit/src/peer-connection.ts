import { decodeMessage, encodeMessage, type Message, type RequestId, type RequestMessage } from '@gangway/protocol'
import type { PeerEnd, PeerWire } from './peer-wire.js'

/** One client of a scripted peer: what it has sent, and everything that can be sent to it, faults included. */
export class PeerConnection {
  /** Every message of the client so far, in order. */
  readonly received: Message[] = []
  /** Texts of the client that were no messages. */
  readonly rubbish: string[] = []
  /** Headers of the upgrade, names in lower case; empty where there is no upgrade. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<PeerEnd>
  readonly #wire: PeerWire
  #watchers: (() => void)[] = []
  #resolveClosed: (end: PeerEnd) => void = () => {}

  constructor(wire: PeerWire, headers: Readonly<Record<string, string | undefined>> = {}) {
    this.#wire = wire
    this.headers = headers
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
  }

  /** The requests of one method so far. */
  requests(method: string): RequestMessage[] {
    return this.received.filter((message) => message.type === 'request').filter((message) => message.method === method)
  }

  /** Waits for a message that fits; one that has come before counts. */
  async sees(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.received.find(fits)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#watchers.push(resolve))
    }
  }

  /** Waits for the `count`th request of a method. */
  async request(method: string, count = 1): Promise<RequestMessage> {
    await this.sees(() => this.requests(method).length >= count)
    return this.requests(method)[count - 1] as RequestMessage
  }

  /** Waits for the client's answer to a request of the peer. */
  answerTo(id: RequestId): Promise<Message> {
    return this.sees((message) => (message.type === 'response' || message.type === 'error') && message.id === id)
  }

  notify(method: string, params: unknown = {}): void {
    this.raw(encodeMessage({ type: 'notification', method, params, emittedAtMs: Date.now() }))
  }

  /** Asks the client something; `answerTo` waits for the answer. */
  ask(id: RequestId, method: string, params: unknown = {}): void {
    this.raw(encodeMessage({ type: 'request', id, method, params }))
  }

  result(id: RequestId, result: unknown): void {
    this.raw(encodeMessage({ type: 'response', id, result }))
  }

  error(id: RequestId, code: number, message: string, data?: unknown): void {
    this.raw(
      encodeMessage({ type: 'error', id, error: data === undefined ? { code, message } : { code, message, data } }),
    )
  }

  /** Sends what is given, message or not. */
  raw(data: string | Uint8Array): void {
    this.#wire.send(data)
  }

  close(code?: number, reason?: string): void {
    this.#wire.close(code, reason)
  }

  /** Reads nothing more from the client: a peer that hangs. Does nothing in memory. */
  hold(): void {
    this.#wire.hold()
  }

  destroy(): void {
    this.#wire.destroy()
  }

  /** For wires: a text has come from the client. @returns the message in it */
  take(text: string): Message | undefined {
    const message = decodeMessage(text)
    if (message === undefined) this.rubbish.push(text)
    else this.received.push(message)
    const watchers = this.#watchers
    this.#watchers = []
    for (const look of watchers) look()
    return message
  }

  /** For wires: the connection is over. */
  ended(end: PeerEnd): void {
    this.#resolveClosed(end)
  }
}
