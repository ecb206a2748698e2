import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { ChangeConflict } from '../errors.js'
import { digestOf, errorCode, isMissing, readIfThere } from './digest.js'

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits. Default: those of the file that is there, else 0o644 less the process's mask. */
  readonly mode?: number
  /** Wait until it is on the disk itself. Default false. */
  readonly durable?: boolean
  /** SHA-256 (hex) that the file must have when it is replaced; null: there must be none. Absent: whatever is there. */
  readonly expected?: string | null
  /** Part of the temporary file's name. Default: random. */
  readonly stageId?: string
}

const defaultMode = 0o644
/** As many links as Linux follows before it gives up. */
const maxLinks = 40

/**
 * Replaces the file at `path` whole or not at all (temporary file beside it, then rename). Makes parent folders, writes
 * through a link, keeps the mode. Synchronous.
 *
 * @throws ChangeConflict when the file is not the `expected` one
 */
export function writeFileAtomic(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const target = throughLinks(path)
  const before = statIfThere(target)
  if (before?.isDirectory()) throw new ChangeConflict(path, 'it is a folder')
  checkExpected(target, options.expected)

  mkdirSync(dirname(target), { recursive: true })
  const temporary = temporaryPath(target, options.stageId ?? randomBytes(6).toString('hex'))
  try {
    writeWhole(temporary, content, before, options)
    checkExpected(target, options.expected)
    if (options.expected === null) putNew(temporary, target)
    else renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  if (options.durable) syncFolder(dirname(target))
}

/** Where the half-written file stands until its rename. Recovery looks for the same name. */
export function temporaryPath(target: string, stageId: string): string {
  return join(dirname(target), `.${basename(target).slice(0, 80)}.gangway-${stageId}.tmp`)
}

/** The path that a chain of links at `path` ends at, there or not. Links of parent folders stay as written. Reads the disk. */
export function throughLinks(path: string): string {
  let current = path
  for (let links = 0; links < maxLinks; links++) {
    if (!lstatSync(current, { throwIfNoEntry: false })?.isSymbolicLink()) return current
    current = resolve(dirname(current), readlinkSync(current))
  }
  throw new ChangeConflict(path, `more than ${maxLinks} links in a row`)
}

/** Waits until the names in a folder are on the disk. Does nothing where the system cannot. */
export function syncFolder(folder: string): void {
  let descriptor: number
  try {
    descriptor = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(descriptor)
  } catch {
    // Windows and some network drives refuse; the rename stands all the same.
  } finally {
    closeSync(descriptor)
  }
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function checkExpected(target: string, expected: string | null | undefined): void {
  if (expected === undefined) return
  const now = readIfThere(target)
  if (expected === null && now) throw new ChangeConflict(target, 'there is a file now')
  if (expected !== null && !now) throw new ChangeConflict(target, 'the file is gone')
  if (expected !== null && now && digestOf(now) !== expected) throw new ChangeConflict(target, 'its content is another')
}

function writeWhole(
  path: string,
  content: string | Uint8Array,
  before: Stats | undefined,
  options: WriteOptions,
): void {
  const mode = options.mode ?? (before ? before.mode & 0o7777 : undefined)
  const descriptor = openSync(path, 'wx', mode === undefined ? defaultMode : 0o600)
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
    if (before) keepOwner(path, before)
    if (mode !== undefined) fchmodSync(descriptor, mode)
    if (options.durable) fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A file of another owner stays theirs, where we may do that at all. */
function keepOwner(path: string, before: Stats): void {
  if (process.getuid === undefined || (before.uid === process.getuid() && before.gid === process.getgid?.())) return
  try {
    chownSync(path, before.uid, before.gid)
  } catch {
    // Only root may give files away.
  }
}

/** Unlike a rename, a link never replaces a file that came in the meantime. */
function putNew(temporary: string, target: string): void {
  try {
    linkSync(temporary, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw new ChangeConflict(target, 'there is a file now', { cause: error })
    renameSync(temporary, target)
    return
  }
  rmSync(temporary, { force: true })
}
