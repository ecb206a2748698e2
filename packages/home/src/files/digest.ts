import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** SHA-256 in hex. Touches no disk. */
export function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex')
}

/** Bytes of the file that `path` leads to, or undefined when there is none. Reads the disk. Any other fault is thrown. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isMissing(error)) return undefined
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
