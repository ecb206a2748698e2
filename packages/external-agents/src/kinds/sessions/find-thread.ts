import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { dayFolder, type HomeLayout, rolloutPath } from '@gangway/home'
import { timeInThreadId } from './thread-id.js'

/** Where a thread's file stands. */
export interface FoundThread {
  readonly path: string
  readonly isArchived: boolean
}

const dayMs = 86_400_000

/** The file of a thread whose beginning is known. One or two looks at the disk. */
export function threadAt(layout: HomeLayout, threadId: string, startedAtMs: number): FoundThread | undefined {
  const place = { startedAt: new Date(startedAtMs), threadId }
  const path = rolloutPath(layout, place)
  if (existsSync(path)) return { path, isArchived: false }
  const archived = rolloutPath(layout, { ...place, archived: true })
  return existsSync(archived) ? { path: archived, isArchived: true } : undefined
}

/**
 * The folders of threads as they were when each was first looked at, for one pass over many sessions. Threads that sessions
 * become are made under one lock, so that one that was not there is not there, unless this pass has made it.
 */
export class ThreadFolders {
  readonly #names = new Map<string, ReadonlySet<string>>()

  constructor(readonly layout: HomeLayout) {}

  /** Whether a thread of that beginning may be there: no look at the disk for most. */
  mayHold(startedAtMs: number): boolean {
    const { layout } = this
    return (
      this.#namesIn(dayFolder(layout, new Date(startedAtMs))).size + this.#namesIn(layout.archivedSessionsDir).size > 0
    )
  }

  /** As `threadAt`, for a thread that this pass has not made. */
  at(threadId: string, startedAtMs: number): FoundThread | undefined {
    const { layout } = this
    const name = basename(rolloutPath(layout, { startedAt: new Date(startedAtMs), threadId }))
    const folders = [dayFolder(layout, new Date(startedAtMs)), layout.archivedSessionsDir]
    return folders.some((folder) => this.#namesIn(folder).has(name))
      ? threadAt(layout, threadId, startedAtMs)
      : undefined
  }

  #namesIn(folder: string): ReadonlySet<string> {
    const known = this.#names.get(folder)
    if (known) return known
    const names = new Set(entriesOf(folder).map(({ name }) => name))
    this.#names.set(folder, names)
    return names
  }
}

/** The file of any thread: first where its id says, then everywhere. */
export function findThread(layout: HomeLayout, threadId: string): FoundThread | undefined {
  const ending = `-${threadId}.jsonl`
  const atMs = timeInThreadId(threadId)
  // The name has local time, of wherever the program ran that wrote it.
  const days = atMs === undefined ? [] : [atMs, atMs - dayMs, atMs + dayMs]
  for (const day of days) {
    const path = fileIn(dayFolder(layout, new Date(day)), ending)
    if (path) return { path, isArchived: false }
  }
  const archived = fileIn(layout.archivedSessionsDir, ending)
  if (archived) return { path: archived, isArchived: true }
  const elsewhere = below(layout.sessionsDir, ending, 3)
  return elsewhere ? { path: elsewhere, isArchived: false } : undefined
}

function below(folder: string, ending: string, depth: number): string | undefined {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name)
    const found = entry.isDirectory()
      ? depth > 0 && below(path, ending, depth - 1)
      : entry.name.endsWith(ending) && path
    if (found) return found
  }
  return undefined
}

function fileIn(folder: string, ending: string): string | undefined {
  const found = entriesOf(folder).find((entry) => entry.isFile() && entry.name.endsWith(ending))
  return found && join(folder, found.name)
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
