import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from '../files/digest.js'
import { isRunning } from '../files/process-identity.js'
import type { HomeLayout } from '../layout.js'
import { type LoadedJournal, loadJournal } from './load.js'
import { threadsFileIn } from './threads.js'
import { loadUndo, type UndoRecord, undoOf } from './undo-record.js'

/** One import or undo that is on record. */
export interface JournalEntry {
  readonly id: string
  /** The import or undo that it takes back. Null: it is an import. */
  readonly reverses: string | null
  readonly startedAtMs: number
  /** `interrupted`: a crash cut it short; `undone`: what it did is taken back. */
  readonly state: 'done' | 'running' | 'interrupted' | 'undone'
  /** The undo that took it back; null when it is not undone. */
  readonly undoneBy: string | null
}

/** Every import and undo of a home that can be undone or was, the latest first. Reads the disk. */
export function listJournals(layout: HomeLayout): readonly JournalEntry[] {
  const names = namesIn(layout.journalDir)
  const undos = names.flatMap((name) => loadUndo(join(layout.journalDir, name)) ?? [])
  undos.sort((a, b) => a.startedAtMs - b.startedAtMs)
  const isUndo = new Set(undos.map(({ undoId }) => undoId))
  const imports = names.filter((name) => !isUndo.has(name)).flatMap((name) => importIn(layout, name, undos) ?? [])
  return [...imports, ...undos.map((undo) => entryOf(undo.undoId, undo.reverses, undo, undos))].sort(
    (a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? -1 : 1),
  )
}

function importIn(layout: HomeLayout, id: string, undos: readonly UndoRecord[]): JournalEntry | undefined {
  const folder = join(layout.journalDir, id)
  const journal = loadJournal(folder)
  if (journal) return entryOf(id, null, { ...journal.begin, state: journal.state }, undos)
  const threads = statSync(threadsFileIn(folder), { throwIfNoEntry: false })
  return threads && entryOf(id, null, { startedAtMs: Math.floor(threads.mtimeMs), state: 'finished' }, undos)
}

interface Begun {
  readonly startedAtMs: number
  readonly process?: UndoRecord['process']
  readonly state: LoadedJournal['state']
}

function entryOf(id: string, reverses: string | null, begun: Begun, undos: readonly UndoRecord[]): JournalEntry {
  const undoneBy = undoOf(id, undos)?.undoId ?? null
  const { startedAtMs } = begun
  return { id, reverses, startedAtMs, state: undoneBy === null ? stateOf(begun) : 'undone', undoneBy }
}

function stateOf({ state, process }: Begun): JournalEntry['state'] {
  if (state !== 'interrupted') return 'done'
  return process && isRunning(process) ? 'running' : 'interrupted'
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
