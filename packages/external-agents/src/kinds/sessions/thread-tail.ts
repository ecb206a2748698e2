import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { RolloutLine } from '@gangway/home'
import { checkpointType, type RenderCheckpoint, readCheckpoint } from './render/index.js'

/** How much of a log a thread holds. Stands in the thread's checkpoint beside what rendering needs. */
export interface SourceMark {
  /** Bytes of the log as it was read, a half last line included. */
  readonly bytes: number
  /** Hex, of these bytes. */
  readonly sha256: string
  /** End of the last whole line. */
  readonly endByte: number
  /** Where the thread's part of the log begins. */
  readonly fromByte: number
}

/** How far a thread is, by its last checkpoint. */
export interface ThreadTail {
  readonly checkpoint: RenderCheckpoint
  readonly mark: SourceMark
  /** Nothing was written after it: nobody has gone on in this thread. */
  readonly isLast: boolean
  /** Of the thread's file. */
  readonly sizeBytes: number
}

const needle = Buffer.from(`"type":"${checkpointType}","payload":`)
const newline = 0x0a
/** One step backwards. */
const pieceBytes = 256 * 1024

/** A checkpoint's line with the mark in it. Other lines as they are. */
export function withMark(line: RolloutLine, mark: SourceMark): RolloutLine {
  return line.type === checkpointType ? { ...line, payload: { ...line.payload, source: mark } } : line
}

/**
 * The last checkpoint of the thread at `path`; undefined when it has none, as threads that others have made. Reads the end
 * of the file, as far as needed.
 *
 * @throws the file system's error
 */
export function readThreadTail(path: string): ThreadTail | undefined {
  const descriptor = openSync(path, 'r')
  try {
    const sizeBytes = fstatSync(descriptor).size
    let end = sizeBytes
    // What stands behind the needle is at least this long, and a needle may lie on the border of two pieces.
    let behind: Buffer = Buffer.alloc(0)
    while (end > 0) {
      const start = Math.max(0, end - pieceBytes)
      const piece = Buffer.concat([bytesAt(descriptor, start, end), behind.subarray(0, needle.length)])
      for (let at = piece.lastIndexOf(needle); at !== -1; at = at === 0 ? -1 : piece.lastIndexOf(needle, at - 1)) {
        const tail = tailAt(descriptor, start + at, sizeBytes)
        if (tail) return tail
      }
      behind = piece
      end = start
    }
    return undefined
  } finally {
    closeSync(descriptor)
  }
}

function tailAt(descriptor: number, position: number, sizeBytes: number): ThreadTail | undefined {
  const start = lineStart(descriptor, position)
  const end = lineEnd(descriptor, position, sizeBytes)
  // A line that a crash cut short says nothing.
  if (end === undefined) return undefined
  try {
    const line = JSON.parse(bytesAt(descriptor, start, end).toString()) as RolloutLine
    const checkpoint = readCheckpoint(line)
    const mark = markOf(line.payload.source)
    return checkpoint && mark && { checkpoint, mark, isLast: end + 1 === sizeBytes, sizeBytes }
  } catch {
    return undefined
  }
}

function markOf(value: unknown): SourceMark | undefined {
  const { bytes, sha256, endByte, fromByte } = (value ?? {}) as { readonly [member: string]: unknown }
  const isWhole = [bytes, endByte, fromByte].every((count) => Number.isSafeInteger(count)) && typeof sha256 === 'string'
  return isWhole ? (value as SourceMark) : undefined
}

function lineStart(descriptor: number, position: number): number {
  for (let end = position; end > 0; end = Math.max(0, end - pieceBytes)) {
    const start = Math.max(0, end - pieceBytes)
    const at = bytesAt(descriptor, start, end).lastIndexOf(newline)
    if (at !== -1) return start + at + 1
  }
  return 0
}

function lineEnd(descriptor: number, position: number, sizeBytes: number): number | undefined {
  for (let start = position; start < sizeBytes; start += pieceBytes) {
    const at = bytesAt(descriptor, start, Math.min(sizeBytes, start + pieceBytes)).indexOf(newline)
    if (at !== -1) return start + at
  }
  return undefined
}

function bytesAt(descriptor: number, start: number, end: number): Buffer {
  const bytes = Buffer.allocUnsafe(end - start)
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start))
}
