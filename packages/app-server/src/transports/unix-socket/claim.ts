import { chmod, lstat, mkdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { dirname } from 'node:path'
import { besideOf, type SocketPlace } from './socket-place.js'

/** Only the person may look into the folders of a socket, or open it. */
const PRIVATE_FOLDER = 0o700
const PRIVATE_SOCKET = 0o600

/**
 * Makes the place free for a new socket: its folders, and without what a server that was killed has left. Writes to disk.
 *
 * @throws Error when another server answers there, or something else than a socket stands there
 */
export async function makeFree(place: SocketPlace): Promise<void> {
  await mkdir(dirname(place.published), { recursive: true, mode: PRIVATE_FOLDER })
  await refuseStranger(place.published)
  if (await answers(place.published)) {
    throw new Error(`app-server control socket is already in use at ${place.published}`)
  }
  await rm(place.published, { force: true })
  await rm(place.real, { force: true })
}

/**
 * Makes the folder of the real socket, or makes sure that it is ours alone. Writes to disk.
 *
 * @throws Error when somebody else made it: who can write there could put a socket of theirs in our place
 */
export async function makePrivateFolder({ real }: SocketPlace): Promise<void> {
  const folder = dirname(real)
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  const stats = await lstat(folder)
  const { getuid } = process
  if (!stats.isDirectory() || (getuid !== undefined && stats.uid !== getuid())) {
    throw new Error(`the folder for sockets belongs to somebody else: ${folder}`)
  }
  if ((stats.mode & 0o077) !== 0) await chmod(folder, PRIVATE_FOLDER)
}

/** Lets clients find the socket that is now bound. Writes to disk. */
export async function publish({ published, real }: SocketPlace): Promise<void> {
  await chmod(real, PRIVATE_SOCKET)
  const beside = besideOf(published)
  await rm(beside, { force: true })
  await symlink(real, beside)
  await rename(beside, published)
}

/** Takes away the link, if it is still ours. The socket itself goes when its server closes it. Writes to disk. */
export async function withdraw({ published, real }: SocketPlace): Promise<void> {
  const target = await readlink(published).catch(() => undefined)
  if (target === real) await rm(published, { force: true })
  await rm(real, { force: true })
}

async function refuseStranger(published: string): Promise<void> {
  const link = await lstat(published).catch(() => undefined)
  if (link === undefined) return
  const target = await stat(published).catch(() => undefined)
  const isLeftOver = link.isSymbolicLink() && target === undefined
  if (!isLeftOver && target?.isSocket() !== true) {
    throw new Error(`app-server control socket path exists and is not a socket: ${published}`)
  }
}

/** Whether somebody takes connections there. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ path })
    const settle = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'EAGAIN' || error.code === 'EACCES'))
  })
}
