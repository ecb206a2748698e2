import { copyFile, cp, lstat, readlink, realpath, stat, symlink } from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { invalidRequest } from '../refusals.js'

/**
 * Copies a file, a link as a link, or with `recursive` a folder with all that is in it.
 *
 * Source: reference 0.169.0, both refusals and what becomes of links.
 *
 * @throws RpcError for a folder without `recursive`, and for one that would be copied into itself; system errors
 */
export async function copyPath(source: string, destination: string, recursive: boolean): Promise<void> {
  const stats = await lstat(source)
  if (stats.isSymbolicLink()) return symlink(await readlink(source), destination)
  if (!stats.isDirectory()) return copyFile(source, destination)
  if (!recursive) throw invalidRequest('fs/copy requires recursive: true when sourcePath is a directory')
  await refuseOwnDescendant(source, destination)
  const there = await stat(destination).catch(() => undefined)
  if (there !== undefined && !there.isDirectory()) {
    throw new RpcError(rpcCodes.internalError, 'File exists (os error 17)')
  }
  await cp(source, destination, { recursive: true, verbatimSymlinks: true })
}

async function refuseOwnDescendant(source: string, destination: string): Promise<void> {
  const from = await realpath(source)
  const to = await realPathOf(destination)
  if (to === from || to.startsWith(from + sep)) {
    throw invalidRequest('fs/copy cannot copy a directory to itself or one of its descendants')
  }
}

/** The path without links, of what is not there yet too. */
async function realPathOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined)
  if (real !== undefined || dirname(path) === path) return real ?? path
  return join(await realPathOf(dirname(path)), basename(path))
}
