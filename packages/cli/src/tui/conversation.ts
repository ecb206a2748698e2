import { type AppServerClient, type ClientEvent, ServerError } from '@gangway/client'
import type { ClientRequests, RequestId, UserInput } from '@gangway/protocol'
import { openThread, type ThreadRequest } from '../session/bootstrap.js'
import { emptySession, questionMethods, type SessionState } from '../session/session-shape.js'
import { reduceSession, type SessionAction } from '../session/session-state.js'

/** What new threads begin with. What is absent is the server's to decide. */
export type ThreadDefaults = Pick<
  ClientRequests['thread/start']['params'],
  'cwd' | 'model' | 'modelProvider' | 'sandbox' | 'approvalPolicy' | 'config'
>

/** Turns that are shown of a thread that is taken up again: what came before is on disk, and in `gangway threads show`. */
const shownTurns = 40

/** Milliseconds that the end of a turn may come after its thread is idle. */
const endMissedAfterMs = 1_000

/** What a `Conversation` tells of. */
export interface ConversationListener {
  /** The state is another one. */
  changed(): void
  /** Words that were to be said later come back: the turn did not end well. */
  returned(texts: readonly string[]): void
  /** Something went wrong that nobody waits for. */
  failed(error: unknown): void
}

/** One person's talk with one thread at a time: what is known of it, and what can be done. Says nothing to a terminal. */
export class Conversation {
  readonly client: AppServerClient
  state: SessionState = emptySession
  defaults: ThreadDefaults
  /** Waits for the turn to end, the first first. */
  queued: readonly string[] = []
  readonly #listener: ConversationListener
  #starting: Promise<unknown> | undefined

  constructor(client: AppServerClient, defaults: ThreadDefaults, listener: ConversationListener) {
    this.client = client
    this.defaults = defaults
    this.#listener = listener
  }

  /** Takes in events until the connection is over. @returns why it is */
  async listen(): Promise<string> {
    for await (const event of this.client.events()) this.#take(event)
    return this.state.disconnected ?? (await this.client.closed)
  }

  /** Opens a new thread. */
  async start(): Promise<void> {
    await this.#open({ type: 'start', params: this.defaults })
  }

  /** Takes a thread up again, with its newest turns. @throws ServerError when there is none of this id */
  async resume(threadId: string): Promise<void> {
    await this.#open({ type: 'resume', params: { threadId, excludeTurns: true } })
    await this.#loadTurns(threadId)
  }

  /** Goes on in a copy of the thread. */
  async fork(): Promise<void> {
    const threadId = this.threadId
    await this.#open({ type: 'fork', params: { threadId, excludeTurns: true } })
    await this.#loadTurns(this.threadId)
  }

  /** The id of the thread. @throws Error while there is none */
  get threadId(): string {
    const id = this.state.thread?.id
    if (id === undefined) throw new Error('no thread is open yet')
    return id
  }

  /** Whether anything was said in it: what nobody has spoken in is not kept on disk. */
  get hasWords(): boolean {
    return this.state.items.some(({ item }) => item.type === 'userMessage')
  }

  /**
   * Says `text`: to the turn that runs, when it takes that in, else as a new turn.
   *
   * @returns `queued` when the running turn takes nothing in: it is said when that has ended
   */
  async say(text: string): Promise<'said' | 'queued'> {
    await this.#starting
    const input: readonly UserInput[] = [{ type: 'text', text, text_elements: [] }]
    const { turn } = this.state
    if (turn === undefined) {
      this.#starting = this.client.request('turn/start', { threadId: this.threadId, input })
      await this.#starting.finally(() => {
        this.#starting = undefined
      })
      return 'said'
    }
    try {
      await this.client.request('turn/steer', { threadId: this.threadId, expectedTurnId: turn.id, input })
      return 'said'
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      if (this.state.turn === undefined) return this.say(text)
      this.queue(text)
      return 'queued'
    }
  }

  /** Says `text` when the turn has ended. */
  queue(text: string): void {
    this.queued = [...this.queued, text]
    this.#listener.changed()
  }

  /** Ends the turn that runs, if one does. */
  async interrupt(): Promise<void> {
    const { turn } = this.state
    if (turn === undefined) return
    await this.client.request('turn/interrupt', { threadId: this.threadId, turnId: turn.id })
  }

  /** Answers a question of the server. */
  async answer(id: RequestId, result: unknown): Promise<void> {
    this.#reduce({ type: 'answered', id })
    await this.client.resolveServerRequest(id, result)
  }

  async #open(request: ThreadRequest): Promise<void> {
    const before = this.state.thread?.id
    this.#reduce({ type: 'opening' })
    this.queued = []
    this.#reduce(await openThread(this.client.requestHandle(), request))
    if (before !== undefined && before !== this.state.thread?.id) {
      await this.client.requestRaw('thread/unsubscribe', { threadId: before })
    }
  }

  async #loadTurns(threadId: string): Promise<void> {
    const page = await this.client.requestRaw('thread/turns/list', {
      threadId,
      limit: shownTurns,
      sortDirection: 'desc',
      itemsView: 'full',
    })
    const turns = page.ok
      ? (page.result as ClientRequests['thread/turns/list']['result']).data.toReversed()
      : (await this.client.request('thread/read', { threadId, includeTurns: true })).thread.turns
    if (threadId === this.state.thread?.id) this.#reduce({ type: 'history', turns })
  }

  #take(event: ClientEvent): void {
    if (event.type === 'request') {
      if (!(questionMethods as readonly string[]).includes(event.method)) {
        void event.reject({ code: -32601, message: `${event.method} is not supported by this client` })
        return
      }
      event.signal.addEventListener('abort', () => this.#reduce({ type: 'answered', id: event.id }), { once: true })
    }
    const { turn } = this.state
    this.#reduce(event)
    if (turn !== undefined && this.state.turn === undefined) this.#turnEnded()
    if (event.type === 'notification' && event.method === 'thread/status/changed') this.#watchEnd()
  }

  /** A thread that is idle has no turn: when nobody says that it has ended, the server is asked. */
  #watchEnd(): void {
    const { turn, status } = this.state
    if (turn === undefined || status.type === 'active') return
    const timer = setTimeout(() => {
      if (this.state.turn?.id === turn.id && this.state.status.type !== 'active') {
        this.#recoverEnd(turn.id).catch((error: unknown) => this.#listener.failed(error))
      }
    }, endMissedAfterMs)
    timer.unref()
  }

  async #recoverEnd(turnId: string): Promise<void> {
    const { threadId } = this
    const params = { threadId, limit: 5, sortDirection: 'desc', itemsView: 'full' } as const
    const { data } = await this.client.request('thread/turns/list', params)
    const turn = data.find(({ id }) => id === turnId)
    if (turn === undefined || turn.status === 'inProgress' || this.state.turn?.id !== turnId) return
    this.#take({ type: 'notification', method: 'turn/completed', params: { threadId, turn } })
  }

  #turnEnded(): void {
    const [next, ...rest] = this.queued
    if (next === undefined) return
    if (this.state.lastTurn?.status !== 'completed') {
      const texts = this.queued
      this.queued = []
      this.#listener.returned(texts)
      return
    }
    this.queued = rest
    this.say(next).catch(() => this.#listener.returned([next]))
  }

  #reduce(event: ClientEvent | SessionAction): void {
    const next = reduceSession(this.state, event)
    if (next === this.state) return
    this.state = next
    this.#listener.changed()
  }
}
