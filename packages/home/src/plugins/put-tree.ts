import { randomBytes } from 'node:crypto'
import { lstatSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { applyChange } from '../changes/apply.js'
import type { Change } from '../changes/change.js'
import type { HomeLayout } from '../layout.js'

/** Makes a folder in place of what is there, which is gone then, or still there if it fails. Writes to disk. */
export async function putTree(layout: HomeLayout, change: Change): Promise<void> {
  const aside = join(dirname(change.path), `.gangway-old-${randomBytes(6).toString('hex')}`)
  const isThere = lstatSync(change.path, { throwIfNoEntry: false }) !== undefined
  if (isThere) renameSync(change.path, aside)
  try {
    await apply(layout, change)
  } catch (error) {
    if (isThere) renameSync(aside, change.path)
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
}

/** Makes one change in the home, without a record. Writes to disk. */
export function apply(layout: HomeLayout, change: Change): Promise<void> {
  return applyChange(change, { roots: [{ path: layout.root, linksMayLeave: true }], locksDir: layout.locksDir })
}
