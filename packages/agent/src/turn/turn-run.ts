import { setMaxListeners } from 'node:events'
import type { ServerNotifications, ThreadItem, Turn, TurnError, UserInput } from '@gangway/protocol'
import { uuidV7 } from '../ids.js'
import { addHistory, previewOf, type ThreadCore } from '../thread-core.js'
import type { MaybePromise, ThreadNotification } from '../thread-host.js'
import type { ItemSink, ToolContext } from '../tools/tool.js'
import { userMessage, wholeInput } from '../user-words.js'
import { noteEnd } from './end-lines.js'
import { markUnread } from './read-state.js'
import { TurnDiff } from './turn-diff.js'
import { turnError } from './turn-error.js'
import { hookContext, runHooks, StoppedByHook } from './turn-hooks.js'
import { TurnQuestions } from './turn-questions.js'

/** Words of a person that are to be told to the model. */
export interface PersonsWords {
  readonly input: readonly UserInput[]
  readonly clientId: string | null
}

/** Why a turn's work was stopped: the person, or the end of the thread. */
const interrupted = new Error('the turn was interrupted')

/** One turn, from its first notification to its last: its items, its end, and the context that tools work in. */
export class TurnRun {
  readonly id: string
  /** What the turn takes is not measured by the time of day, which may be set. */
  readonly #startedMs = performance.now()
  #startedAt: number | null = null
  readonly #controller = new AbortController()
  readonly #items = new Map<string, ThreadItem>()
  readonly #startedAtMs = new Map<string, number>()
  readonly #questions: TurnQuestions
  readonly diff: TurnDiff
  /** Words that came while the turn was under way. */
  readonly steered: PersonsWords[] = []
  #takesWords = true
  #lastMessage: Extract<ThreadItem, { type: 'agentMessage' }> | undefined
  #ended: Promise<void> | undefined
  /** With all its items, once it is over. */
  #final: Turn | undefined
  /** Cuts what the model is saying, for words that came. */
  cut: (() => void) | undefined
  /** Settles with the turn's end, from the moment that it was promised. */
  begun: Promise<void> | undefined

