import type { Readable, Writable } from 'node:stream'
import { JsonLines } from '@gangway/protocol/channel'
import type { Listener } from '../app-server.js'
import type { Connection } from '../connection.js'
import { tapped } from '../observe/wire-tap.js'
import type { Runtime } from '../runtime.js'
import { withinMs } from '../within-ms.js'
import { EventPump } from './event-pump.js'
import { MAX_IN_FLIGHT, SESSION_SOURCE } from './limits.js'
import { LineOutput } from './line-output.js'
import { MessageIntake } from './message-intake.js'

/** Milliseconds that closing waits for accepted requests, where the server has not waited for them before. */
const REQUESTS_TIMEOUT_MS = 5_000

/** Milliseconds that closing waits for a client that does not read what was written for it. */
const FLUSH_TIMEOUT_MS = 1_000

/** Two byte streams with a client at their other ends. */
export interface StdioStreams {
  readonly input: Readable
  readonly output: Writable
  /** Bytes of one line of input at most; the sender of a longer one is refused. Default 128 MiB. */
  readonly maxLineBytes?: number
}

/** Serves one client on a pair of streams: one JSON document a line, both ways. */
export class StdioTransport implements Listener {
  readonly address = 'stdio://'
  /** Resolves when the input has ended: no further request can come. */
  readonly inputEnded: Promise<void>
  readonly #connection: Connection
  readonly #input: Readable
  readonly #output: LineOutput
  readonly #pump: EventPump
  #closing: Promise<void> | undefined

  constructor(runtime: Runtime, streams: StdioStreams) {
    this.#input = streams.input
    this.#connection = runtime.open({ sessionSource: SESSION_SOURCE, origin: 'bytes', maxInFlight: MAX_IN_FLIGHT }, {})
    // A closed output does not end the server while the input is open: what it has accepted, it finishes.
    this.#output = new LineOutput(streams.output, (error) =>
      runtime.log.write('warn', `standard output is gone: ${error.message}`),
    )
    const output = tapped(runtime.wireLog, this.#connection, this.#output)
    this.#pump = new EventPump(this.#connection.events, output, runtime.log)
    const intake = new MessageIntake(runtime, this.#connection, output, () => void this.#pauseInput())
    this.inputEnded = this.#read(new JsonLines(intake, streams))
  }

  get closed(): Promise<string> {
    return this.#connection.closed
  }

  /** Waits for accepted requests, writes their answers and what was queued, and lets go of the input. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#input.pause()
    await this.#connection.inFlight.settled(REQUESTS_TIMEOUT_MS)
    this.#connection.close('input ended')
    // Answers and refusals that are due are written before the next turn of the event loop.
    await new Promise(setImmediate)
    await withinMs(
      FLUSH_TIMEOUT_MS,
      this.#pump.ended.then(() => this.#output.below(0)),
    )
    this.#input.destroy()
  }

  #read(lines: JsonLines): Promise<void> {
    return new Promise((resolve) => {
      this.#input.on('data', (chunk: Buffer) => lines.push(chunk))
      this.#input.once('error', () => resolve())
      this.#input.once('end', () => {
        lines.end()
        resolve()
      })
      this.#input.once('close', () => resolve())
    })
  }

  async #pauseInput(): Promise<void> {
    if (this.#input.isPaused()) return
    this.#input.pause()
    await this.#output.below()
    if (this.#closing === undefined) this.#input.resume()
  }
}
