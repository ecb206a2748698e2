import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { digestOf, isMissing } from '../files/digest.js'
import { readJsonLines } from '../files/json-lines.js'
import type { HomeLayout } from '../layout.js'
import { parseRolloutName } from '../threads/rollout/name.js'
import { isObject } from '../threads/rollout/parse-line.js'
import { journalFolder } from './folder.js'
import type { OpenPlan } from './reversal-plan.js'

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

/** Where a journal's folder says what became of threads. */
export function threadsFileIn(folder: string): string {
  return join(folder, threadsFile)
}

/** Whether a journal's folder says anything of threads. */
export function hasImportedThreads(folder: string): boolean {
  return existsSync(join(folder, threadsFile))
}

/** Says of a thread that it must stay as it is now, and why; undefined: it may be moved. */
export type ThreadGuard = (threadId: string) => string | undefined

/**
 * Plans that the threads of an import go: one that it made is archived, what it appended is cut off. A thread that somebody
 * has gone on in since, or that `guard` is for, stays as it is. Reads the disk.
 */
export function planThreads(layout: HomeLayout, folder: string, plan: OpenPlan, guard: ThreadGuard): void {
  const sizes = new Map<string, number | undefined>()
  for (const { path, bytesBefore, bytesAfter } of readJsonLines(join(folder, threadsFile))
    .filter(isThread)
    .toReversed()) {
    if (!sizes.has(path)) sizes.set(path, statSync(path, { throwIfNoEntry: false })?.size)
    const size = sizes.get(path)
    if (size === undefined || size === bytesBefore) continue
    const reason =
      size === bytesAfter ? guard(parseRolloutName(path)?.threadId ?? '') : 'somebody went on in this thread'
    if (reason !== undefined) plan.kept.push({ path, reason })
    else if (bytesBefore === null) planArchive(layout, path, bytesAfter, plan)
    else {
      const tail = bytesOf(path, bytesBefore, bytesAfter)
      plan.contents.set(digestOf(tail), tail)
      plan.steps.push({ type: 'length', path, before: bytesAfter, after: bytesBefore, tail: digestOf(tail) })
      sizes.set(path, bytesBefore)
    }
  }
}

function planArchive(layout: HomeLayout, path: string, bytes: number, plan: OpenPlan): void {
  const to = join(layout.archivedSessionsDir, basename(path))
  if (existsSync(to)) plan.kept.push({ path, reason: `${to} is there already` })
  else plan.steps.push({ type: 'move', from: path, to, bytes })
}

function bytesOf(path: string, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from)
  const descriptor = openSync(path, 'r')
  try {
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(descriptor, bytes, done, bytes.length - done, from + done)
      if (read === 0) break
      done += read
    }
    return bytes
  } finally {
    closeSync(descriptor)
  }
}

function isThread(line: unknown): line is ImportedThread {
  if (!isObject(line) || typeof line.path !== 'string' || typeof line.bytesAfter !== 'number') return false
  return line.bytesBefore === null || typeof line.bytesBefore === 'number'
}
