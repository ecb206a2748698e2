import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from '../files/digest.js'
import { isRunning } from '../files/process-identity.js'
import type { HomeLayout } from '../layout.js'
import { clearUp } from './clear-up.js'
import { journalFolder } from './folder.js'
import { type LoadedJournal, loadJournal } from './load.js'
import { wasMade } from './made.js'
import { hasImportedThreads } from './threads.js'
import { isUndoFolder } from './undo-record.js'

/** What the journal of one import tells. */
export interface JournalRecord {
  readonly importId: string
  readonly startedAtMs: number
  /** `interrupted`: began, and did not get to its end. */
  readonly state: 'interrupted' | 'finished' | 'reversed'
  readonly changes: readonly JournalledChange[]
}

export interface JournalledChange {
  readonly index: number
  readonly type: 'writeFile' | 'mergeToml' | 'mergeJson' | 'copyTree'
  readonly path: string
  readonly applied: boolean
}

/** The record of `importId`, or undefined when there is none. Reads the disk. @throws HomeError `JOURNAL` when damaged */
export function readJournal(layout: HomeLayout, importId: string): JournalRecord | undefined {
  const journal = loadJournal(journalFolder(layout, importId))
  return journal && recordOf(journal)
}

/**
 * Clears up after imports that did not get to their end (crash, kill): removes half-made temporary files, puts back what
 * was moved aside, and says which changes had been made. Imports of processes that still run are left alone. Writes to disk.
 *
 * @returns the interrupted imports, oldest first
 */
export function recoverJournals(layout: HomeLayout): JournalRecord[] {
  const records: JournalRecord[] = []
  for (const name of namesIn(layout.journalDir)) {
    const folder = join(layout.journalDir, name)
    const journal = loadJournal(folder)
    if (!journal) {
      if (hasImportedThreads(folder) || isUndoFolder(folder)) continue
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (journal.state !== 'interrupted' || isRunning(journal.begin.process)) continue
    clearUp(journal)
    records.push(recordOf(journal))
  }
  return records.sort((a, b) => a.startedAtMs - b.startedAtMs)
}

function recordOf(journal: LoadedJournal): JournalRecord {
  const { importId, startedAtMs, changes } = journal.begin
  const applied = (index: number) =>
    journal.state === 'interrupted' ? wasMade(journal, index) : journal.applied.has(index)
  return {
    importId,
    startedAtMs,
    state: journal.state,
    changes: changes.map(({ type, path }, index) => ({ index, type, path, applied: applied(index) })),
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
