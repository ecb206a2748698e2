import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
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

/** A whole rollout that is not in its place yet. */
export interface SealedRollout {
  readonly temporary: string
  /** Where it will stand. */
  readonly path: string
  readonly sizeBytes: number
}

/** One write. Smaller ones cost a call each, larger ones only memory. */
const pieceBytes = 256 * 1024

/** Names of temporary files: unique in this thread, and this thread among all. */
const stageOfProcess = randomBytes(6).toString('hex')
let stages = 0

/** Buffers of closed writers, for the next ones: a new one costs more than a small thread. */
const spareBuffers: Buffer[] = []
const mostSpareBuffers = 2

/**
 * Writes a whole new rollout: into a temporary file beside its place, in large pieces, and in place with `commit`.
 * Synchronous; holds one piece, and the line that is being written.
 */
export class RolloutWriter {
  readonly #options: RolloutWriterOptions
  readonly #temporary: string
  readonly #buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
  #descriptor: number | undefined
  #filled = 0
  #sizeBytes = 0
  /** The temporary file. */
  #isGone = false

  /** Makes the folders and the temporary file. @throws the file system's error when it cannot */
  static create(path: string, options: RolloutWriterOptions = {}): RolloutWriter {
    try {
      return new RolloutWriter(path, options)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      mkdirSync(dirname(path), { recursive: true })
      return new RolloutWriter(path, options)
    }
  }

  private constructor(
    /** Where the file will stand. */
    readonly path: string,
    options: RolloutWriterOptions,
  ) {
    this.#options = options
    this.#temporary = temporaryPath(path, `${stageOfProcess}-${++stages}`)
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
    try {
      putRollout(this.seal())
      this.#isGone = true
    } finally {
      this.abort()
    }
    if (this.#options.durable) syncFolder(dirname(this.path))
  }

  /** Ends the temporary file, which is whole then and has its time, so that anybody can put it in its place. */
  seal(): SealedRollout {
    const descriptor = this.#open()
    this.#flush(descriptor)
    if (this.#options.mode !== undefined) fchmodSync(descriptor, this.#options.mode)
    const { modifiedAt } = this.#options
    if (modifiedAt) futimesSync(descriptor, modifiedAt, modifiedAt)
    if (this.#options.durable) fsyncSync(descriptor)
    this.#close()
    return { temporary: this.#temporary, path: this.path, sizeBytes: this.#sizeBytes }
  }

  /** Removes what was written. Does nothing after `commit`. */
  abort(): void {
    this.#close()
    if (this.#isGone) return
    this.#isGone = true
    discardRollout(this.#temporary)
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
    if (this.#descriptor === undefined) return
    closeSync(this.#descriptor)
    this.#descriptor = undefined
    if (spareBuffers.length < mostSpareBuffers) spareBuffers.push(this.#buffer)
  }
}

function writeWhole(descriptor: number, bytes: Buffer, length: number): void {
  for (let done = 0; done < length; ) done += writeSync(descriptor, bytes, done, length - done)
}

/**
 * Puts a sealed rollout in its place. Unlike a rename, a link never replaces a file that came in the meantime; where the
 * file system knows no links, there is a look before the rename.
 *
 * @throws ChangeConflict when there is a file already
 */
export function putRollout({ temporary, path }: SealedRollout): void {
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || existsSync(path)) {
      throw new ChangeConflict(path, 'there is a file now', { cause: error })
    }
    renameSync(temporary, path)
    return
  }
  discardRollout(temporary)
}

/** Removes a temporary file; does nothing when it is gone. */
export function discardRollout(temporary: string): void {
  try {
    unlinkSync(temporary)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
