export interface LockOptions {
  /** How long to wait for the holder. Default 10 000. */
  readonly timeoutMs?: number
  /** Ends the wait, not the work. */
  readonly signal?: AbortSignal
}

/**
 * Runs `work` while holding the lock file `path`, against other processes and other calls in this one. Writes to disk.
 * A lock whose holder has died is taken over at once.
 *
 * @throws LockTimeoutError naming the holder
 */
export async function withLock<T>(path: string, work: () => T | Promise<T>, options: LockOptions = {}): Promise<T> {
  throw new Error(`not built: ${path} ${work} ${options.timeoutMs}`)
}
