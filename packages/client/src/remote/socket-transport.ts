import { abortedError, TransportError, type TransportErrorReason } from '../errors.js'
import type { Ending } from '../link.js'
import type { WireReceiver, WireTransport } from '../wire-link.js'
import type { OpenSocket, RawSocket, SocketEvents } from './raw-socket.js'
import type { RemoteEndpoint } from './remote-endpoint.js'

/** Limits of a connection to a server that runs by itself. */
export interface ConnectLimits {
  /** Milliseconds until the way to the server stands. Default 10 000. */
  readonly connectTimeoutMs?: number
  /** Milliseconds for the server to answer the upgrade. Default 10 000. */
  readonly upgradeTimeoutMs?: number
  /** Bytes of one message from the server at most; a larger one ends the connection. Default 128 MiB. */
  readonly maxMessageBytes?: number
}

const DEFAULT_TIMEOUT_MS = 10_000
const DEFAULT_MAX_MESSAGE_BYTES = 128 * 1024 * 1024

/** The code of a connection that ended without a close frame. */
const NO_CLOSE_FRAME = 1006

/** A websocket that carries one message per text frame. Its faults are told in the reference's words. */
export class SocketTransport implements WireTransport, SocketEvents {
  readonly #endpoint: RemoteEndpoint
  readonly #receiver: WireReceiver
  readonly #limits: ConnectLimits
  readonly #socket: RawSocket
  readonly #gone: Promise<void>
  #resolveGone: () => void = () => {}
  #settleOpening: ((failure: TransportError | undefined) => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isGone = false
  #closing: Promise<Ending> | undefined

  constructor(open: OpenSocket, endpoint: RemoteEndpoint, limits: ConnectLimits, receiver: WireReceiver) {
    this.#endpoint = endpoint
    this.#receiver = receiver
    this.#limits = limits
    this.#gone = new Promise((resolve) => {
      this.#resolveGone = resolve
    })
    const { url, socketPath, authToken } = endpoint
    const maxMessageBytes = limits.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES
    this.#socket = open({ url, socketPath, authToken, maxMessageBytes }, this)
  }

  /**
   * Resolves when the websocket stands. Call it once, before anything is awaited.
   *
   * @throws TransportError `timeout`, `aborted`, `auth`, `closed`: nothing is left open
   */
  async opening(signal: AbortSignal | undefined): Promise<void> {
    const onAbort = () => signal !== undefined && this.#fail(abortedError('initialize', signal))
    const opened = new Promise<void>((resolve, reject) => {
      this.#settleOpening = (failure) => (failure === undefined ? resolve() : reject(failure))
    })
    this.#failAfter(this.#limits.connectTimeoutMs, `timed out connecting to remote app server at \`${this.#name}\``)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted === true) onAbort()
    try {
      await opened
    } catch (error) {
      this.#socket.terminate()
      await this.#gone
      throw error
    } finally {
      clearTimeout(this.#timer)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  send(text: string): void {
    if (!this.#isGone) this.#socket.send(text)
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  close(options: { readonly timeoutMs: number }): Promise<Ending> {
    this.#closing ??= this.#close(options.timeoutMs)
    return this.#closing
  }

  connected(): void {
    if (this.#settleOpening === undefined) return
    clearTimeout(this.#timer)
    this.#failAfter(this.#limits.upgradeTimeoutMs, `timed out upgrading remote app server at \`${this.#name}\``)
  }

  opened(): void {
    this.#settleOpening?.(undefined)
    this.#settleOpening = undefined
  }

  text(data: string): void {
    if (this.#receiver.received(data)) return
    this.#lost('protocol', `remote app server at \`${this.#name}\` sent invalid JSON-RPC: ${data.slice(0, 100)}`)
    this.#socket.terminate()
  }

  refused(status: number, body: string): void {
    const reason = status === 401 || status === 403 ? 'auth' : 'protocol'
    const what = body.trim() === '' ? `HTTP ${status}` : `HTTP ${status}: ${body.trim()}`
    this.#lost(reason, `remote app server at \`${this.#name}\` refused the connection: ${what}`)
  }

  failed(error: Error, isTooLarge: boolean): void {
    const isOpening = this.#settleOpening !== undefined
    const what = isOpening ? 'failed to connect to remote' : 'remote'
    const how = isOpening ? '' : ' transport failed'
    const detail = `${what} app server at \`${this.#name}\`${how}: ${messageOf(error)}`
    this.#lost(isTooLarge ? 'tooLarge' : 'closed', detail, error)
  }

  closed(code: number, reason: string): void {
    const server = `remote app server at \`${this.#name}\``
    const how = reason === '' ? 'connection closed' : reason
    this.#lost('closed', code === NO_CLOSE_FRAME ? `${server} closed the connection` : `${server} disconnected: ${how}`)
    this.#isGone = true
    this.#resolveGone()
  }

  get #name(): string {
    return this.#endpoint.name
  }

  #lost(reason: TransportErrorReason, detail: string, cause?: Error): void {
    if (this.#settleOpening !== undefined) {
      this.#fail(new TransportError('initialize', reason, detail, cause === undefined ? undefined : { cause }))
    } else this.#receiver.ended(detail, reason)
  }

  #fail(failure: TransportError): void {
    this.#settleOpening?.(failure)
    this.#settleOpening = undefined
  }

  #failAfter(ms: number | undefined, detail: string): void {
    this.#timer = setTimeout(
      () => this.#fail(new TransportError('initialize', 'timeout', detail)),
      ms ?? DEFAULT_TIMEOUT_MS,
    )
  }

  async #close(timeoutMs: number): Promise<Ending> {
    if (this.#isGone) return { forced: false }
    // A paused socket would not see the other side's answer.
    this.#socket.resume()
    this.#socket.close()
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), timeoutMs)
    })
    const isLate = await Promise.race([this.#gone.then(() => false), late])
    clearTimeout(timer)
    if (isLate) this.#socket.terminate()
    await this.#gone
    return { forced: isLate }
  }
}

/** Node tries several addresses and puts what went wrong with each beside an empty message. */
function messageOf(error: Error): string {
  if (error.message !== '') return error.message
  const { errors } = error as { errors?: readonly Error[] }
  return errors?.map(({ message }) => message).join(', ') ?? error.name
}
