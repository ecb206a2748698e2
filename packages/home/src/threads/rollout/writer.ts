import type { RolloutLine } from './line.js'

export interface RolloutWriterOptions {
  /** File time that the finished file gets; default: now. */
  readonly modifiedAt?: Date
  /** Permission bits. Default 0o644 less the process's mask. */
  readonly mode?: number
}

/**
 * Writes a whole new rollout: into a temporary file beside its place, in large pieces, and in place with `commit`.
 * Synchronous; holds at most one piece.
 */
export class RolloutWriter {
  /** Makes the folders and the temporary file. @throws ChangeConflict when there is a file at `path` */
  static create(_path: string, _options: RolloutWriterOptions = {}): RolloutWriter {
    throw new Error('RolloutWriter is not built yet')
  }

  constructor(
    /** Where the file will stand. */
    readonly path: string,
  ) {}

  /** Bytes handed over so far. */
  get sizeBytes(): number {
    throw new Error('RolloutWriter is not built yet')
  }

  writeLine(_line: RolloutLine): void {
    throw new Error('RolloutWriter is not built yet')
  }

  /** Puts the file in its place, with its time. @throws ChangeConflict when another file came there meanwhile */
  commit(): void {
    throw new Error('RolloutWriter is not built yet')
  }

  /** Removes what was written. Does nothing after `commit`. */
  abort(): void {
    throw new Error('RolloutWriter is not built yet')
  }
}
