import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { readIfThere } from './digest.js'
import { type LockOptions, withLock } from './lock.js'

const newline = 0x0a

/**
 * Appends `value` as one line of JSON, durably, under the lock `path + '.lock'`. Makes the file (0o600) and its folders.
 * A last line that a crash cut short is ended first, so that it cannot spoil the new one.
 */
export async function appendJsonLine(path: string, value: unknown, options: LockOptions = {}): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  await withLock(`${path}.lock`, () => appendLineOfJson(path, value), options)
}

/** As {@link appendJsonLine}, for those who hold a lock of their own. */
export function appendLineOfJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  appendLine(path, `${JSON.stringify(value)}\n`)
}

/** Every line of `path` that is JSON, in order; lines that are not are left out. `[]` when missing. Reads the disk. */
export function readJsonLines(path: string): unknown[] {
  const lines = readIfThere(path)?.toString('utf8').split('\n') ?? []
  return lines.flatMap((line) => parseLine(line))
}

function appendLine(path: string, line: string): void {
  const descriptor = openSync(path, 'a+', 0o600)
  try {
    const bytes = Buffer.from(endsInsideLine(descriptor) ? `\n${line}` : line)
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function endsInsideLine(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return false
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last[0] !== newline
}

function parseLine(line: string): unknown[] {
  if (line.trim() === '') return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
