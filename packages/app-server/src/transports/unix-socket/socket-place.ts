import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Where a Unix socket is known to clients, and where it really is. Absolute paths. */
export interface SocketPlace {
  /** What clients open: a link to the socket. */
  readonly published: string
  /** The socket itself: short, because the system takes no long ones. */
  readonly real: string
  /** Held while a server looks whether the place is free, and takes it. */
  readonly lock: string
}

/** Bytes of a socket's path that every system takes: macOS has 104 with the end, Linux 108. */
const MAX_PATH_BYTES = 103

/** The control socket of a Codex home. Source: reference 0.169.0. */
export function controlSocketOf(codexHome: string): string {
  return join(codexHome, 'app-server-control', 'app-server-control.sock')
}

/**
 * Where a socket that is published at `published` is put: in a folder of this user in the system's temporary folder,
 * under the SHA-256 of its published path. Touches no disk.
 *
 * @throws Error when the temporary folder's own path leaves no room
 */
export function socketPlace(published: string, temporaryFolder = tmpdir()): SocketPlace {
  const digest = createHash('sha256').update(published).digest('hex')
  const folder = join(temporaryFolder, `gangway-${userInfo().uid}`)
  for (const length of [digest.length, digest.length / 2]) {
    const real = join(folder, digest.slice(0, length))
    if (Buffer.byteLength(real) <= MAX_PATH_BYTES) return { published, real, lock: `${real}.lock` }
  }
  throw new Error(`no socket fits into the temporary folder ${temporaryFolder}: its path is too long`)
}

/** A name beside `path` that nobody else uses, for what is then renamed to it. */
export function besideOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}`)
}
