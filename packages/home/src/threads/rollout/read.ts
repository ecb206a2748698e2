import type { RolloutEntry } from './line.js'

export interface ReadRolloutOptions {
  /** Byte to start at: the start of a line. Default 0. */
  readonly from?: number
  /** Lines longer than this are given as garbage, without being held. Default 256 MiB. */
  readonly maxLineBytes?: number
  /** Ends the work between two lines. */
  readonly signal?: AbortSignal
}

/**
 * Every line of a rollout file, in order, blank ones left out, read in pieces. Never throws for what a line holds.
 *
 * @throws the file system's error when the file cannot be read
 */
export function readRolloutLines(
  _path: string,
  _options: ReadRolloutOptions = {},
): Generator<RolloutEntry, void, void> {
  throw new Error('readRolloutLines is not built yet')
}
