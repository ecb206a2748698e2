import { linkSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ChangeConflict, HomeError } from '../errors.js'
import { errorCode } from '../files/digest.js'
import type { HomeLayout } from '../layout.js'
import { dayFolder, parseRolloutName } from './rollout/name.js'

/**
 * Moves a rollout flat into `archived_sessions`. Gives the new path. Writes to disk.
 *
 * @throws ChangeConflict when one of that name is there
 */
export function archiveThread(layout: HomeLayout, path: string): string {
  const target = join(layout.archivedSessionsDir, basename(path))
  moveFile(path, target)
  return target
}

/**
 * Moves an archived rollout back into the folder of its day; its file time becomes now. Gives the new path. Writes to disk.
 *
 * @throws ChangeConflict when one of that name is there
 * @throws HomeError `NOT_A_THREAD` when its name does not tell its day
 */
export function unarchiveThread(layout: HomeLayout, path: string): string {
  const name = parseRolloutName(path)
  if (!name) throw new HomeError('NOT_A_THREAD', `${path} is no rollout: its name has no day`)
  const target = join(dayFolder(layout, name.startedAt), basename(path))
  moveFile(path, target)
  const now = new Date()
  utimesSync(target, now, now)
  return target
}

/** Removes a rollout. Does nothing when it is gone. Writes to disk. */
export function deleteThread(path: string): void {
  rmSync(path, { force: true })
}

/** Moves a file. Never replaces one that is there: the new name is made first, and fails when it is taken. Makes folders. Writes to disk. @throws ChangeConflict */
export function moveFile(path: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  try {
    linkSync(path, target)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EEXIST') throw new ChangeConflict(target, 'there is a file now', { cause: error })
    if (code === 'ENOENT') throw error
    renameSync(path, target)
    return
  }
  rmSync(path)
}
