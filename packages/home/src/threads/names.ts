import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readIfThere } from '../files/digest.js'
import { readJsonLines } from '../files/json-lines.js'
import { type LockOptions, withLock } from '../files/lock.js'
import { writeFileAtomic } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { tailOf } from './rollout/file-tail.js'
import { isObject } from './rollout/parse-line.js'

/**
 * Gives a thread a name: appends one line to `session_index.jsonl`, durably, under a lock of ours. Writes to disk.
 *
 * The lock file that the reference keeps beside it is of another sort and stays untouched; against the reference the
 * line is safe because it is appended with one write.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 */
export function appendThreadName(
  layout: HomeLayout,
  threadId: string,
  name: string,
  options: LockOptions = {},
): Promise<void> {
  return appendThreadNames(layout, [[threadId, name]], options)
}

/** The same for several threads at once, with one write. @param names pairs of a thread's id and its name */
export async function appendThreadNames(
  layout: HomeLayout,
  names: readonly (readonly [threadId: string, name: string])[],
  options: LockOptions = {},
): Promise<void> {
  if (names.length === 0) return
  const updated_at = new Date().toISOString()
  const lines = names.map(([id, thread_name]) => JSON.stringify({ id, thread_name, updated_at }))
  await withLock(lockOf(layout), () => appendLine(layout.threadNames, lines.join('\n')), options)
}

/** Takes the names of threads away. Other lines stay byte for byte. Writes to disk only when there is such a name. */
export async function removeThreadNames(
  layout: HomeLayout,
  threadIds: readonly string[],
  options: LockOptions = {},
): Promise<void> {
  const gone = new Set(threadIds)
  if (!Array.from(readThreadNames(layout).keys()).some((id) => gone.has(id))) return
  await withLock(lockOf(layout), () => writeFileAtomic(layout.threadNames, linesWithout(layout, gone)), options)
}

function linesWithout(layout: HomeLayout, gone: ReadonlySet<string>): string {
  const lines = readIfThere(layout.threadNames)?.toString('utf8').split('\n') ?? []
  return lines.filter((line) => !gone.has(idOf(line) ?? '')).join('\n')
}

function idOf(line: string): string | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) && typeof value.id === 'string' ? value.id : undefined
  } catch {
    return undefined
  }
}

function lockOf(layout: HomeLayout): string {
  return join(layout.locksDir, 'session_index.lock')
}

/** The last name of every thread that has one, by thread id. Empty when there is no file. Reads the disk. */
export function readThreadNames(layout: HomeLayout): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const line of readJsonLines(layout.threadNames)) {
    if (isObject(line) && typeof line.id === 'string' && typeof line.thread_name === 'string') {
      names.set(line.id, line.thread_name)
    }
  }
  return names
}

function appendLine(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true })
  const descriptor = openSync(path, 'a+')
  try {
    // A last line that a crash cut short is ended first, so that it cannot spoil the new one.
    writeSync(descriptor, tailOf(descriptor).endsInsideLine ? `\n${line}\n` : `${line}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
