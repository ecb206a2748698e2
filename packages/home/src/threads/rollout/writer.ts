import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  futimesSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { ChangeConflict } from '../../errors.js'
import { errorCode } from '../../files/digest.js'
import { syncFolder, temporaryPath } from '../../files/write-atomic.js'
import { formatRolloutLine } from './format-line.js'
import type { RolloutLine } from './line.js'

export interface RolloutWriterOptions {
  /** File time that the finished file gets; default: now. */
  readonly modifiedAt?: Date
  /** Permission bits. Default 0o644 less the process's mask. */
  readonly mode?: number
  /** Wait in `commit` until the file is on the disk itself. Default false. */
  readonly durable?: boolean
}

/** One write. Smaller ones cost a call each, larger ones only memory. */
const pieceBytes = 256 * 1024

/**
 * Writes a whole new rollout: into a temporary file beside its place, in large pieces, and in place with `commit`.
 * Synchronous; holds one piece, and the line that is being written.
 */
export class RolloutWriter {
  readonly #options: RolloutWriterOptions
  readonly #temporary: string
  readonly #buffer = Buffer.allocUnsafe(pieceBytes)
  #descriptor: number | undefined
  #filled = 0
  #sizeBytes = 0
  /** The temporary file. */
  #isGone = false

  /** Makes the folders and the temporary file. @throws the file system's error when it cannot */
  static create(path: string, options: RolloutWriterOptions = {}): RolloutWriter {
    mkdirSync(dirname(path), { recursive: true })
    return new RolloutWriter(path, options)
  }

  private constructor(
    /** Where the file will stand. */
    readonly path: string,
    options: RolloutWriterOptions,
  ) {
    this.#options = options
    this.#temporary = temporaryPath(path, randomBytes(6).toString('hex'))
    this.#descriptor = openSync(this.#temporary, 'wx', 0o644)
  }

  /** Bytes handed over so far. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** @throws Error after `commit` or `abort` */
  writeLine(line: RolloutLine): void {
    const text = formatRolloutLine(line)
    const descriptor = this.#open()
    // A character takes three bytes at most, so this line is sure to fit.
    if (text.length * 3 <= pieceBytes - this.#filled) {
      const written = this.#buffer.write(text, this.#filled)
      this.#filled += written
      this.#sizeBytes += written
      return
    }
    this.#flush(descriptor)
    const bytes = Buffer.from(text)
    this.#sizeBytes += bytes.length
    if (bytes.length > pieceBytes) writeWhole(descriptor, bytes, bytes.length)
    else this.#filled = bytes.copy(this.#buffer)
  }

  /** Puts the file in its place, with its time. @throws ChangeConflict when there is a file already */
  commit(): void {
    const descriptor = this.#open()
    try {
      this.#flush(descriptor)
      if (this.#options.mode !== undefined) fchmodSync(descriptor, this.#options.mode)
      const { modifiedAt } = this.#options
      if (modifiedAt) futimesSync(descriptor, modifiedAt, modifiedAt)
      if (this.#options.durable) fsyncSync(descriptor)
      this.#close()
      putNew(this.#temporary, this.path)
    } finally {
      this.abort()
    }
    if (this.#options.durable) syncFolder(dirname(this.path))
  }

  /** Removes what was written. Does nothing after `commit`. */
  abort(): void {
    this.#close()
    if (this.#isGone) return
    this.#isGone = true
    try {
      unlinkSync(this.#temporary)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
    }
  }

  #open(): number {
    if (this.#descriptor === undefined) throw new Error(`the writer of ${this.path} is closed`)
    return this.#descriptor
  }

  #flush(descriptor: number): void {
    writeWhole(descriptor, this.#buffer, this.#filled)
    this.#filled = 0
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
  }
}

function writeWhole(descriptor: number, bytes: Buffer, length: number): void {
  for (let done = 0; done < length; ) done += writeSync(descriptor, bytes, done, length - done)
}

/** Unlike a rename, a link never replaces a file that is there. */
function putNew(temporary: string, target: string): void {
  try {
    linkSync(temporary, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new ChangeConflict(target, 'there is a file now', { cause: error })
    renameSync(temporary, target)
  }
}
