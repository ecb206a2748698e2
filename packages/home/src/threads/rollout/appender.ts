import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { linesBackwards, tailOf } from './file-tail.js'
import { formatRolloutLine } from './format-line.js'
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
 * ordinals the appended lines carry on with theirs. Each append looks at the end of the file anew, so that what another
 * program appended in between is not spoilt; two programs that append at the same moment need a lock around them.
 */
export class RolloutAppender {
  readonly #durable: boolean
  #descriptor: number | undefined
  /** Size of the file after the last look, and what the next ordinal would be then; undefined: no ordinals. */
  #knownBytes = -1
  #nextOrdinal: number | undefined

  /** Looks at the end of the file. @throws the file system's error when there is none */
  static open(path: string, options: RolloutAppenderOptions = {}): RolloutAppender {
    return new RolloutAppender(path, options)
  }

  private constructor(
    readonly path: string,
    { durable = false }: RolloutAppenderOptions,
  ) {
    this.#durable = durable
    // Not `a+`, which would make the file anew when it is gone.
    this.#descriptor = openSync(path, constants.O_RDWR | constants.O_APPEND)
  }

  /** Appends all of `lines`, with one write, or none. Synchronous. @throws the file system's error; Error after `close` */
  append(lines: readonly AppendedLine[]): void {
    if (this.#descriptor === undefined) throw new Error(`the appender of ${this.path} is closed`)
    if (lines.length === 0) return
    this.#follow(this.#descriptor)
    const { sizeBytes, endsInsideLine } = tailOf(this.#descriptor)
    if (sizeBytes !== this.#knownBytes) this.#nextOrdinal = ordinalAfter(this.#descriptor, sizeBytes)

    const text = lines.map((line) => this.#format(line)).join('')
    const bytes = Buffer.from(endsInsideLine ? `\n${text}` : text)
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done)
    } catch (error) {
      // Whoever tries again must not find some of the lines there already.
      ftruncateSync(this.#descriptor, sizeBytes)
      this.#knownBytes = -1
      throw error
    }
    this.#knownBytes = sizeBytes + bytes.length
    if (this.#durable) fsyncSync(this.#descriptor)
  }

  /** Idempotent. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  /** What is written into a file that was removed is gone. Another one in its place is gone on with. */
  #follow(descriptor: number): void {
    if (fstatSync(descriptor).nlink > 0) return
    const found = openSync(this.path, constants.O_RDWR | constants.O_APPEND)
    closeSync(descriptor)
    this.#descriptor = found
    this.#knownBytes = -1
  }

  #format({ timestamp, type, payload }: AppendedLine): string {
    if (this.#nextOrdinal === undefined) return formatRolloutLine({ timestamp, type, payload })
    return formatRolloutLine({ timestamp, ordinal: this.#nextOrdinal++, type, payload })
  }
}

/** The last understood line decides. A file whose first line has an ordinal has them throughout. */
function ordinalAfter(descriptor: number, sizeBytes: number): number | undefined {
  for (const line of linesBackwards(descriptor, sizeBytes)) {
    if (line.ordinal !== undefined) return line.ordinal + 1
    if (!startsWithOrdinal(descriptor)) return undefined
  }
  return undefined
}

function startsWithOrdinal(descriptor: number): boolean {
  const head = Buffer.alloc(120)
  const count = readSync(descriptor, head, 0, head.length, 0)
  return /^\uFEFF?\{"timestamp":"[^"]*","ordinal":\d/.test(head.toString('utf8', 0, count))
}
