import type { Writable } from 'node:stream'

/** Characters that wait before events are held back in their queue, where they are bounded and classed. */
const BACKED_UP_AT = 1_048_576
/** Characters that are handed to the stream at once at most, within one turn of the event loop. */
const FLUSH_AT = 262_144

/** Lines on their way to a stream: all lines of one turn of the event loop go out in one write. */
export class LineOutput {
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

  /** Characters that are not yet taken by whoever reads the stream. */
  get backlog(): number {
    return this.#pending.length + (this.#isBroken ? 0 : this.#stream.writableLength)
  }

  /** Whether events should wait: the reader is slower than we are. */
  get isBackedUp(): boolean {
    return this.backlog > BACKED_UP_AT
  }

  /** Resolves when at most `backlog` characters wait (0: all is taken), or nothing more can be written. */
  async below(backlog = BACKED_UP_AT): Promise<void> {
    this.#flush()
    while (!this.#isBroken && this.#stream.writableLength > backlog) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** Adds one line. Never waits and never refuses: whoever calls it looks at `backlog` first where it matters. */
  write(line: string): void {
    if (this.#isBroken) return
    this.#pending += `${line}\n`
    if (this.#pending.length > FLUSH_AT) this.#flush()
    else if (!this.#isScheduled) {
      this.#isScheduled = true
      setImmediate(() => this.#flush())
    }
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
