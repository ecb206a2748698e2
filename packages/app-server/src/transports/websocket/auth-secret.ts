import { readFile } from 'node:fs/promises'

/**
 * Reads a file with a secret; spaces and line ends around it do not count.
 *
 * @throws Error naming the file when it cannot be read or has nothing in it
 */
export async function readAuthSecret(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const cause = error instanceof Error ? error.message : String(error)
    throw new Error(`failed to read websocket auth secret ${path}: ${cause}`, { cause: error })
  })
  const secret = text.trim()
  if (secret === '') throw new Error(`websocket auth secret ${path} must not be empty`)
  return secret
}
