import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { Connection } from '../../connection.js'
import { tapped } from '../../observe/wire-tap.js'
import type { Runtime } from '../../runtime.js'
import { withinMs } from '../../within-ms.js'
import { EventPump } from '../event-pump.js'
import { MAX_IN_FLIGHT, SESSION_SOURCE } from '../limits.js'
import { MessageIntake } from '../message-intake.js'
import { SlowClientGuard, type SlowClientLimits } from '../slow-client-guard.js'
import { closeCodes } from './close-codes.js'
import { FrameOutput } from './frame-output.js'

/** What a websocket client may have waiting for it. */
export const webSocketLimits: SlowClientLimits = { maxQueuedBytes: 33_554_432, graceMs: 10_000 }

/** Events that may wait for a client: bytes are what bounds them, so that many short ones do not end it. */
const QUEUE_CAPACITY = 65_536

/** Milliseconds that closing waits for accepted requests, where the server has not waited for them before. */
const REQUESTS_TIMEOUT_MS = 5_000

/** Milliseconds that closing waits until a client has read what was written for it, and has said goodbye. */
const GOODBYE_TIMEOUT_MS = 1_000

/** Serves one client over one websocket: a JSON document a text frame, both ways. */
export class ClientSocket {
  /** Resolves when the socket is closed, after the connection has ended. */
  readonly gone: Promise<void>
  readonly #runtime: Runtime
  readonly #connection: Connection
  readonly #webSocket: WebSocket
  readonly #output: FrameOutput
  readonly #pump: EventPump
  readonly #intake: MessageIntake
  readonly #guard: SlowClientGuard
  #closing: Promise<void> | undefined

  /** @param socket what carries `webSocket` */
  constructor(runtime: Runtime, webSocket: WebSocket, socket: Duplex, limits: SlowClientLimits = webSocketLimits) {
    this.#runtime = runtime
    this.#webSocket = webSocket
    this.#connection = runtime.open(
      {
        sessionSource: SESSION_SOURCE,
        origin: 'bytes',
        maxInFlight: MAX_IN_FLIGHT,
        onFull: () => this.#guard.atLimit(),
      },
      { capacity: QUEUE_CAPACITY, maxBytes: limits.maxQueuedBytes },
    )
    this.#output = new FrameOutput(webSocket, socket)
    this.#guard = new SlowClientGuard(this.#connection.events, this.#output, limits, () => this.#cut())
    const output = tapped(runtime.wireLog, this.#connection, this.#output)
    this.#intake = new MessageIntake(runtime, this.#connection, output, () => void this.#pauseInput())
    this.#pump = new EventPump(this.#connection.events, output, runtime.log)
    this.gone = new Promise((resolve) => webSocket.once('close', () => resolve(this.#left())))
    webSocket.on('message', (data, isBinary) => this.#take(data, isBinary))
    webSocket.on('error', (error) => this.#log(`failed: ${error.message}`))
    void this.#connection.closed.then(() => this.close())
  }

  /** Waits for accepted requests, writes their answers and what was queued, and says goodbye with 1001. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#connection.inFlight.settled(REQUESTS_TIMEOUT_MS)
    this.#connection.close('server shutting down')
    // Answers and refusals that are due are written before the next turn of the event loop.
    await new Promise(setImmediate)
    await withinMs(GOODBYE_TIMEOUT_MS, this.#sayGoodbye())
    this.#webSocket.terminate()
  }

  async #sayGoodbye(): Promise<void> {
    await this.#pump.ended
    this.#output.flush()
    this.#webSocket.close(closeCodes.goingAway, 'server shutting down')
    await this.gone
  }

  #take(data: RawData, isBinary: boolean): void {
    if (isBinary) {
      this.#log('sent a binary frame, which was dropped')
      return
    }
    this.#intake.line(data.toString())
  }

  async #pauseInput(): Promise<void> {
    if (this.#webSocket.isPaused) return
    this.#webSocket.pause()
    this.#guard.atLimit()
    await this.#output.below()
    this.#webSocket.resume()
  }

  /** The client is too slow: what waits for it is let go, and it is told why. It may come back and read its threads. */
  #cut(): void {
    const waiting = this.#connection.events.bytes + this.#output.backlog
    this.#log(`is too slow: ${waiting} bytes wait for it; closing it`)
    this.#closing = this.gone
    this.#output.stop()
    this.#webSocket.close(closeCodes.tryAgainLater, 'slow consumer: reads too slowly for what it is told')
    this.#connection.close('slow consumer')
  }

  #left(): void {
    this.#closing ??= Promise.resolve()
    this.#guard.end()
    this.#output.stop()
    this.#connection.close('closed by the client')
  }

  #log(what: string): void {
    this.#runtime.log.write('warn', `websocket client ${this.#connection.connectionId} ${what}`)
  }
}
