import type { LogFile } from '../log-file.js'
import { type LogRecord, parseRecord } from '../record.js'
import type { RecordIndex } from './record-index.js'

/** Bytes read in one go: records of a conversation mostly stand one after the other. */
const WINDOW_BYTES = 256 * 1024

/** Reads records of an indexed log by their numbers, one at a time. */
export class RecordLoader {
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES)
  #start = 0
  #filled = 0

  constructor(
    readonly file: LogFile,
    readonly size: number,
    readonly index: RecordIndex,
  ) {}

  /** The record; undefined when its inner values are broken. */
  load(number: number): LogRecord | undefined {
    const offset = this.index.offsets[number]!
    const length = this.index.lengths[number]!
    if (length > WINDOW_BYTES) {
      const bytes = this.file.bytes(offset, offset + length)
      return parseRecord(bytes, 0, bytes.length)
    }
    if (offset < this.#start || offset + length > this.#start + this.#filled) {
      this.#start = offset
      this.#filled = this.file.read(this.#window, 0, Math.min(WINDOW_BYTES, this.size - offset), offset)
    }
    const from = offset - this.#start
    return parseRecord(this.#window, from, from + length)
  }
}
