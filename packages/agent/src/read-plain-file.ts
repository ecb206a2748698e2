import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The bytes of a file that somebody names. What has no end or waits for a writer (devices, pipes) is refused, and does not hold
 * the reader up.
 *
 * @throws Error `it is no file`, `it has … bytes, more than …`, or the file system's
 */
export async function readPlainFile(path: string, maxBytes: number): Promise<Buffer> {
  // Opening a pipe would wait for its writer.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = await file.stat()
    if (stats.isDirectory()) throw new Error('it is a folder')
    if (!stats.isFile()) throw new Error('it is no file')
    if (stats.size > maxBytes) throw new Error(`it has ${stats.size} bytes, more than ${maxBytes}`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