  constructor(
    readonly core: ThreadCore,
    /** Turns that take no further words. */
    readonly fixedKind: 'review' | 'compact' | null = null,
    id = uuidV7(),
  ) {
    this.id = id
    this.diff = new TurnDiff(core.settings.cwd)
    this.#questions = new TurnQuestions(core, this.#controller.signal, () => this.isOver)
    // Every call of a turn listens, and there may be many at once.
    setMaxListeners(0, this.#controller.signal)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get isOver(): boolean {
    return this.#final !== undefined
  }

  /** As it is now. */
  toTurn(): Turn {
    return this.#turn('inProgress', null, [...this.#items.values()], 'full')
  }

  /** As answers show it that come before its first event. */
  toNewTurn(): Turn {
    return { ...this.#turn('inProgress', null, [], 'notLoaded'), startedAt: null }
  }

  /** Resolves when the end was told. */
  async interrupt(): Promise<void> {
    this.#controller.abort(interrupted)
    await (this.#ended ?? this.begun)
  }

  /** Whether words that come now are still told in this turn. What is being stopped takes none. */
  get takesWords(): boolean {
    return this.#takesWords && !this.signal.aborted
  }

  /** Takes no more words, whatever is there: it is about to be stopped. */
  refuseWords(): void {
    this.#takesWords = false
  }

  /** Takes no more words, unless some are there that were not told. @returns whether none were */
  closeForWords(): boolean {
    if (this.steered.length === 0) this.#takesWords = false
    return !this.#takesWords
  }

  /** Resolves when the end was told. */
  async whenOver(): Promise<void> {
    await (this.#ended ?? this.begun ?? new Promise((resolve) => setImmediate(resolve)))
  }

  /** What the model said last; empty before. */
  get lastText(): string {
    return this.#lastMessage?.text ?? ''
  }

  steer(words: PersonsWords): void {
    this.steered.push(words)
    this.cut?.()
  }

  /** Does `work` as this turn. Never rejects: what it throws is how the turn ends. */
  run(work: (run: TurnRun) => Promise<void>): Promise<void> {
    const { host, threadId } = this.core
    const turn = () => this.#run(work)
    const attributes = { 'gangway.thread_id': threadId, 'gangway.turn_id': this.id }
    const done = host.inSpan?.('turn', attributes, turn) ?? turn()
    this.#ended = done.catch((error: unknown) => host.report('the end of a turn', error))
    return this.#ended
  }

  async #run(work: (run: TurnRun) => Promise<void>): Promise<void> {
    const { core } = this
    this.#startedAt = Math.floor(Date.now() / 1_000)
    core.setStatus({ type: 'active', activeFlags: [] })
    await this.notify('turn/started', {
      threadId: core.threadId,
      turn: this.#turn('inProgress', null, [], 'notLoaded'),
    })
    try {
      core.recorder.event({
        type: 'task_started',
        turn_id: this.id,
        root_turn_id: this.id,
        started_at: this.#startedAt,
        model_context_window: core.usage?.modelContextWindow ?? null,
        collaboration_mode_kind: core.settings.collaborationMode.mode,
      })
      await core.history.ready()
      await work(this)
      this.signal.throwIfAborted()
      await this.#end('completed', null)
    } catch (error) {
      if (this.signal.aborted) await this.#end('interrupted', null)
      else if (error instanceof StoppedByHook) await this.#end('completed', null)
      else await this.#end('failed', turnError(error))
    }
  }

  async #end(status: 'completed' | 'interrupted' | 'failed', error: TurnError | null): Promise<void> {
    const { core, id } = this
    const { recorder } = core
    this.cut = undefined
    this.#takesWords = false
    if (status === 'interrupted') {
      if (core.usage) await this.tellUsage()
      const hooks = core.hooks.run('Interrupt', { turnId: id }, new AbortController().signal)
      core.host.track('hooks of an interruption', hooks)
    }
    const turn = this.#turn(
      status,
      error,
      this.#lastMessage && status === 'completed' ? [this.#lastMessage] : [],
      'summary',
    )
    try {
      noteEnd(core, turn, this.#lastMessage?.text ?? null)
    } catch (cause) {
      core.host.report('writing the end of a turn', cause)
      // Clients must hear that what they saw is not in the file, and that the turn is over.
      if (status === 'completed') return this.#tellEnd({ ...turn, status: 'failed', error: turnError(cause) })
    }
    if (status === 'completed' && this.#lastMessage !== undefined && recorder.path !== null) {
      await markUnread(core, id).catch((cause: unknown) => core.host.report('noting what was not read', cause))
    }
    await this.#tellEnd(turn)
  }

  async #tellEnd(turn: Turn): Promise<void> {
    const { core } = this
    const { threadId } = core
    const { status, error = null } = turn
    this.#final = this.#turn(status, error, [...this.#items.values()], 'full')
    core.finishedTurn(this.#final)
    core.setStatus(status === 'failed' ? { type: 'systemError' } : { type: 'idle' })
    if (error !== null) await this.notify('error', { error, willRetry: false, threadId, turnId: this.id })
    await this.notify('turn/completed', { threadId, turn })
  }

  #turn(
    status: Turn['status'],
    error: TurnError | null,
    items: readonly ThreadItem[],
    view: 'full' | 'summary' | 'notLoaded',
  ): Turn {
    const isOver = status !== 'inProgress'
    return {
      id: this.id,
      rootTurnId: this.id,
      items,
      itemsView: view === 'summary' && items.length === 0 ? 'notLoaded' : view,
      status,
      error,
      startedAt: this.#startedAt,
      completedAt: isOver ? Math.floor(Date.now() / 1_000) : null,
      durationMs: isOver ? Math.round(performance.now() - this.#startedMs) : null,
    }
  }

  notify<M extends ThreadNotification>(method: M, params: ServerNotifications[M]): MaybePromise<void> {
    return this.core.host.notify(method, params)
  }

  /** Tells what was used so far. */
  async tellUsage(): Promise<void> {
    const { usage: tokenUsage, threadId } = this.core
    if (tokenUsage !== null) await this.notify('thread/tokenUsage/updated', { threadId, turnId: this.id, tokenUsage })
  }

  /** Shows that an item began. */
  started(item: ThreadItem): MaybePromise<void> {
    const startedAtMs = Date.now()
    this.#startedAtMs.set(item.id, startedAtMs)
    const shown = { ...item, startedAtMs, completedAtMs: null }
    this.#items.set(item.id, shown)
    return this.notify('item/started', { item: shown, threadId: this.core.threadId, turnId: this.id, startedAtMs })
  }

  /** Notes a finished item in the file, then shows it. */
  async completed(item: ThreadItem, alsoWrite?: () => void): Promise<void> {
    const completedAtMs = Date.now()
    const shown = { ...item, startedAtMs: this.#startedAtMs.get(item.id) ?? completedAtMs, completedAtMs }
    const { core } = this
    core.recorder.together(() => {
      core.recorder.item(shown, this.id, core.threadId)
      alsoWrite?.()
    })
    this.#items.set(item.id, shown)
    // A command may outlive its turn.
    if (this.#final) core.finishedTurn({ ...this.#final, items: [...this.#items.values()] })
    if (shown.type === 'agentMessage') this.#lastMessage = shown
    const params = { item: shown, threadId: core.threadId, turnId: this.id, contentTokenCount: null, completedAtMs }
    await this.notify('item/completed', params)
    if (item.type === 'fileChange' && !this.diff.isEmpty) await this.tellDiff()
  }

  async tellDiff(): Promise<void> {
    const diff = await this.diff.text()
    await this.notify('turn/diff/updated', { threadId: this.core.threadId, turnId: this.id, diff })
  }

  /** Tells the model what the person said, and shows it. The file is there then. */
  async say({ input, clientId }: PersonsWords): Promise<void> {
    const { core } = this
    const prompt = input.map((part) => (part.type === 'text' ? part.text : '')).join('')
    const verdict = await runHooks(this, 'UserPromptSubmit', { turnId: this.id, prompt })
    if (verdict.blocked !== null) throw new StoppedByHook(verdict.blocked)
    const item: ThreadItem = { type: 'userMessage', id: uuidV7(), clientId, content: input.map(wholeInput) }
    const messages = await userMessage(input)
    if (core.preview === '') core.preview = previewOf(item)
    core.recorder.begin()
    addHistory(core, messages)
    await this.started(item)
    await this.completed(item)
    addHistory(core, hookContext(verdict))
  }

  /** What tools get to see of this turn. */
  toolContext(): ToolContext {
    const { core } = this
    const items: ItemSink = {
      started: (item) => void this.started(item),
      completed: (item) => this.completed(item),
    }
    return {
      host: core.host,
      threadId: core.threadId,
      turnId: this.id,
      settings: core.settings,
      signal: this.signal,
      items,
      hooks: core.hooks,
      ask: (method, params, flag) => this.#questions.ask(method, params, flag),
      notify: (method, params) => this.notify(method, params),
      fileChanged: (path, before, after) => this.diff.changed(path, before, after),
      cancelTurn: () => this.#controller.abort(interrupted),
    }
  }
}
