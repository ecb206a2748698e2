import { lstatSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asidePath, moveAnywhere, stagePath } from '../changes/copy-tree.js'
import { temporaryPath } from '../files/write-atomic.js'
import type { LoadedJournal } from './load.js'
import { replacedFolder } from './record.js'

/** Removes what a crash left half made, and puts back what was moved aside. Writes to disk. May be called twice. */
export function clearUp(journal: LoadedJournal): void {
  for (const [index, { type, target, stageId }] of journal.begin.changes.entries()) {
    if (type !== 'copyTree') {
      rmSync(temporaryPath(target, stageId), { force: true })
      continue
    }
    const aside = asidePath(target, stageId)
    if (isThere(aside)) {
      if (isThere(target)) moveAnywhere(aside, join(journal.folder, replacedFolder, String(index)))
      else renameSync(aside, target)
    }
    rmSync(stagePath(target, stageId), { recursive: true, force: true })
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
