import { BYTE_ORDER_MARK_BYTES, hasByteOrderMark } from '../../../reading/sessions/record.js'
import { type LogFile, MAX_LINE_BYTES } from '../log-file.js'
import { BUFFER_BYTES, borrowBuffer, returnBuffer } from '../spare-buffers.js'

const LINE_FEED = 0x0a

/** What {@link LineReader.next} has come to: a line, one too long to be held, or the end. */
export type LineStep = 'line' | 'too-large' | 'end'

/** Goes through a log line by line with one buffer, which {@link close} gives back; the current line is `bytes` from `start` to `end`. */
export class LineReader {
  /** A longer line gets a buffer of its own, which is let go after it. */
  bytes: Buffer = borrowBuffer()
  start = 0
  end = 0
  hadByteOrderMark = false
  /** False for a last line without a line feed. */
  isWhole = true
  readonly #chunk = this.bytes
  /** Where `bytes` starts in the file. */
  #base = 0
  #filled = 0
  #next = 0

  /** @param eachChunk is shown every byte once, in order */
  constructor(
    readonly file: LogFile,
    readonly size: number,
    readonly eachChunk: (bytes: Buffer) => void,
  ) {}

  /** Where the current line starts in the file. */
  get position(): number {
    return this.#base + this.start
  }

  /** Where the line after it starts, or the file ends. */
  get nextPosition(): number {
    return this.#base + this.#next
  }

  next(): LineStep {
    for (let searched = 0; ; ) {
      const feed = this.bytes.subarray(0, this.#filled).indexOf(LINE_FEED, this.#next + searched)
      if (feed !== -1) return this.#take(feed, true)
      searched = this.#filled - this.#next
      if (searched >= MAX_LINE_BYTES) return this.#skipLine()
      if (!this.#more()) return searched === 0 ? 'end' : this.#take(this.#filled, false)
    }
  }

  #take(end: number, isWhole: boolean): LineStep {
    this.start = this.#next
    this.end = end
    this.isWhole = isWhole
    this.#next = isWhole ? end + 1 : end
    if (this.position === 0 && hasByteOrderMark(this.bytes, this.start)) {
      this.hadByteOrderMark = true
      this.start = Math.min(this.start + BYTE_ORDER_MARK_BYTES, end)
    }
    return 'line'
  }

  /** Makes room behind what is not used up yet, and fills it. */
  #more(): boolean {
    const rest = this.#filled - this.#next
    if (this.#base + this.#filled >= this.size) return false
    if (rest < BUFFER_BYTES / 2 && this.bytes !== this.#chunk) {
      this.bytes.copy(this.#chunk, 0, this.#next, this.#filled)
      this.bytes = this.#chunk
    } else if (rest === this.bytes.length) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2)
      this.bytes.copy(larger, 0, this.#next, this.#filled)
      this.bytes = larger
    } else {
      this.bytes.copyWithin(0, this.#next, this.#filled)
    }
    this.#base += this.#next
    this.#next = 0
    this.#filled = rest
    const wanted = Math.min(this.bytes.length - rest, this.size - this.#base - rest)
    const count = this.file.read(this.bytes, rest, wanted, this.#base + rest)
    if (count === 0) return false
    this.eachChunk(this.bytes.subarray(rest, rest + count))
    this.#filled += count
    return true
  }

  /** Gives the buffer back. */
  close(): void {
    returnBuffer(this.#chunk)
  }

  #skipLine(): LineStep {
    const position = this.#base + this.#next
    for (;;) {
      const feed = this.bytes.subarray(0, this.#filled).indexOf(LINE_FEED, this.#next)
      if (feed !== -1) {
        this.#next = feed + 1
        break
      }
      this.#next = this.#filled
      if (!this.#more()) break
    }
    this.start = position - this.#base
    this.end = this.start
    return 'too-large'
  }
}
