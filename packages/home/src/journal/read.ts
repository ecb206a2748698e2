import type { HomeLayout } from '../layout.js'

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
  throw new Error(`not built: ${layout.root} ${importId}`)
}

/**
 * Clears up after imports that did not get to their end (crash, kill): removes half-made temporary files, puts back what
 * was moved aside, and says which changes had been made. Call with no import running in this home. Writes to disk.
 */
export function recoverJournals(layout: HomeLayout): JournalRecord[] {
  throw new Error(`not built: ${layout.root}`)
}
