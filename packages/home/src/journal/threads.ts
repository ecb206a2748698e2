import { appendFileSync, existsSync, mkdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { isMissing } from '../files/digest.js'
import { readJsonLines } from '../files/json-lines.js'
import type { HomeLayout } from '../layout.js'
import { archiveThread } from '../threads/archive.js'
import { isObject } from '../threads/rollout/parse-line.js'
import { journalFolder } from './folder.js'
import type { OpenReport } from './report.js'

/** A thread that an import makes, or appends to. Sizes are of its file, in bytes. */
export interface ImportedThread {
  readonly path: string
  /** Null: there is no such file yet. */
  readonly bytesBefore: number | null
  readonly bytesAfter: number
}

/** The name of the file with the threads, in the journal's folder. */
const threadsFile = 'threads.jsonl'

/**
 * Records what an import is about to do to a thread, so that it can be undone. Call it before the thread is changed.
 * Writes to disk.
 *
 * @throws HomeError `JOURNAL` when `importId` is no plain name
 */
export function recordImportedThread(layout: HomeLayout, importId: string, thread: ImportedThread): void {
  const folder = journalFolder(layout, importId)
  try {
    append(folder, thread)
  } catch (error) {
    if (!isMissing(error)) throw error
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    append(folder, thread)
  }
}

function append(folder: string, thread: ImportedThread): void {
  appendFileSync(join(folder, threadsFile), `${JSON.stringify(thread)}\n`, { mode: 0o600 })
}

/** Whether a journal's folder says anything of threads. */
export function hasImportedThreads(folder: string): boolean {
  return existsSync(join(folder, threadsFile))
}

/**
 * Takes the threads of an import back: one that it made is archived, what it appended is cut off. A thread that somebody
 * has gone on in since stays as it is. Writes to disk; the second time there is nothing to do.
 */
export function reverseThreads(layout: HomeLayout, folder: string, report: OpenReport): void {
  for (const { path, bytesBefore, bytesAfter } of readJsonLines(join(folder, threadsFile))
    .filter(isThread)
    .toReversed()) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats || stats.size === bytesBefore) continue
    if (stats.size !== bytesAfter) report.kept.push({ path, reason: 'somebody went on in this thread' })
    else if (bytesBefore === null) {
      archiveThread(layout, path)
      report.removed.push(path)
    } else {
      truncateSync(path, bytesBefore)
      report.restored.push(path)
    }
  }
}

function isThread(line: unknown): line is ImportedThread {
  if (!isObject(line) || typeof line.path !== 'string' || typeof line.bytesAfter !== 'number') return false
  return line.bytesBefore === null || typeof line.bytesBefore === 'number'
}
