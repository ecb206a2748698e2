import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { moveAnywhere } from '../changes/copy-tree.js'
import { digestOf, errorCode, readIfThere } from '../files/digest.js'
import type { LoadedJournal } from './load.js'
import { treeDigests, wasMade } from './made.js'
import { replacedFolder } from './record.js'
import type { OpenReport } from './report.js'

/** Takes away the files of a copied tree that are as the import left them, and brings back what the tree replaced. Writes to disk. */
export function reverseTree(journal: LoadedJournal, index: number, report: OpenReport): void {
  const change = journal.begin.changes[index]
  if (!change) return
  const { target } = change
  const replaced = join(journal.folder, replacedFolder, String(index))
  const hasReplaced = isThere(replaced)
  if (!hasReplaced && (change.replaces || !wasMade(journal, index))) return

  if (!hasReplaced && !isThere(target)) return

  const keptBefore = report.kept.length
  removeOurs(target, treeDigests(journal, index), report)
  const isGone = !isThere(target)
  if (!hasReplaced) {
    if (isGone) report.removed.push(target)
    return
  }
  if (isGone && report.kept.length === keptBefore) {
    moveAnywhere(replaced, target)
    report.restored.push(target)
  } else report.kept.push({ path: target, reason: `it was changed since; what was there before is in ${replaced}` })
}

/** Depth first, so that folders that are empty in the end go too. A folder that the import did not fill holds a file of somebody else. */
function removeOurs(path: string, digests: ReadonlyMap<string, string>, report: OpenReport): void {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (stats.isDirectory()) {
    for (const name of readdirSync(path)) removeOurs(join(path, name), digests, report)
    removeFolder(path)
    return
  }
  const now = stats.isFile() ? readIfThere(path) : undefined
  if (now && digests.get(path) === digestOf(now)) rmSync(path)
  else report.kept.push({ path, reason: digests.has(path) ? 'it was changed since' : 'it was added since' })
}

function removeFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch (error) {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
