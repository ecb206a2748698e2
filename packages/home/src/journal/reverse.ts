import { appendFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { lockPathOf } from '../changes/apply.js'
import { HomeError } from '../errors.js'
import { errorCode } from '../files/digest.js'
import { withLock } from '../files/lock.js'
import { isRunning } from '../files/process-identity.js'
import type { HomeLayout } from '../layout.js'
import { clearUp } from './clear-up.js'
import { journalFolder } from './folder.js'
import { type LoadedJournal, loadJournal } from './load.js'
import { linesFile } from './record.js'
import type { OpenReport, ReversalReport } from './report.js'
import { reverseFile } from './reverse-file.js'
import { reverseTree } from './reverse-tree.js'
import { hasImportedThreads, reverseThreads } from './threads.js'

/**
 * Undoes an import, finished or not: what nobody touched since is byte for byte as before, the rest is kept and named.
 * Threads that it made are archived.
 * May be called twice. Writes to disk; takes the lock of every file it restores.
 *
 * @throws HomeError `JOURNAL` when there is no such journal, it is damaged, or the import still runs in another process
 */
export async function reverseImport(layout: HomeLayout, importId: string): Promise<ReversalReport> {
  const folder = journalFolder(layout, importId)
  const journal = loadJournal(folder)
  const report: OpenReport = { restored: [], removed: [], kept: [] }
  if (!journal && !hasImportedThreads(folder)) {
    throw new HomeError('JOURNAL', `there is no journal of import ${importId}`)
  }
  if (!journal) {
    reverseThreads(layout, folder, report)
    return { importId, ...report }
  }
  if (
    journal.state === 'interrupted' &&
    journal.begin.process.pid !== process.pid &&
    isRunning(journal.begin.process)
  ) {
    throw new HomeError('JOURNAL', `import ${importId} still runs in process ${journal.begin.process.pid}`)
  }
  reverseThreads(layout, folder, report)
  clearUp(journal)
  for (let index = journal.begin.changes.length - 1; index >= 0; index--) {
    if (journal.begin.changes[index]?.type === 'copyTree') reverseTree(journal, index, report)
  }
  for (const file of journal.begin.files.toReversed()) {
    await withLock(lockPathOf(layout.locksDir, file.target), () => reverseFile(journal, file, report))
  }
  removeEmptyFolders(journal)
  appendFileSync(join(folder, linesFile), `${JSON.stringify({ type: 'reversed', atMs: Date.now() })}\n`)
  return { importId, ...report }
}

/** The folders that the import made go when nothing is left in them. */
function removeEmptyFolders({ begin }: LoadedJournal): void {
  for (const folder of begin.missingFolders) {
    try {
      rmdirSync(folder)
    } catch (error) {
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EBUSY', 'EPERM', 'EACCES'].includes(errorCode(error) ?? ''))
        throw error
    }
  }
}
