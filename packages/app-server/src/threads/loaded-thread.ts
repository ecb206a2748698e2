import type { AgentThread, ThreadHost, ThreadNotification, ThreadQuestion } from '@gangway/agent'
import type { Config, ServerNotifications, ServerRequests } from '@gangway/protocol'
import type { MaybePromise, RequestContext, ServerContext } from '../handler.js'
import { readConfig } from '../handlers/config-view.js'
import { inSpan } from '../observe/tracing.js'
import { tellLegacy } from './legacy-events.js'
import type { LiveFacts } from './live-facts.js'
import { TurnTracks } from './turn-tracks.js'

/** What everybody is told, and not only those who follow the thread. Source: reference 0.169.0. */
const everybodys: ReadonlySet<string> = new Set([
  'thread/started',
  'thread/status/changed',
  'thread/closed',
  'thread/reverted',
  'thread/goal/updated',
  'thread/goal/cleared',
])

/** What a thread tells its registry. */
export interface LoadedThreadEvents {
  /** Nobody follows it, and no turn runs: it may be unloaded. Called whenever that becomes so. */
  onIdle(thread: LoadedThread): void
}

/** A thread that is loaded: its engine, the clients that follow it, and the way from one to the others. */
export class LoadedThread implements ThreadHost {
  readonly followers = new Set<RequestContext>()
  readonly turns: TurnTracks
  #agent: AgentThread | undefined
  #waiting: Promise<unknown> = Promise.resolve()
  #forgetters = new Map<RequestContext, () => void>()

  constructor(
    readonly server: ServerContext,
    readonly facts: LiveFacts,
    readonly configOverrides: Readonly<Record<string, unknown>>,
    readonly events: LoadedThreadEvents,
  ) {
    this.turns = new TurnTracks(server)
  }

  get threadId(): string {
    return this.facts.threadId
  }

  /** The engine. Only what the engine itself tells while it starts comes before it is there. */
  get agent(): AgentThread {
    if (!this.#agent) throw new Error(`thread ${this.threadId} has not started`)
    return this.#agent
  }

  get isIdle(): boolean {
    return this.followers.size === 0 && this.turns.size === 0 && !this.#agent?.activeTurn
  }

  get layout() {
    return this.server.layout
  }

  get env() {
    return this.server.env
  }

  get version() {
    return this.server.version
  }

  begin(agent: AgentThread): void {
    this.#agent = agent
  }

  /** Runs `work` after what was asked of this thread before. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#waiting.then(work)
    this.#waiting = done.catch(() => {})
    return done
  }

  /** Makes a client hear of this thread until it leaves. */
  follow(client: RequestContext): void {
    if (this.followers.has(client) || client.signal.aborted) return
    this.followers.add(client)
    this.#forgetters.set(
      client,
      client.onClose(() => void this.unfollow(client)),
    )
  }

  /** @returns whether the client followed it */
  unfollow(client: RequestContext): boolean {
    this.#forgetters.get(client)?.()
    this.#forgetters.delete(client)
    const wasThere = this.followers.delete(client)
    if (wasThere && this.isIdle) this.events.onIdle(this)
    return wasThere
  }

  notify<M extends ThreadNotification>(method: M, params: ServerNotifications[M]): MaybePromise<void> {
    this.turns.see(method, params)
    const told = everybodys.has(method) ? this.server.broadcast(method, params) : this.#tellFollowers(method, params)
    tellLegacy(this.followers, this.threadId, method, params)
    if (method === 'turn/completed' && this.isIdle) this.events.onIdle(this)
    return told
  }

  async ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequests[M]['params'],
    signal: AbortSignal,
  ): Promise<ServerRequests[M]['result']> {
    const { threadId } = this
    const answer = await this.server.serverRequests.ask([...this.followers], method, params, { threadId, signal })
    return answer as ServerRequests[M]['result']
  }

  async readConfig(cwd: string): Promise<Config> {
    return (await readConfig(this.server, cwd, this.configOverrides)).config
  }

  report(what: string, error: unknown): void {
    this.server.report(`${what} of thread ${this.threadId}`, error)
  }

  track(what: string, work: Promise<unknown>): void {
    this.server.track(what, work)
  }

  inSpan<T>(name: string, attributes: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
    return Promise.resolve(inSpan(name, { attributes }, work))
  }

  /** Forgets its clients; nothing is told to them any more. */
  dispose(): void {
    for (const forget of this.#forgetters.values()) forget()
    this.#forgetters.clear()
    this.followers.clear()
    this.turns.endAll()
  }

  /** Each has its own bounded queue; the promise, if there is one, waits for room in those that were full. */
  #tellFollowers<M extends ThreadNotification>(method: M, params: ServerNotifications[M]): MaybePromise<void> {
    let waiting: Promise<void>[] | undefined
    for (const client of this.followers) {
      const placed = client.emit(method, params)
      if (placed === undefined) continue
      waiting ??= []
      waiting.push(placed)
    }
    return waiting && Promise.all(waiting).then(() => undefined)
  }
}
