import { type LogRecord, parseRecord } from '../../../reading/sessions/record.js'
import type { LogFile } from '../log-file.js'
import { BUFFER_BYTES, borrowBuffer, returnBuffer } from '../spare-buffers.js'
import type { RecordIndex } from './record-index.js'

/** Reads records of an indexed log by their numbers, one at a time; close it. */
export class RecordLoader {
  /** Records of a conversation mostly stand one after the other: the next ones are read along. */
  readonly #window = borrowBuffer()
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
    if (length > BUFFER_BYTES) {
      const bytes = this.file.bytes(offset, offset + length)
      return parseRecord(bytes, 0, bytes.length)
    }
    if (offset < this.#start || offset + length > this.#start + this.#filled) {
      this.#start = offset
      this.#filled = this.file.read(this.#window, 0, Math.min(BUFFER_BYTES, this.size - offset), offset)
    }
    const from = offset - this.#start
    return parseRecord(this.#window, from, from + length)
  }

  /** Gives the buffer back. */
  close(): void {
    returnBuffer(this.#window)
  }
}
