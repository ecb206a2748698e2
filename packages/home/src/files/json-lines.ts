import type { LockOptions } from './lock.js'

/**
 * Appends `value` as one line of JSON, durably, under the lock `path + '.lock'`. Makes the file (0o600) and its folders.
 * A last line that a crash cut short is ended first, so that it cannot spoil the new one.
 */
export async function appendJsonLine(path: string, value: unknown, options: LockOptions = {}): Promise<void> {
  throw new Error(`not built: ${path} ${value} ${options.timeoutMs}`)
}

/** Every line of `path` that is JSON, in order; lines that are not are left out. `[]` when missing. Reads the disk. */
export function readJsonLines(path: string): unknown[] {
  throw new Error(`not built: ${path}`)
}
