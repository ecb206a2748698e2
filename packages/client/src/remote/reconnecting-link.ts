import { type RequestId, RpcError } from '@gangway/protocol'
import type { EventQueue, NotificationEvent } from '@gangway/protocol/channel'
import { IndeterminateError, TransportError } from '../errors.js'
import type { ClientLink, ConnectionWatcher, Ending } from '../link.js'
import { synthesize } from '../turns/synthetic.js'
import type { Thread } from '../turns/turn-shapes.js'
import type { WireLink } from '../wire-link.js'
import { isReadOnly } from './read-only.js'
import { Subscriptions } from './subscriptions.js'

/** What has become of a connection that is made anew when it is lost. */
export type ConnectionChange =
  /** It is lost; calls wait. */
  | { readonly state: 'lost'; readonly reason: string }
  /** It stands again, and what was missed has been told. */
  | { readonly state: 'restored'; readonly attempts: number }

/** How a lost connection is made anew. */
export interface ReconnectOptions {
  /** Tries per loss, before the client ends. Default 10. */
  readonly attempts?: number
  /** Milliseconds before the first try, doubled for each further one. Default 200. */
  readonly baseDelayMs?: number
  /** Milliseconds between two tries at most. Default 10 000. */
  readonly maxDelayMs?: number
  /** Is told of every loss and recovery. Must not throw. */
  readonly onChange?: (change: ConnectionChange) => void
}

/** How a link that is made anew gets its connections. */
export interface ConnectionSource {
  /** Opens a connection whose events are held back, and introduces the client. @throws TransportError, ServerError, DecodeError */
  open(signal: AbortSignal): Promise<WireLink>
}

interface Outage {
  readonly reason: string
  readonly over: Promise<void>
  readonly resolve: () => void
  readonly abort: AbortController
}

/**
 * A link over one connection after the other.
 *
 * A lost connection is made anew: the threads that the client is told of are resumed, and what happened meanwhile is
 * told as if the server had. Calls made meanwhile wait. Calls that were sent before are sent again if they only read;
 * all others fail, for nobody knows whether they took effect.
 */
export class ReconnectingLink implements ClientLink {
  readonly events: EventQueue
  readonly closed: Promise<string>
  readonly #source: ConnectionSource
  readonly #options: ReconnectOptions
  readonly #subscriptions = new Subscriptions()
  #resolveClosed: (reason: string) => void = () => {}
  #watcher: ConnectionWatcher | undefined
  #connection: WireLink
  #outage: Outage | undefined
  #endReason: string | undefined
  #isReady = false
  #isReleasing = false

  /** @param first a connection on which nothing was said, with `events` as its queue */
  constructor(first: WireLink, events: EventQueue, source: ConnectionSource, options: ReconnectOptions) {
    this.events = events
    this.#connection = first
    this.#source = source
    this.#options = options
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    events.intercept({
      takes: (event) => {
        if (this.#isReleasing && this.#subscriptions.isRepeated(event)) return true
        this.#subscriptions.saw(event)
        return false
      },
    })
    this.#watch(first)
  }

  async request(id: RequestId, method: string, params: unknown, caller?: { isOpen: boolean }): Promise<unknown> {
    for (;;) {
      await this.#outage?.over
      if (this.#endReason !== undefined) throw new TransportError(method, 'closed', this.#endReason)
      if (caller?.isOpen === false) throw new TransportError(method, 'aborted', 'nobody waits for it; it was not sent')
      const connection = this.#connection
      try {
        const result = await connection.request(id, method, params)
        if (method === 'initialize') this.#isReady = true
        this.#subscriptions.answered(method, params, result)
        return result
      } catch (error) {
        const isLost = connection.isClosed && error instanceof TransportError && error.reason !== 'tooLarge'
        if (!isLost || !this.#isReady) throw error
        if (!isReadOnly(method)) {
          throw new TransportError(method, 'closed', error.detail, { cause: new IndeterminateError(method) })
        }
        // The loss is noticed a moment after the calls have failed.
        await Promise.resolve()
      }
    }
  }

  notify(method: string, params: unknown): void {
    this.#connection.notify(method, params)
  }

  answer(id: RequestId, result: unknown): boolean {
    return this.#connection.answer(id, result)
  }

  reject(id: RequestId, error: RpcError): boolean {
    return this.#connection.reject(id, error)
  }

  watchConnection(watcher: ConnectionWatcher): void {
    this.#watcher = watcher
  }

  close(options: { readonly timeoutMs: number }): Promise<Ending> {
    const reason = 'closed by the client'
    this.#endReason ??= reason
    this.#outage?.abort.abort(new Error(reason))
    this.events.close(reason)
    this.#resolveClosed(reason)
    return this.#connection.close(options)
  }

  #watch(connection: WireLink): void {
    void connection.closed.then((reason) => {
      if (this.#endReason !== undefined || connection !== this.#connection) return
      if (this.#isReady) void this.#restore(reason)
      else this.#end(reason)
    })
  }

  async #restore(reason: string): Promise<void> {
    const outage = outageFor(reason)
    this.#outage = outage
    this.#watcher?.lost()
    this.#options.onChange?.({ state: 'lost', reason })
    const { attempts = 10, baseDelayMs = 200, maxDelayMs = 10_000 } = this.#options
    let failure = reason
    for (let attempt = 1; attempt <= attempts && !outage.abort.signal.aborted; attempt += 1) {
      await delay(
        Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2),
        outage.abort.signal,
      )
      try {
        await this.#connect(outage.abort.signal)
        this.#outage = undefined
        outage.resolve()
        this.#options.onChange?.({ state: 'restored', attempts: attempt })
        return
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error)
        if (error instanceof TransportError && error.reason === 'auth') break
      }
    }
    this.#outage = undefined
    this.#end(failure)
    outage.resolve()
  }

  /** Takes a new connection into use, once what was missed has been told. */
  async #connect(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const connection = await this.#source.open(signal)
    try {
      const missed: NotificationEvent[] = []
      for (const threadId of this.#subscriptions.threadIds) missed.push(...(await this.#resume(connection, threadId)))
      signal.throwIfAborted()
      this.#connection = connection
      for (const event of missed) this.#tell(event)
      this.#isReleasing = true
      connection.release()
    } catch (error) {
      void connection.close({ timeoutMs: 1_000 })
      throw error
    } finally {
      this.#isReleasing = false
    }
    this.#watch(connection)
    this.#watcher?.restored((id) => connection.isAsked(id))
  }

  async #resume(connection: WireLink, threadId: string): Promise<NotificationEvent[]> {
    try {
      const answer = await connection.request(`resume ${threadId}`, 'thread/resume', { threadId })
      const { thread } = (answer ?? {}) as { readonly thread?: Thread }
      return thread === undefined ? [] : this.#subscriptions.difference(thread)
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      this.#subscriptions.forget(threadId)
      return [synthesize('thread/status/changed', { threadId, status: { type: 'notLoaded' } })]
    }
  }

  #tell(event: NotificationEvent): void {
    if (this.events.push(event) === 'wait') this.events.force(event)
  }

  #end(reason: string): void {
    if (this.#endReason !== undefined) return
    this.#endReason = reason
    this.events.push({ type: 'disconnected', reason })
    this.#resolveClosed(reason)
  }
}

function outageFor(reason: string): Outage {
  let resolve = () => {}
  const over = new Promise<void>((done) => {
    resolve = done
  })
  return { reason, over, resolve, abort: new AbortController() }
}

/** Resolves early when `signal` aborts. */
function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
