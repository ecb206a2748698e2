import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Lines longer than this are not held in memory: several times what the largest request with pictures may have. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024

const LINE_FEED = 0x0a

/** A log up to this size is read at once. */
const SMALL_BYTES = 64 * 1024

/** Where a line stands around some byte of a log; `end` is before its line feed. */
const LOOK_AROUND_BYTES = 16 * 1024

/** An open log. Reads at given places; close it. */
export class LogFile {
  readonly #descriptor: number
  /** All of it, when it is small: each call of the system costs more than that. */
  #whole: Buffer | undefined

  /** @throws the file system's error */
  constructor(readonly path: string) {
    this.#descriptor = openSync(path, 'r')
  }

  /** Bytes that it holds now. */
  size(): number {
    return fstatSync(this.#descriptor).size
  }

  /** Reads the first `size` bytes, which are all that is wanted, at once when they are few. */
  hold(size: number): void {
    if (size > SMALL_BYTES) return
    const bytes = Buffer.allocUnsafe(size)
    this.#whole = bytes.subarray(0, this.read(bytes, 0, size, 0))
  }

  /** Reads into `target` from `at` on until it is full or `position` + length is the end; gives how many bytes came. */
  read(target: Buffer, at: number, length: number, position: number): number {
    const whole = this.#whole
    if (whole)
      return whole.copy(target, at, Math.min(position, whole.length), Math.min(position + length, whole.length))
    let total = 0
    while (total < length) {
      const count = readSync(this.#descriptor, target, at + total, length - total, position + total)
      if (count === 0) break
      total += count
    }
    return total
  }

  /** The bytes from `start` to `end`, fewer when the file has become shorter. */
  bytes(start: number, end: number): Buffer {
    const target = Buffer.allocUnsafe(Math.max(0, end - start))
    return target.subarray(0, this.read(target, 0, target.length, start))
  }

  /** The line that holds the byte at `position`; undefined when it is too long to be held. `size`: where the file ends. */
  lineAround(position: number, size: number): Buffer | undefined {
    let start = position
    for (let isFound = false; !isFound && start > 0; ) {
      const from = Math.max(0, start - LOOK_AROUND_BYTES)
      const feed = this.bytes(from, start).lastIndexOf(LINE_FEED)
      isFound = feed !== -1
      start = isFound ? from + feed + 1 : from
      if (position - start > MAX_LINE_BYTES) return undefined
    }
    let end = position
    for (let isFound = false; !isFound && end < size; ) {
      const to = Math.min(size, end + LOOK_AROUND_BYTES)
      const piece = this.bytes(end, to)
      if (piece.length === 0) break
      const feed = piece.indexOf(LINE_FEED)
      isFound = feed !== -1
      end = isFound ? end + feed : to
      if (end - start > MAX_LINE_BYTES) return undefined
    }
    return this.bytes(start, end)
  }

  close(): void {
    closeSync(this.#descriptor)
  }
}
