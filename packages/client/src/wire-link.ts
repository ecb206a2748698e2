import {
  decodeMessage,
  encodeMessage,
  type Message,
  type MessageHead,
  type RequestId,
  type RequestMessage,
  RpcError,
  rpcCodes,
  serverNotifications,
  serverRequests,
} from '@gangway/protocol'
import { EventQueue, type EventQueueOptions, type Queueable, refusalOf } from '@gangway/protocol/channel'
import { TransportError, type TransportErrorReason } from './errors.js'
import type { ClientLink, Ending } from './link.js'

/** A way to and from another process that carries one message per text. */
export interface WireTransport {
  /** Sends a message. Never throws: a transport that cannot send reports its end. */
  send(text: string): void
  /** Stops the incoming messages, as soon as it can. */
  pause(): void
  resume(): void
  /** Ends the connection, and what it owns, in about `timeoutMs`. Idempotent. */
  close(options: { readonly timeoutMs: number }): Promise<Ending>
}

/** What a transport reports to its link. */
export interface WireReceiver {
  /** A message. @returns `false` when it is none, and was ignored */
  received(text: string): boolean
  /** A message beyond the limit was skipped; `head` is what its beginning tells. */
  skipped(head: MessageHead, limitBytes: number): void
  /** Nothing comes any more. The first reason counts. @param failure of open calls; default `closed` */
  ended(reason: string, failure?: TransportErrorReason): void
}

/** What a link does beside the protocol. */
export interface WireLinkOptions extends EventQueueOptions {
  /** Pass on the `codex/event/*` notifications of the first protocol. Default false: they are ignored. */
  readonly legacyNotifications?: boolean
  /** A queue that outlives the link: it gets the events, but is not told of the end, nor closed. */
  readonly events?: EventQueue
  /** Keep the events back until `release`. */
  readonly isHeld?: boolean
}

/** How notifications of the first protocol begin. */
const LEGACY = 'codex/event/'

interface OpenCall {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** A connection to a server in another process: requests and answers as messages over any transport. */
export class WireLink implements ClientLink, WireReceiver {
  readonly events: EventQueue
  readonly closed: Promise<string>
  readonly #transport: WireTransport
  #resolveClosed: (reason: string) => void = () => {}
  #calls = new Map<RequestId, OpenCall>()
  readonly #asked = new Set<RequestId>()
  #closeReason: string | undefined
  readonly #passesLegacy: boolean
  readonly #ownsEvents: boolean
  #held: { readonly event: Queueable; readonly bytes: number }[] | undefined
  #isPaused = false

  /** @param open makes the transport, which reports to the link from then on */
  constructor(open: (receiver: WireReceiver) => WireTransport, options: WireLinkOptions) {
    this.events = options.events ?? new EventQueue(options)
    this.#ownsEvents = options.events === undefined
    this.#passesLegacy = options.legacyNotifications ?? false
    this.#held = options.isHeld === true ? [] : undefined
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    this.#transport = open(this)
  }

  get isClosed(): boolean {
    return this.#closeReason !== undefined
  }

  /** Whether the server has asked this, and got no answer. */
  isAsked(id: RequestId): boolean {
    return this.#asked.has(id)
  }

  request(id: RequestId, method: string, params: unknown): Promise<unknown> {
    if (this.#closeReason !== undefined) {
      return Promise.reject(new TransportError(method, 'closed', this.#closeReason))
    }
    if (this.#calls.has(id)) {
      const detail = `duplicate remote app-server request id \`${String(id)}\``
      return Promise.reject(new TransportError(method, 'duplicateId', detail))
    }
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { method, resolve, reject })
      this.#resume()
      this.#transport.send(encodeMessage({ type: 'request', id, method, params }))
    })
  }

