import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A line as bytes. Valid until the scan goes on: `buffer` is used again. */
export interface RawLine {
  readonly buffer: Buffer
  /** The line within `buffer`, without its line end and without a byte order mark. */
  readonly from: number
  readonly to: number
  /** The line within the file, line end included. */
  readonly start: number
  readonly end: number
  readonly isOpen: boolean
  /** Longer than the cap: `buffer` holds nothing of it. */
  readonly isTooLong: boolean
}

export interface ScanOptions {
  readonly from?: number
  /** Byte to stop before: nothing behind it is given. Default: the end of the file. */
  readonly until?: number
  readonly maxLineBytes?: number
}

/** One read. Larger ones gain nothing, smaller ones cost a call each. */
const pieceBytes = 256 * 1024
/** V8 holds no longer string, so no longer line can be parsed. */
const longestLineBytes = 256 * 1024 * 1024
const newline = 0x0a
const carriageReturn = 0x0d

/**
 * The lines of a file as bytes, in order, empty ones included, in constant memory for lines up to a piece.
 * The file is read as it was when the scan began; what is appended meanwhile is not given.
 *
 * @throws the file system's error when the file cannot be read
 */
export function* scanLines(path: string, options: ScanOptions = {}): Generator<RawLine, void, void> {
  const descriptor = openSync(path, 'r')
  try {
    yield* scanDescriptor(descriptor, options)
  } finally {
    closeSync(descriptor)
  }
}

function* scanDescriptor(descriptor: number, options: ScanOptions): Generator<RawLine, void, void> {
  const maxLineBytes = options.maxLineBytes ?? longestLineBytes
  const size = Math.min(fstatSync(descriptor).size, options.until ?? Number.POSITIVE_INFINITY)
  let buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(size - (options.from ?? 0), 0)) + 1)
  /** File position of `buffer[0]`, and how much of the buffer is filled. */
  let base = options.from ?? 0
  let filled = 0
  /** Start of the line in `buffer`, or -1 while the rest of a line over the cap is passed over. */
  let from = 0
  let lineStart = base

  while (base + filled < size) {
    const wanted = Math.min(buffer.length - filled, size - base - filled)
    const count = readSync(descriptor, buffer, filled, wanted, base + filled)
    if (count === 0) break
    let searchFrom = filled
    filled += count

    for (;;) {
      const at = buffer.subarray(0, filled).indexOf(newline, searchFrom)
      if (at < 0) break
      const end = base + at + 1
      yield rawLine(buffer, from, at, lineStart, end, false)
      lineStart = end
      from = at + 1
      searchFrom = from
    }

    if (from >= 0 && filled - from > maxLineBytes) from = -1
    const kept = from < 0 ? 0 : filled - from
    const grown = kept * 2 > buffer.length ? Buffer.allocUnsafe(buffer.length * 2) : buffer
    if (kept > 0) buffer.copy(grown, 0, from, filled)
    buffer = grown
    base += filled - kept
    filled = kept
    from = from < 0 ? -1 : 0
  }
  if (lineStart < base + filled) yield rawLine(buffer, from, filled, lineStart, base + filled, true)
}

function rawLine(buffer: Buffer, from: number, to: number, start: number, end: number, isOpen: boolean): RawLine {
  if (from < 0) return { buffer, from: 0, to: 0, start, end, isOpen, isTooLong: true }
  const last = to > from && buffer[to - 1] === carriageReturn ? to - 1 : to
  const first = start === 0 && hasByteOrderMark(buffer, from, last) ? from + 3 : from
  return { buffer, from: first, to: last, start, end, isOpen, isTooLong: false }
}

function hasByteOrderMark(buffer: Buffer, from: number, to: number): boolean {
  return to - from >= 3 && buffer[from] === 0xef && buffer[from + 1] === 0xbb && buffer[from + 2] === 0xbf
}
