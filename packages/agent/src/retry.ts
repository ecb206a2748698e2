import { setTimeout as delay } from 'node:timers/promises'
import type { TurnError } from '@gangway/protocol'
import { ModelFailure } from './model/model-failure.js'

/** How often, and what is told meanwhile. */
export interface RetryOptions {
  /** Retries of one request before it counts as a failed stream. */
  readonly requestMaxRetries: number
  /** Retries of the whole. */
  readonly streamMaxRetries: number
  /** Ends the work. */
  readonly signal: AbortSignal
  /** Told before every wait that a person should know of. */
  onRetry(error: TurnError): unknown
}

/** The first wait; each later one is twice as long. */
const firstDelayMs = 200
/** Waits for the network: the first, and the longest. */
const networkDelayMs = 5_000
const longestNetworkDelayMs = 60_000

/**
 * Asks once more where that may help, by the table in docs/conversations.md.
 *
 * Source: reference 0.169.0, docs/observations/model-failures.md
 *
 * @throws ModelFailure the last one; the signal's reason; whatever else `attempt` throws
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { streamMaxRetries, signal } = options
  let retries = 0
  let networkWaitMs = networkDelayMs
  for (;;) {
    try {
      return await withRequestRetries(attempt, options)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ModelFailure) || error.course.type === 'never') throw error
      if (error.course.type === 'network') {
        options.onRetry(reconnecting('waiting for network', error))
        await delay(networkWaitMs, undefined, { signal }).catch(() => signal.throwIfAborted())
        networkWaitMs = Math.min(networkWaitMs * 2, longestNetworkDelayMs)
        continue
      }
      if (retries >= streamMaxRetries) throw error
      retries += 1
      options.onRetry(reconnecting(`${retries}/${streamMaxRetries}`, error))
      const said = error.course.type === 'stream' ? error.course.afterMs : null
      await pause(said ?? backoffMs(retries), signal)
    }
  }
}

async function withRequestRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt()
    } catch (error) {
      const mayTryAgain = error instanceof ModelFailure && error.course.type === 'request'
      if (!mayTryAgain || retries >= options.requestMaxRetries) throw error
      await pause(backoffMs(retries + 1), options.signal)
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}

/** About 200 ms, doubling, a tenth more or less so that many clients do not come back at once. */
function backoffMs(retry: number): number {
  return firstDelayMs * 2 ** (retry - 1) * (0.9 + Math.random() * 0.2)
}

function reconnecting(how: string, failure: ModelFailure): TurnError {
  return {
    message: `Reconnecting... ${how}`,
    codexErrorInfo: { responseStreamDisconnected: { httpStatusCode: failure.httpStatus } },
    additionalDetails: failure.message,
    misalignment: null,
  }
}
