import { closeSync, fstatSync, openSync } from 'node:fs'
import { linesBackwards } from './file-tail.js'
import type { RolloutEntry, RolloutLine } from './line.js'
import { isBlank, parseRolloutLine, peekTypes } from './parse-line.js'
import { scanLines } from './scan-lines.js'

export interface ReadRolloutOptions {
  /** Byte to start at: the start of a line. Default 0. */
  readonly from?: number
  /** Byte to stop before. Default: the end of the file. */
  readonly until?: number
  /** Lines longer than this are given as garbage, without being held. Default 256 MiB. */
  readonly maxLineBytes?: number
  /** Ends the work between two lines. */
  readonly signal?: AbortSignal
  /** Lines whose types can be seen at their beginning, and are not wanted, are neither parsed nor given. Default: all are wanted. */
  readonly wants?: (type: string, payloadType: string | undefined) => boolean
}

/**
 * Every line of a rollout file, in order, blank ones left out, read in pieces. Never throws for what a line holds.
 *
 * @throws the file system's error when the file cannot be read
 */
export function* readRolloutLines(path: string, options: ReadRolloutOptions = {}): Generator<RolloutEntry, void, void> {
  for (const raw of scanLines(path, options)) {
    options.signal?.throwIfAborted()
    if (isBlank(raw)) continue
    if (options.wants && !raw.isTooLong) {
      const types = peekTypes(raw)
      if (types && !options.wants(types.type, types.payloadType)) continue
    }
    yield { line: parseRolloutLine(raw), start: raw.start, end: raw.end, isOpen: raw.isOpen }
  }
}

/**
 * The understood lines of a rollout file, last first, read in pieces.
 *
 * @throws the file system's error when the file cannot be read
 */
export function* readRolloutBackwards(path: string): Generator<RolloutLine, void, void> {
  const descriptor = openSync(path, 'r')
  try {
    yield* linesBackwards(descriptor, fstatSync(descriptor).size)
  } finally {
    closeSync(descriptor)
  }
}
