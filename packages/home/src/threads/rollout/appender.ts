import type { RolloutLine } from './line.js'

/** A line to append. Its ordinal is given by the appender when the file has ordinals. */
export type AppendedLine = Omit<RolloutLine, 'ordinal'>

export interface RolloutAppenderOptions {
  /** Wait until each append is on the disk itself. Default false. */
  readonly durable?: boolean
}

/**
 * Appends lines to a rollout that is there, so that a crash loses the unfinished line at most.
 *
 * A last line that a crash cut short stays as it is: the next line starts behind it on a line of its own. In a file with
 * ordinals the appended lines carry on with theirs. One appender a file at a time.
 */
export class RolloutAppender {
  /** Looks at the end of the file. @throws the file system's error when there is none */
  static open(_path: string, _options: RolloutAppenderOptions = {}): RolloutAppender {
    throw new Error('RolloutAppender is not built yet')
  }

  /** Appends `lines` with one write. Synchronous. */
  append(_lines: readonly AppendedLine[]): void {
    throw new Error('RolloutAppender is not built yet')
  }

  /** Idempotent. */
  close(): void {
    throw new Error('RolloutAppender is not built yet')
  }
}
