import { closeSync, fchmodSync, fstatSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import type { TreeFile } from './change.js'

/** Holds one file while it is copied: most fit, and nothing is left for the garbage collector. */
const page = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * Writes one file of a tree to `target`, where nothing may be yet. Writes to disk.
 *
 * @param mask the process's, which must not take bits from the file's mode
 * @returns what was written, to be used before the next call
 */
export function writeTreeFile(file: TreeFile, target: string, mask: number): Uint8Array {
  const { bytes, mode } =
    file.content === undefined ? readSource(file) : { bytes: encoded(file.content), mode: file.mode }
  const descriptor = openSync(target, 'wx', mode ?? defaultMode)
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
    if (mode !== undefined && (mode & mask) !== 0) fchmodSync(descriptor, mode)
  } finally {
    closeSync(descriptor)
  }
  return bytes
}

const defaultMode = 0o644

function encoded(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function readSource({ source, mode }: TreeFile): { readonly bytes: Uint8Array; readonly mode: number } {
  if (source === undefined) throw new TypeError('a tree file needs source or content')
  const descriptor = openSync(source, 'r')
  try {
    const stats = fstatSync(descriptor)
    const bytes = stats.size < page.length ? readSmall(descriptor, stats.size) : readFileSync(descriptor)
    return { bytes, mode: mode ?? stats.mode & 0o777 }
  } finally {
    closeSync(descriptor)
  }
}

function readSmall(descriptor: number, size: number): Uint8Array {
  let length = 0
  while (length < page.length) {
    const read = readSync(descriptor, page, length, page.length - length, null)
    length += read
    // Asked for more than its size, a file that gives exactly that has ended.
    if (read === 0 || length === size) return page.subarray(0, length)
  }
  // It has grown meanwhile.
  return Buffer.concat([page, readFileSync(descriptor)])
}
