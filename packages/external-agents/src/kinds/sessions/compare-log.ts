import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** What has become of a log since it came over. `fromByte`: where its new part begins. */
export type LogChange =
  | { readonly type: 'same' }
  | { readonly type: 'grown'; readonly fromByte: number }
  | { readonly type: 'rewritten' }

/** The log as it was. */
export interface KnownLog {
  /** Hex, of the whole log. */
  readonly sha256: string
  /** Its size, where that is known. */
  readonly bytes?: number
}

const pieceBytes = 256 * 1024
const newline = 0x0a
/** Milliseconds after which others get a turn. */
const sliceMs = 4

/** Whether the log at `path` still begins with what it was. Reads it once. @throws the file system's error; the signal's reason */
export async function compareLog(path: string, known: KnownLog, signal?: AbortSignal): Promise<LogChange> {
  const descriptor = openSync(path, 'r')
  try {
    const sizeBytes = fstatSync(descriptor).size
    if (known.bytes !== undefined && sizeBytes < known.bytes) return { type: 'rewritten' }
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafe(pieceBytes)
    const until = known.bytes ?? sizeBytes
    let foundAt: number | undefined
    let sliceStarted = performance.now()
    for (let position = 0; position < until; ) {
      const count = readSync(descriptor, buffer, 0, Math.min(buffer.length, until - position), position)
      if (count === 0) break
      const piece = buffer.subarray(0, count)
      if (known.bytes === undefined) foundAt = hashedByLine(hash, piece, position, known.sha256) ?? foundAt
      else hash.update(piece)
      position += count
      if (performance.now() - sliceStarted < sliceMs) continue
      signal?.throwIfAborted()
      await nextTurn()
      sliceStarted = performance.now()
    }
    if (hash.digest('hex') === known.sha256) {
      return until === sizeBytes ? { type: 'same' } : { type: 'grown', fromByte: until }
    }
    return foundAt === undefined ? { type: 'rewritten' } : { type: 'grown', fromByte: foundAt }
  } finally {
    closeSync(descriptor)
  }
}

/** Adds `piece` line by line. Gives the end of the line up to which the log has the wanted digest. */
function hashedByLine(
  hash: ReturnType<typeof createHash>,
  piece: Buffer,
  position: number,
  wanted: string,
): number | undefined {
  let from = 0
  let foundAt: number | undefined
  for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, from)) {
    hash.update(piece.subarray(from, at))
    // A log may have been read before its last line had an end.
    if (hash.copy().digest('hex') === wanted) foundAt = position + at + 1
    hash.update(piece.subarray(at, at + 1))
    if (hash.copy().digest('hex') === wanted) foundAt = position + at + 1
    from = at + 1
  }
  hash.update(piece.subarray(from))
  return foundAt
}
