import { RpcError } from '@gangway/protocol'
import { BoundedQueue } from '@gangway/protocol/channel'
import { abortedError, serverErrorOf, TransportError } from './errors.js'
import type { ClientLink } from './link.js'

/** How long a call waits for its answer. */
export interface CallOptions {
  /** Ends the wait at once, not the work: a late answer is ignored, and nothing is sent. */
  readonly signal?: AbortSignal
  /** Milliseconds, the wait for a free place included. Default: no limit. */
  readonly timeoutMs?: number
}

interface Call {
  readonly method: string
  readonly params: unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
  /** Removes timer and listener. */
  release: (() => void) | undefined
  isSent: boolean
  isOpen: boolean
}

/** Calls that are not answered: at most so many on the wire, the others in line behind them. */
export class PendingCalls {
  readonly #link: ClientLink
  readonly #maxInFlight: number
  readonly #line = new BoundedQueue<Call>(64)
  #open = new Set<Call>()
  #inFlight = 0
  #nextId = 1
  #closedReason: string | undefined
  #whenIdle: (() => void)[] = []

  /** @param maxInFlight calls on the wire at once, at least 1 */
  constructor(link: ClientLink, maxInFlight: number) {
    this.#link = link
    this.#maxInFlight = Math.max(1, maxInFlight)
  }

  /** Calls that are on the wire or in line. */
  get size(): number {
    return this.#open.size
  }

  /**
   * Makes a call and gives its result.
   *
   * @throws TransportError `closed`, `aborted`, `timeout`, and what the connection itself reports
   * @throws ServerError the refusal
   */
  call(method: string, params: unknown, options: CallOptions = {}): Promise<unknown> {
    if (this.#closedReason !== undefined) {
      return Promise.reject(new TransportError(method, 'closed', this.#closedReason))
    }
    const { signal, timeoutMs } = options
    if (signal?.aborted === true) return Promise.reject(abortedError(method, signal))
    return new Promise((resolve, reject) => {
      const call: Call = { method, params, resolve, reject, release: undefined, isSent: false, isOpen: true }
      this.#open.add(call)
      if (signal !== undefined || timeoutMs !== undefined) this.#guard(call, signal, timeoutMs)
      if (this.#inFlight < this.#maxInFlight) this.#send(call)
      else this.#line.push(call)
    })
  }

  /** Takes no calls from now on. Those that are open go on. */
  stop(reason: string): void {
    this.#closedReason ??= reason
  }

  /** Resolves when no call is open. */
  idle(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#whenIdle.push(resolve))
  }

  /** Fails every open call with `reason`. Takes the calls away first: what a caller does then cannot add to them. */
  failAll(reason: string): void {
    this.stop(reason)
    const open = this.#open
    this.#open = new Set()
    for (const call of open) {
      call.isOpen = false
      call.release?.()
      call.reject(new TransportError(call.method, 'closed', reason))
    }
    this.#checkIdle()
  }

  #send(call: Call): void {
    call.isSent = true
    this.#inFlight += 1
    const id = this.#nextId
    this.#nextId += 1
    this.#link.request(id, call.method, call.params, call).then(
      (result) => {
        if (this.#end(call)) call.resolve(result)
      },
      (error: unknown) => {
        if (this.#end(call)) call.reject(asClientError(call.method, error))
      },
    )
  }

  #guard(call: Call, signal: AbortSignal | undefined, timeoutMs: number | undefined): void {
    const onAbort = () => {
      if (signal !== undefined && this.#end(call)) call.reject(abortedError(call.method, signal))
    }
    const onTimeout = () => {
      const detail = `no answer within ${timeoutMs} ms`
      if (this.#end(call)) call.reject(new TransportError(call.method, 'timeout', detail))
    }
    const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    call.release = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Forgets `call` and gives its place to the next in line. `false` when it has ended before. */
  #end(call: Call): boolean {
    if (!call.isOpen) return false
    call.isOpen = false
    this.#open.delete(call)
    call.release?.()
    if (call.isSent) this.#inFlight -= 1
    if (this.#line.length > 0) this.#sendNext()
    if (this.#whenIdle.length > 0) this.#checkIdle()
    return true
  }

  #sendNext(): void {
    while (this.#inFlight < this.#maxInFlight) {
      const next = this.#line.shift()
      if (next === undefined) return
      if (next.isOpen) this.#send(next)
    }
  }

  #checkIdle(): void {
    if (this.#open.size > 0) return
    const whenIdle = this.#whenIdle
    this.#whenIdle = []
    for (const resolve of whenIdle) resolve()
  }
}

function asClientError(method: string, error: unknown): unknown {
  if (error instanceof RpcError) return serverErrorOf(method, error)
  if (error instanceof TransportError) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new TransportError(method, 'protocol', detail, { cause: error })
}
