import type { AgentThread, ThreadHost } from '@gangway/agent'
import { RpcError, rpcCodes } from '@gangway/protocol'
import type { RequestContext, ServerContext } from './handler.js'
import { readConfig } from './handlers/config-view.js'
import { invalidRequest } from './refusals.js'
import { agent, type Engine } from './threads/engine.js'
import { tellShutdown } from './threads/legacy-events.js'
import type { LiveFacts } from './threads/live-facts.js'
import { LoadedThread, type LoadedThreadEvents } from './threads/loaded-thread.js'
import { threadIdOf } from './threads/thread-id.js'

/** Seconds that a thread which nobody follows stays loaded. Source: reference 0.169.0. */
const UNLOAD_DELAY_SECS = 60

/** Milliseconds that a turn may take to end when its thread is unloaded while the server goes on. */
const UNLOAD_GRACE_MS = 5_000

/** How a thread is loaded. */
export interface LoadOptions {
  readonly facts: LiveFacts
  readonly configOverrides: Readonly<Record<string, unknown>>
  /** Who hears of it from the start. */
  readonly follower: RequestContext
  readonly begin: (engine: Engine, host: ThreadHost) => Promise<AgentThread>
}

/** The threads that are loaded: one engine for each, whoever asked for it, for as long as somebody follows it. */
export class ThreadRegistry implements LoadedThreadEvents {
  readonly #loaded = new Map<string, LoadedThread>()
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #waiting = new Map<string, Promise<unknown>>()
  #isClosing = false

  constructor(
    readonly server: ServerContext,
    readonly engine: () => Promise<Engine> = agent,
  ) {
    server.onClose((graceMs) => this.close(graceMs))
  }

  /** Ids of all loaded threads, in their order. */
  ids(): string[] {
    return [...this.#loaded.keys()].sort()
  }

  get(threadId: string): LoadedThread | undefined {
    return this.#loaded.get(threadId)
  }

  isLoaded(threadId: string): boolean {
    return this.#loaded.has(threadId)
  }

  /** The loaded thread that a request names. @throws RpcError `thread not found` */
  require(given: string): LoadedThread {
    const threadId = threadIdOf(given)
    const thread = this.#loaded.get(threadId)
    if (!thread) throw invalidRequest(`thread not found: ${threadId}`)
    return thread
  }

  /** Runs `work` after whatever loads or unloads the same thread. */
  exclusively<T>(threadId: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#waiting.get(threadId) ?? Promise.resolve()).then(work)
    const settled = done
      .catch(() => {})
      .then(() => {
        if (this.#waiting.get(threadId) === settled) this.#waiting.delete(threadId)
      })
    this.#waiting.set(threadId, settled)
    return done
  }

  /** Loads a thread that is not loaded. @throws what the engine refuses it with */
  async load({ facts, configOverrides, follower, begin }: LoadOptions): Promise<LoadedThread> {
    const thread = new LoadedThread(this.server, facts, configOverrides, this)
    thread.follow(follower)
    try {
      thread.begin(await begin(await this.engine(), thread))
    } catch (error) {
      thread.dispose()
      throw error
    }
    this.#loaded.set(facts.threadId, thread)
    if (this.#isClosing) await this.unload(facts.threadId)
    else if (thread.isIdle) this.onIdle(thread)
    return thread
  }

  /**
   * Ends the turn under way as interrupted, and closes the thread's file; clients hear that it is not loaded.
   *
   * @returns who followed it
   */
  async unload(threadId: string, graceMs = UNLOAD_GRACE_MS): Promise<RequestContext[]> {
    const thread = this.#loaded.get(threadId)
    if (!thread) return []
    this.#keep(threadId)
    this.server.serverRequests.failThread(threadId, new RpcError(rpcCodes.internalError, 'the thread is closed'))
    await thread.agent.close(graceMs)
    this.#loaded.delete(threadId)
    const followers = [...thread.followers]
    tellShutdown(followers, threadId)
    thread.dispose()
    await this.server.broadcast('thread/status/changed', { threadId, status: { type: 'notLoaded' } })
    return followers
  }

  /** Ends every thread: turns end as interrupted, and are told so. Idempotent. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true
    const ends = this.ids().map((threadId) => this.unload(threadId, graceMs))
    for (const end of await Promise.allSettled(ends)) {
      if (end.status === 'rejected') this.server.report('closing a thread', end.reason)
    }
  }

  onIdle(thread: LoadedThread): void {
    if (this.#isClosing) return
    this.#keep(thread.threadId)
    void this.#unloadDelayMs().then((delayMs) => {
      if (this.#isClosing || this.#loaded.get(thread.threadId) !== thread || !thread.isIdle) return
      const timer = setTimeout(() => this.#unloadIdle(thread), delayMs)
      timer.unref()
      this.#keep(thread.threadId)
      this.#timers.set(thread.threadId, timer)
    })
  }

  /** It has a follower again, or is being unloaded. */
  #keep(threadId: string): void {
    clearTimeout(this.#timers.get(threadId))
    this.#timers.delete(threadId)
  }

  #unloadIdle(thread: LoadedThread): void {
    const { threadId } = thread
    const work = this.exclusively(threadId, async () => {
      if (this.#loaded.get(threadId) !== thread || !thread.isIdle) return
      await this.unload(threadId)
      await this.server.broadcast('thread/closed', { threadId })
    })
    this.server.track('unloading a thread', work)
  }

  async #unloadDelayMs(): Promise<number> {
    try {
      const seconds = (await readConfig(this.server, null)).config.thread_unload_delay_secs
      return (typeof seconds === 'number' ? seconds : UNLOAD_DELAY_SECS) * 1000
    } catch {
      // What is wrong with the configuration is told elsewhere.
      return UNLOAD_DELAY_SECS * 1000
    }
  }
}
