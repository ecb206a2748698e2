import { lstatSync, readlinkSync } from 'node:fs'
import { digestOf, isMissing, readIfThere } from '../files/digest.js'

/** What stands at a path. Null: nothing. `other`: a pipe, a socket or a device. */
export type Image =
  | null
  | { readonly type: 'file'; readonly digest: string; readonly mode: number }
  | { readonly type: 'folder'; readonly mode: number }
  | { readonly type: 'link'; readonly to: string }
  | { readonly type: 'other' }

/** What stands at `path`, links not followed. Reads the disk. @throws errors of the file system, save that nothing is there */
export function imageAt(path: string): Image {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    if (!stats) return null
    if (stats.isSymbolicLink()) return { type: 'link', to: readlinkSync(path) }
    const mode = stats.mode & 0o7777
    if (stats.isDirectory()) return { type: 'folder', mode }
    const bytes = stats.isFile() ? readIfThere(path) : undefined
    return bytes ? { type: 'file', digest: digestOf(bytes), mode } : { type: 'other' }
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Whether two images hold the same; permission bits do not count. */
export function holdsTheSame(left: Image, right: Image): boolean {
  if (left === null || right === null) return left === right
  if (left.type === 'file') return right.type === 'file' && left.digest === right.digest
  if (left.type === 'link') return right.type === 'link' && left.to === right.to
  return left.type === right.type
}

/** Whether two images are the same, permission bits included. */
export function isTheSame(left: Image, right: Image): boolean {
  return holdsTheSame(left, right) && modeOf(left) === modeOf(right)
}

function modeOf(image: Image): number | undefined {
  return image !== null && 'mode' in image ? image.mode : undefined
}
