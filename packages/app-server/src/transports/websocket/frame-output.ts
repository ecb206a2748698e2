import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { BACKED_UP_AT } from '../limits.js'
import type { MessageOutput } from '../message-output.js'

/** Bytes that are held together at most, within one turn of the event loop. */
const FLUSH_AT = 262_144

const NOTHING = Buffer.alloc(0)

/** Messages on their way to a websocket, one text frame each: all frames of one turn of the event loop go out together. */
export class FrameOutput implements MessageOutput {
  readonly #webSocket: WebSocket
  readonly #socket: Duplex
  #isCorked = false
  #isStopped = false
  #stopWaiting: () => void = () => {}
  readonly #stopped = new Promise<void>((resolve) => {
    this.#stopWaiting = resolve
  })

  /** @param socket what carries `webSocket` */
  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket
    this.#socket = socket
    socket.once('close', () => this.stop())
  }

  get backlog(): number {
    return this.#isStopped ? 0 : this.#socket.writableLength
  }

  get isBackedUp(): boolean {
    return this.backlog > BACKED_UP_AT
  }

  async below(backlog = BACKED_UP_AT): Promise<void> {
    this.flush()
    while (this.backlog > backlog && this.#socket.writable) {
      const taken = new Promise<void>((resolve) => this.#socket.write(NOTHING, () => resolve()))
      await Promise.race([taken, this.#stopped])
    }
  }

  write(message: string): void {
    if (this.#isStopped) return
    if (!this.#isCorked) {
      this.#isCorked = true
      this.#socket.cork()
      setImmediate(() => this.flush())
    }
    this.#webSocket.send(message)
    if (this.#socket.writableLength > FLUSH_AT) this.flush()
  }

  writePieces(pieces: readonly (string | Buffer)[]): void {
    if (this.#isStopped) return
    this.flush()
    this.#webSocket.send(Buffer.concat(pieces.map((piece) => Buffer.from(piece as Buffer))), { binary: false })
  }

  /** Hands over what was written. Whoever sends anything else over the websocket calls it first. */
  flush(): void {
    if (!this.#isCorked) return
    this.#isCorked = false
    this.#socket.uncork()
  }

  /** From now on messages are dropped, and nobody waits for the client. What was handed over before is still sent. */
  stop(): void {
    this.#isStopped = true
    this.flush()
    this.#stopWaiting()
  }
}
