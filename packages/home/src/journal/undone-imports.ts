import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { HomeLayout } from '../layout.js'
import { type LoadedJournal, loadJournal } from './load.js'

/**
 * Imports that began before `journal` did and were undone since, the latest first: what `journal` found on the disk held what
 * they had made, and must not bring that back. Reads the disk.
 */
export function undoneImportsBefore(layout: HomeLayout, journal: LoadedJournal): readonly LoadedJournal[] {
  return readdirSync(layout.journalDir)
    .map((name) => join(layout.journalDir, name))
    .filter((folder) => folder !== journal.folder)
    .flatMap((folder) => loadJournal(folder) ?? [])
    .filter(({ state, begin }) => state === 'reversed' && begin.startedAtMs <= journal.begin.startedAtMs)
    .sort((a, b) => b.begin.startedAtMs - a.begin.startedAtMs)
}
