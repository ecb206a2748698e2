import { fstatSync, readSync } from 'node:fs'
import type { RolloutLine } from './line.js'
import { isBlank, parseRolloutLine } from './parse-line.js'
import type { RawLine } from './scan-lines.js'

/** How the file ends. */
export interface FileTail {
  readonly sizeBytes: number
  /** The last byte is no line end: a crash cut the last line short, or its writer ends no lines. */
  readonly endsInsideLine: boolean
}

/** Looks at the last byte. */
export function tailOf(descriptor: number): FileTail {
  const { size } = fstatSync(descriptor)
  if (size === 0) return { sizeBytes: 0, endsInsideLine: false }
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return { sizeBytes: size, endsInsideLine: last[0] !== newline }
}

const newline = 0x0a
/** One step backwards. */
const pieceBytes = 64 * 1024

/** The understood lines of an open file, last first, the open one included when it can be understood. */
export function* linesBackwards(descriptor: number, sizeBytes: number): Generator<RolloutLine, void, void> {
  let end = sizeBytes
  let rest: Buffer = Buffer.alloc(0)
  while (end > 0) {
    const start = Math.max(0, end - pieceBytes)
    const piece = Buffer.allocUnsafe(end - start)
    readSync(descriptor, piece, 0, piece.length, start)
    let bytes = Buffer.concat([piece, rest])
    for (let at = bytes.lastIndexOf(newline); at >= 0; at = bytes.lastIndexOf(newline)) {
      const line = parsed(bytes.subarray(at + 1))
      if (line) yield line
      bytes = bytes.subarray(0, at)
    }
    rest = bytes
    end = start
  }
  const first = parsed(rest)
  if (first) yield first
}

function parsed(bytes: Buffer): RolloutLine | null {
  const raw: RawLine = {
    buffer: bytes,
    from: 0,
    to: bytes.length,
    start: 0,
    end: bytes.length,
    isOpen: false,
    isTooLong: false,
  }
  return isBlank(raw) ? null : parseRolloutLine(raw)
}
