import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBlank } from '../data/utf8.js'
import { ChangeConflict, NotAFileError } from '../errors.js'
import { digestOf, readIfThere } from '../files/digest.js'
import { throughLinks } from '../files/write-atomic.js'
import type { Change, CopyTree, TreeFile, WriteFile } from './change.js'
import { mergedText } from './merge.js'

/** What a change would leave in one file. */
export interface FileImage {
  readonly path: string
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array | undefined
}

/**
 * Makes changes in memory over what is on the disk, so that each sees what the earlier ones would have done.
 *
 * Reads each file at most once, and writes nothing.
 */
export class Overlay {
  /** Files as they would be; undefined: gone. */
  readonly #files = new Map<string, Uint8Array | undefined>()
  /** What is known of the places of trees. */
  readonly #trees = new Map<string, boolean>()

  /** Bytes of a file as it would be now; undefined when there is none. @throws ChangeConflict when it is a folder */
  read(path: string): Uint8Array | undefined {
    const target = throughLinks(path)
    if (!this.#files.has(target)) this.#files.set(target, readFileAt(target))
    return this.#files.get(target)
  }

  /** Whether a tree would find something at `path`. Looks once. */
  isThere(path: string): boolean {
    const known = this.#trees.get(path) ?? lstatSync(path, { throwIfNoEntry: false }) !== undefined
    this.#trees.set(path, known)
    return known
  }

  /**
   * The files that `change` would write, in its order.
   *
   * @param withTrees false: leaves out the contents of copied trees, which may be large
   * @throws ChangeConflict and errors of the editors, as applying would
   */
  make(change: Change, withTrees = true): FileImage[] {
    if (change.type === 'copyTree') return this.#makeTree(change, withTrees)
    const before = this.read(change.path)
    const after = change.type === 'writeFile' ? written(change, before) : Buffer.from(mergedText(change, before))
    this.#files.set(throughLinks(change.path), after)
    return [{ path: change.path, before, after }]
  }

  #makeTree(change: CopyTree, withTrees: boolean): FileImage[] {
    const isThere = this.isThere(change.path)
    if (isThere && !change.replace) throw new ChangeConflict(change.path, 'there is something now')
    this.#trees.set(change.path, true)
    if (!withTrees) return []
    const before = new Map(isThere ? filesBelow(change.path).map((path) => [path, this.#readOld(path)]) : [])
    const images = change.files.map((file) => {
      const path = join(change.path, ...file.relativePath.split('/'))
      const image = { path, before: before.get(path), after: bytesOf(file) }
      before.delete(path)
      this.#files.set(path, image.after)
      return image
    })
    for (const path of before.keys()) this.#files.set(path, undefined)
    return [...images, ...[...before].map(([path, bytes]) => ({ path, before: bytes, after: undefined }))]
  }

  #readOld(path: string): Uint8Array | undefined {
    return this.#files.has(path) ? this.#files.get(path) : readIfThere(path)
  }
}

/** What a file of a tree will hold. Reads the disk when it is copied. */
function bytesOf({ content, source }: TreeFile): Uint8Array {
  if (content !== undefined) return typeof content === 'string' ? Buffer.from(content) : content
  if (source === undefined) throw new TypeError('a tree file needs source or content')
  return readFileSync(source)
}

/** What a whole-file write leaves. @throws ChangeConflict when the file is not the one that it may replace */
export function written({ path, content, replaces }: WriteFile, before: Uint8Array | undefined): Uint8Array {
  if (replaces === undefined && before && !isBlank(before)) throw new ChangeConflict(path, 'there is a file now')
  if (replaces !== undefined && !before) throw new ChangeConflict(path, 'the file is gone')
  if (replaces !== undefined && before && digestOf(before) !== replaces)
    throw new ChangeConflict(path, 'its content is another')
  return typeof content === 'string' ? Buffer.from(content) : content
}

/** Bytes of a file, undefined when there is none. Reads the disk. @throws ChangeConflict when it is a folder */
export function readFileAt(target: string): Uint8Array | undefined {
  try {
    return readIfThere(target)
  } catch (error) {
    if (error instanceof NotAFileError && error.isFolder)
      throw new ChangeConflict(target, 'it is a folder', { cause: error })
    throw error
  }
}

function filesBelow(path: string): string[] {
  if (!lstatSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
