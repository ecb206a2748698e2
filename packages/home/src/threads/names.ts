import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readJsonLines } from '../files/json-lines.js'
import { type LockOptions, withLock } from '../files/lock.js'
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
export async function appendThreadName(
  layout: HomeLayout,
  threadId: string,
  name: string,
  options: LockOptions = {},
): Promise<void> {
  const line = JSON.stringify({ id: threadId, thread_name: name, updated_at: new Date().toISOString() })
  const lock = join(layout.locksDir, 'session_index.lock')
  await withLock(lock, () => appendLine(layout.threadNames, line), options)
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
