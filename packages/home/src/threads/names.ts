import type { LockOptions } from '../files/lock.js'
import type { HomeLayout } from '../layout.js'

/** Gives a thread a name: appends one line to `session_index.jsonl`, under its lock. Writes to disk. */
export async function appendThreadName(
  _layout: HomeLayout,
  _threadId: string,
  _name: string,
  _options: LockOptions = {},
): Promise<void> {
  throw new Error('appendThreadName is not built yet')
}

/** The last name of every thread that has one, by thread id. Empty when there is no file. Reads the disk. */
export function readThreadNames(_layout: HomeLayout): ReadonlyMap<string, string> {
  throw new Error('readThreadNames is not built yet')
}
