import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { NotAFileError } from '../errors.js'

/** SHA-256 in hex. Touches no disk. */
export function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex')
}

/**
 * Bytes of the file that `path` leads to, or undefined when there is none. Reads the disk, and never waits for a pipe.
 *
 * @throws NotAFileError when something else is there; errors of the file system as they are
 */
export function readIfThere(path: string): Buffer | undefined {
  const descriptor = openIfThere(path)
  if (descriptor === undefined) return undefined
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw new NotAFileError(path, stats.isDirectory())
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (isMissing(error)) return undefined
    // What nobody can open: a socket, a device without a driver.
    if (errorCode(error) === 'ENXIO' || errorCode(error) === 'ENODEV') throw new NotAFileError(path, false)
    throw error
  }
}

/** Whether an error of the file system says that nothing is there. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR'
}

/** The `code` of a file system error, such as `EEXIST`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