  notify(method: string, params: unknown): void {
    if (this.#closeReason === undefined) this.#transport.send(encodeMessage({ type: 'notification', method, params }))
  }

  answer(id: RequestId, result: unknown): boolean {
    if (!this.#asked.delete(id) || this.#closeReason !== undefined) return false
    this.#transport.send(encodeMessage({ type: 'response', id, result }))
    return true
  }

  reject(id: RequestId, error: RpcError): boolean {
    if (!this.#asked.delete(id) || this.#closeReason !== undefined) return false
    this.#transport.send(encodeMessage({ type: 'error', id, error: error.toWire() }))
    return true
  }

  async close(options: { readonly timeoutMs: number }): Promise<Ending> {
    this.#end('closed by the client', false)
    return this.#transport.close(options)
  }

  received(text: string): boolean {
    if (this.#closeReason !== undefined) return true
    const message = decodeMessage(text)
    if (message === undefined) return false
    this.#dispatch(message, text.length)
    return true
  }

  skipped(head: MessageHead, limitBytes: number): void {
    const call = head.id === undefined || head.method !== undefined ? undefined : this.#takeCall(head.id)
    const detail = `a message of more than ${limitBytes} bytes came`
    if (call !== undefined) call.reject(new TransportError(call.method, 'tooLarge', detail))
    else this.ended(detail)
  }

  ended(reason: string, failure: TransportErrorReason = 'closed'): void {
    this.#end(reason, true, failure)
  }

  /** Queues the events that were kept back, and from now on every event as it comes. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const { event, bytes } of held) this.#deliver(event, bytes)
  }

  #dispatch(message: Message, bytes: number): void {
    switch (message.type) {
      case 'response':
        this.#takeCall(message.id)?.resolve(message.result)
        break
      case 'error':
        this.#takeCall(message.id)?.reject(RpcError.fromWire(message.error))
        break
      case 'notification': {
        const { method, params } = message
        if (Object.hasOwn(serverNotifications, method)) this.#deliver({ type: 'notification', method, params }, bytes)
        else if (this.#passesLegacy && method.startsWith(LEGACY)) {
          this.#deliver({ type: 'legacyNotification', method, params }, bytes)
        }
        break
      }
      case 'request':
        this.#ask(message, bytes)
        break
      default:
        message satisfies never
    }
  }

  #ask({ id, method, params }: RequestMessage, bytes: number): void {
    this.#asked.add(id)
    if (!Object.hasOwn(serverRequests, method)) {
      const message = `unsupported remote app-server request \`${method}\``
      this.reject(id, new RpcError(rpcCodes.methodNotFound, message))
      return
    }
    this.#deliver({ type: 'request', id, method, params }, bytes)
  }

  #deliver(event: Queueable, bytes: number): void {
    if (this.#held !== undefined) {
      this.#held.push({ event, bytes })
      return
    }
    const isQueued = this.#queue(event, bytes)
    if (event.type === 'request' && !isQueued) this.reject(event.id, refusalOf(event.method, this.events.delivery))
  }

  #queue(event: Queueable, bytes: number): boolean {
    const outcome = this.events.push(event, bytes)
    if (outcome === 'wait') {
      // Answers come over the same stream. While one is awaited, reading must go on, or a reader who awaits it hangs.
      this.events.force(event, bytes)
      if (this.#calls.size === 0) this.#pause()
    }
    return outcome !== 'refused'
  }

  #pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.#transport.pause()
    void this.events.room().then(() => this.#resume())
  }

  #resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#transport.resume()
  }

  #takeCall(id: RequestId): OpenCall | undefined {
    const call = this.#calls.get(id)
    if (call !== undefined) this.#calls.delete(id)
    return call
  }

  #end(reason: string, isLost: boolean, failure: TransportErrorReason = 'closed'): void {
    if (this.#closeReason !== undefined) return
    this.#closeReason = reason
    const calls = this.#calls
    this.#calls = new Map()
    for (const call of calls.values()) call.reject(new TransportError(call.method, failure, reason))
    this.#asked.clear()
    this.#held = undefined
    if (this.#ownsEvents && isLost) this.events.push({ type: 'disconnected', reason })
    else if (this.#ownsEvents) this.events.close(reason)
    this.#resolveClosed(reason)
  }
}
