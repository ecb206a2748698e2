import { utimesSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { LockTimeoutError } from '../errors.js'
import { describeHolder, type LockHolder, releaseLock, tryLock } from './lock-file.js'

export interface LockOptions {
  /** How long to wait for the holder. Default 10 000. */
  readonly timeoutMs?: number
  /** Ends the wait, not the work. */
  readonly signal?: AbortSignal
}

const defaultTimeoutMs = 10_000
/** Between two tries: short at first, since most work under a lock takes a few milliseconds. */
const firstPauseMs = 2
const longestPauseMs = 50
/** Well under the time after which another machine takes a silent holder for dead. */
const touchEveryMs = 5_000

/**
 * Runs `work` while holding the lock file `path`, against other processes and other calls in this one. Writes to disk.
 * A lock whose holder has died is taken over at once. Not for use inside itself with the same path.
 *
 * @throws LockTimeoutError naming the holder
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>, options: LockOptions = {}): Promise<T> {
  const holder = await takeLock(path, options)
  const timer = setInterval(() => touch(path), touchEveryMs).unref()
  try {
    return await work()
  } finally {
    clearInterval(timer)
    releaseLock(path, holder)
  }
}

async function takeLock(path: string, { timeoutMs = defaultTimeoutMs, signal }: LockOptions): Promise<LockHolder> {
  const started = performance.now()
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal?.throwIfAborted()
    const holder = tryLock(path)
    if (holder) return holder
    if (performance.now() - started >= timeoutMs) throw new LockTimeoutError(path, describeHolder(path), timeoutMs)
    await pause(pauseMs * (0.5 + Math.random()), signal)
  }
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal ? { signal } : {})
  } catch {
    signal?.throwIfAborted()
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // Gone: nothing left to keep fresh, and giving it back checks whose it is.
  }
}
