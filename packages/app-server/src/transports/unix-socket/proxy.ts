import { once } from 'node:events'
import { createConnection } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Milliseconds that the server may take to say goodbye once the input has ended. */
const GOODBYE_MS = 500

/**
 * Carries bytes between a pair of streams and the Unix socket at `path`, unread, until one side ends.
 *
 * @throws Error when nobody listens there
 */
export async function proxyToSocket(path: string, input: Readable, output: Writable): Promise<void> {
  const socket = createConnection({ path })
  try {
    await once(socket, 'connect')
  } catch (cause) {
    throw new Error(`failed to connect to socket at ${path}`, { cause })
  }
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  // What breaks off on either side ends the whole; there is nobody to tell.
  const down = pipeline(socket, output, { end: false }).catch(() => {})
  const up = pipeline(input, socket).catch(() => {})
  void up.then(() => setTimeout(() => socket.destroy(), GOODBYE_MS).unref())
  await closed
  await down
  input.destroy()
}
