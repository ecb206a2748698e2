import { setTimeout as delay } from 'node:timers/promises'
import type { EndReason } from './process-end.js'
import { ProcessGroup } from './process-group.js'

/** From the polite signal to the other; both, and what follows, fit into the 100 ms that an interrupt may take. */
const graceMs = 50
/** How often we look whether the polite signal was enough. */
const lookMs = 5

/** Ends a process for the reasons that are ours: the caller's signal, the time-out, `kill`. */
export class ProcessEnding {
  #reason: EndReason = 'exited'
  #killing: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #group: ProcessGroup
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = () => void this.end('aborted')

  constructor(pid: number, timeoutMs: number | null, signal: AbortSignal | undefined) {
    this.#group = new ProcessGroup(pid)
    this.#signal = signal
    if (timeoutMs !== null) {
      // Timers longer than this fire at once.
      this.#timer = setTimeout(() => void this.end('timedOut'), Math.min(timeoutMs, 2_147_483_647))
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted) this.#onAbort()
  }

  get reason(): EndReason {
    return this.#reason
  }

  /** Whether somebody has ended it, so that nobody waits for its output for long. */
  get isForced(): boolean {
    return this.#killing !== undefined
  }

  /** Resolves once nothing of it runs any more, or everything was told to stop in a way that cannot be refused. */
  end(reason: EndReason): Promise<void> {
    this.#killing ??= this.#kill(reason)
    return this.#killing
  }

  /** To be called when the process is over: nothing is waited for any more. Resolves when a kill under way is done. */
  async over(): Promise<void> {
    clearTimeout(this.#timer)
    this.#signal?.removeEventListener('abort', this.#onAbort)
    await this.#killing
  }

  async #kill(reason: EndReason): Promise<void> {
    this.#reason = reason
    clearTimeout(this.#timer)
    this.#group.signal('SIGTERM')
    for (let waited = 0; waited < graceMs && this.#group.isAlive(); waited += lookMs) await delay(lookMs)
    this.#group.signal('SIGKILL')
  }
}
