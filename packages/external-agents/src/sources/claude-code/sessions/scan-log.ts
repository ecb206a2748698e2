import { isUtf8 } from 'node:buffer'
import type { SessionRepair } from '../../../session.js'
import { Pace } from '../../reading/sessions/pace.js'
import { parseRecord } from '../../reading/sessions/record.js'
import { LogFile } from './log-file.js'
import type { LogScan } from './log-scan.js'
import { lastTimeOf } from './log-tail.js'
import { LineReader } from './reading/line-reader.js'
import { LogFindings } from './scan-findings.js'
import { type NeedleHits, searchNeedles } from './scan-needles.js'
import { borrowBuffer, returnBuffer } from './spare-buffers.js'

/** Kept from the chunk before, so that what lies across two chunks is found. */
const OVERLAP_BYTES = 64

/**
 * Looks a log over without parsing most of it: lines from the top until folder, title and start are known, then only a
 * search for the few record types that change the picture, and the time of the last message from the end.
 *
 * Works in slices with one buffer; the signal ends the work.
 *
 * @throws the file system's error when the log cannot be read
 */
export async function scanLog(path: string, sizeBytes: number, pace: Pace = new Pace()): Promise<LogScan> {
  const file = new LogFile(path)
  const buffer = borrowBuffer()
  try {
    file.hold(sizeBytes)
    return await new Scan(file, sizeBytes, buffer, pace).run()
  } finally {
    returnBuffer(buffer)
    file.close()
  }
}

class Scan {
  readonly #findings: LogFindings
  readonly #hits: NeedleHits = { customTitles: [], aiTitles: [], continued: [], servers: new Map() }
  #isUtf8 = true
  #hasMark = false

  constructor(
    readonly file: LogFile,
    readonly size: number,
    readonly buffer: Buffer,
    readonly pace: Pace,
  ) {
    this.#findings = new LogFindings(file.path)
  }

  async run(): Promise<LogScan> {
    const headEnd = await this.#head()
    await this.#rest(headEnd)
    const last = lastTimeOf(this.file, this.size, this.#findings.isHelper)
    const repairs: SessionRepair[] = []
    if (this.#hasMark) repairs.push({ code: 'byte-order-mark', count: 1 })
    if (!this.#isUtf8) repairs.push({ code: 'invalid-utf8', count: 1 })
    return this.#findings.conclude(this.file, this.size, this.#hits, last, repairs)
  }

  /** Parses lines until enough is known. Gives where it stopped. */
  async #head(): Promise<number> {
    const reader = new LineReader(this.file, this.size, () => {})
    try {
      while (!this.#findings.isEnough) {
        if (this.pace.isOver()) await this.pace.rest()
        const step = reader.next()
        if (step === 'end') break
        if (step === 'too-large') continue
        const { bytes, start, end } = reader
        if (this.#isUtf8 && !isUtf8(bytes.subarray(start, end))) this.#isUtf8 = false
        const record = parseRecord(bytes, start, end)
        if (record) this.#findings.feed(record)
      }
      this.#hasMark = reader.hadByteOrderMark
      return reader.nextPosition
    } finally {
      reader.close()
    }
  }

  /** Searches the bytes after the head. */
  async #rest(from: number): Promise<void> {
    const { buffer } = this
    let overlap = 0
    let unchecked = 0
    for (let position = from; position < this.size; ) {
      const wanted = Math.min(buffer.length - overlap, this.size - position)
      const count = this.file.read(buffer, overlap, wanted, position)
      if (count === 0) return
      const chunk = buffer.subarray(0, overlap + count)
      searchNeedles(chunk, overlap, position - overlap, this.#hits)
      position += count
      if (this.#isUtf8) {
        const whole = position >= this.size ? chunk.length : wholeCharacters(chunk)
        this.#isUtf8 = isUtf8(chunk.subarray(overlap - unchecked, whole))
        unchecked = chunk.length - whole
      }
      overlap = Math.min(OVERLAP_BYTES, chunk.length)
      buffer.copyWithin(0, chunk.length - overlap, chunk.length)
      if (this.pace.isOver()) await this.pace.rest()
    }
  }
}

/** The length of `bytes` without a character that is cut at their end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return bytes.length - back
  }
  return bytes.length
}
