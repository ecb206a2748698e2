import type { Writable } from 'node:stream'
import { BACKED_UP_AT } from './limits.js'
import type { MessageOutput } from './message-output.js'

/** Characters that are handed to the stream at once at most, within one turn of the event loop. */
const FLUSH_AT = 262_144

/** Lines on their way to a stream: all lines of one turn of the event loop go out in one write. */
export class LineOutput implements MessageOutput {
  readonly #stream: Writable
  #pending = ''
  #isScheduled = false
  #isBroken = false
  #waiting: (() => void)[] = []

  /** @param onBroken called once when the stream takes no more; from then on lines are dropped */
  constructor(stream: Writable, onBroken: (error: Error) => void) {
    this.#stream = stream
    stream.on('error', (error: Error) => {
      if (this.#isBroken) return
      this.#isBroken = true
      this.#pending = ''
      this.#wake()
      onBroken(error)
    })
  }

  get backlog(): number {
    return this.#pending.length + (this.#isBroken ? 0 : this.#stream.writableLength)
  }

  get isBackedUp(): boolean {
    return this.backlog > BACKED_UP_AT
  }

  async below(backlog = BACKED_UP_AT): Promise<void> {
    this.#flush()
    while (!this.#isBroken && this.#stream.writableLength > backlog) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  write(line: string): void {
    if (this.#isBroken) return
    this.#pending += `${line}\n`
    if (this.#pending.length > FLUSH_AT) this.#flush()
    else if (!this.#isScheduled) {
      this.#isScheduled = true
      setImmediate(() => this.#flush())
    }
  }

  writePieces(pieces: readonly (string | Buffer)[]): void {
    this.#flush()
    if (this.#isBroken) return
    for (const piece of pieces) this.#stream.write(piece)
    this.#stream.write('\n', () => this.#wake())
  }

  #flush(): void {
    this.#isScheduled = false
    if (this.#pending === '' || this.#isBroken) return
    const lines = this.#pending
    this.#pending = ''
    this.#stream.write(lines, () => this.#wake())
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
