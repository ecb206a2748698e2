import { OverloadedError } from './errors.js'

/** How often, and how patiently. */
export interface RetryOptions {
  /** Tries in all, the first included. Default 5. */
  readonly attempts?: number
  /** Ends the waiting between two tries; what `fn` does with it is its own affair. */
  readonly signal?: AbortSignal
  /** Milliseconds before the second try, doubled for each further one. Default 100. */
  readonly baseDelayMs?: number
  /** Milliseconds between two tries at most. Default 5 000. */
  readonly maxDelayMs?: number
}

/**
 * Runs `fn` until it does something else than fail with `OverloadedError`.
 *
 * Between two tries it waits: twice as long each time, shortened by chance to as little as half.
 *
 * @throws what `fn` throws, the last `OverloadedError` included; `signal.reason` when aborted while waiting
 */
export async function retryOverloaded<T>(fn: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { attempts = 5, signal, baseDelayMs = 100, maxDelayMs = 5_000 } = options
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted()
    try {
      return await fn()
    } catch (error) {
      if (!(error instanceof OverloadedError) || attempt >= attempts) throw error
    }
    const longest = Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1))
    await delay(longest * (0.5 + Math.random() / 2), signal)
  }
}

function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
