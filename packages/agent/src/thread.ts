import {
  type CollaborationMode,
  type ResponseItem,
  type ReviewTarget,
  RpcError,
  rpcCodes,
  type ThreadBackgroundTerminal,
  type ThreadStatus,
  type ThreadTokenUsage,
  type Turn,
  type UserInput,
} from '@gangway/protocol'
import type { AgentThread, TurnRequest } from './agent-thread.js'
import { compactHistory } from './compaction.js'
import type { Instructions } from './context/agents-md.js'
import type { ToldContext } from './context/told-context.js'
import type { History } from './history.js'
import { openThreadHooks } from './hooks/open-hooks.js'
import type { ThreadHooks } from './hooks/thread-hooks.js'
import { lateAfter } from './late-after.js'
import type { Recorder } from './record/recorder.js'
import { settingsApplied } from './record/setting-lines.js'
import { addHistory, type ThreadCore, type TurnModel } from './thread-core.js'
import type { ThreadHost } from './thread-host.js'
import type { ThreadSettings } from './thread-settings.js'
import type { ToolSet } from './tools/tool.js'
import { checkActive, refuseFixed } from './turn/check-active.js'
import { plainTurn } from './turn/plain-turn.js'
import { reviewTurn } from './turn/review-turn.js'
import { shellWork } from './turn/shell-work.js'
import { turnModel } from './turn/turn-model.js'
import { TurnRun } from './turn/turn-run.js'

/** What a loaded thread begins with. */
export interface LiveThreadParts {
  readonly host: ThreadHost
  readonly threadId: string
  readonly originator: string
  readonly isEphemeral: boolean
  readonly recorder: Recorder
  readonly history: History
  readonly told: ToldContext
  readonly settings: ThreadSettings
  readonly instructions: Instructions
  readonly usage: ThreadTokenUsage | null
  readonly preview: string
  readonly turns: readonly Turn[]
  readonly configOverrides: Readonly<Record<string, unknown>>
  readonly beginning: NonNullable<ThreadCore['beginning']>
  /** Opens the tools: they are given a way to see the thread. */
  openTools(core: ThreadCore): Promise<readonly ToolSet[]>
}

/** A thread with its turns, one at a time. */
export class LiveThread implements AgentThread, ThreadCore {
  readonly host: ThreadHost
  readonly threadId: string
  readonly originator: string
  readonly isEphemeral: boolean
  readonly recorder: Recorder
  readonly history: History
  readonly told: ToldContext
  settings: ThreadSettings
  instructions: Instructions
  usage: ThreadTokenUsage | null
  preview: string
  toolSets: readonly ToolSet[] = []
  readonly configOverrides: Readonly<Record<string, unknown>>
  readonly hooks: ThreadHooks
  beginning: ThreadCore['beginning']
  #status: ThreadStatus = { type: 'idle' }
  #run: TurnRun | undefined
  #closing: Promise<void> | undefined
  readonly #turns: Turn[]

  /** Opens the thread's tools. */
  static async open(parts: LiveThreadParts): Promise<LiveThread> {
    const thread = new LiveThread(parts)
    thread.toolSets = await parts.openTools(thread)
    return thread
  }

  private constructor(parts: LiveThreadParts) {
    this.host = parts.host
    this.threadId = parts.threadId
    this.originator = parts.originator
    this.isEphemeral = parts.isEphemeral
    this.recorder = parts.recorder
    this.history = parts.history
    this.told = parts.told
    this.settings = parts.settings
    this.instructions = parts.instructions
    this.usage = parts.usage
    this.preview = parts.preview
    this.#turns = [...parts.turns]
    this.configOverrides = parts.configOverrides
    this.beginning = parts.beginning
    this.hooks = openThreadHooks(this)
  }

  get path(): string | null {
    return this.recorder.path
  }

  get plannedPath(): string | null {
    return this.recorder.options.path
  }

  get status(): ThreadStatus {
    return this.#status
  }

  get activeTurn(): Turn | null {
    return this.#active?.toTurn() ?? null
  }

  get tokenUsage(): ThreadTokenUsage | null {
    return this.usage
  }

  get instructionSources(): readonly string[] {
    return this.instructions.sources
  }

  get turns(): readonly Turn[] {
    return this.#turns
  }

  get collaborationMode(): CollaborationMode {
    return this.settings.collaborationMode
  }

  updateSettings(change: Partial<ThreadSettings>): boolean {
    const next = { ...this.settings, ...change }
    if (JSON.stringify(next) === JSON.stringify(this.settings)) return false
    this.settings = next
    if (this.recorder.path !== null) this.recorder.event(settingsApplied(next, this.threadId))
    return true
  }

  async startTurn(request: TurnRequest): Promise<Turn> {
    const words = { input: request.input, clientId: request.clientUserMessageId }
    for (let active = this.#active; active !== undefined; active = this.#active) {
      refuseFixed(active)
      if (active.takesWords) {
        active.steer(words)
        return active.toNewTurn()
      }
      await active.whenOver()
    }
    return this.#start(null, (run, model) => plainTurn(run, model, { words, outputSchema: request.outputSchema }))
  }

  steer(expectedTurnId: string, input: readonly UserInput[], clientUserMessageId: string | null): string {
    const run = checkActive(this.#active, expectedTurnId, 'steer')
    refuseFixed(run)
    if (!run.takesWords) throw new RpcError(rpcCodes.invalidRequest, 'no active turn to steer')
    run.steer({ input, clientId: clientUserMessageId })
    return run.id
  }

  willInterrupt(turnId: string): void {
    checkActive(this.#active, turnId, 'interrupt').refuseWords()
  }

  async interrupt(turnId: string): Promise<void> {
    await checkActive(this.#active, turnId, 'interrupt').interrupt()
  }

  async compact(): Promise<Turn> {
    this.#refuseBusy()
    return this.#start('compact', compactHistory)
  }

  async shellCommand(command: string): Promise<Turn> {
    const active = this.#active
    if (active !== undefined) {
      this.host.track('a command of the person', shellWork(active, command))
      return active.toNewTurn()
    }
    return this.#start(null, async (run, model) => {
      await shellWork(run, command)
      while (!run.closeForWords()) {
        const [words] = run.steered.splice(0, 1)
        if (words !== undefined) await plainTurn(run, model, { words, outputSchema: null })
      }
    })
  }

  async review(target: ReviewTarget): Promise<Turn> {
    this.#refuseBusy()
    return this.#start('review', (run, model) => reviewTurn(run, model, target))
  }

  async injectItems(items: readonly ResponseItem[]): Promise<void> {
    await this.history.ready()
    addHistory(this, items)
  }

  backgroundTerminals(): readonly ThreadBackgroundTerminal[] {
    return this.toolSets.flatMap(({ terminals }) => terminals?.list() ?? [])
  }

  async terminateTerminal(processId: string): Promise<boolean> {
    for (const { terminals } of this.toolSets) if (await terminals?.terminate(processId)) return true
    return false
  }

  async cleanTerminals(): Promise<void> {
    await Promise.all(this.toolSets.map(({ terminals }) => terminals?.clean()))
  }

  close(graceMs: number): Promise<void> {
    this.#closing ??= this.#close(graceMs)
    return this.#closing
  }

  setStatus(status: ThreadStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return
    this.#status = status
    const told = this.host.notify('thread/status/changed', { threadId: this.threadId, status })
    if (told !== undefined) this.host.track('a change of status', told)
  }

  model(): Promise<TurnModel> {
    return turnModel(this.host, this.settings)
  }

  finishedTurn(turn: Turn): void {
    const at = this.#turns.findIndex(({ id }) => id === turn.id)
    if (at === -1) this.#turns.push(turn)
    else this.#turns[at] = turn
  }

  get #active(): TurnRun | undefined {
    return this.#run?.isOver === false ? this.#run : undefined
  }

  #refuseBusy(): void {
    if (this.#active !== undefined) throw new RpcError(rpcCodes.invalidRequest, 'a turn is already in progress')
  }

  /** Begins a turn behind the answer to whoever asked for it. */
  async #start(
    fixedKind: 'review' | 'compact' | null,
    work: (run: TurnRun, model: TurnModel) => Promise<void>,
  ): Promise<Turn> {
    if (this.#closing !== undefined) throw new RpcError(rpcCodes.invalidRequest, `thread ${this.threadId} is closed`)
    // At once, so that a second start finds the turn and not a gap.
    const run = new TurnRun(this, fixedKind)
    this.#run = run
    let model: TurnModel
    try {
      model = await this.model()
    } catch (error) {
      this.#run = undefined
      throw error
    }
    await this.#warnUnknownModel(model)
    const begun = new Promise<void>((resolve) => {
      setImmediate(() => resolve(run.run((turn) => work(turn, model))))
    })
    run.begun = begun
    this.host.track('a turn', begun)
    return run.toNewTurn()
  }

  async #warnUnknownModel({ facts }: TurnModel): Promise<void> {
    if (facts.isKnown || this.#warnedOf === facts.id) return
    this.#warnedOf = facts.id
    const message = `Model metadata for \`${facts.id}\` not found. Defaulting to fallback metadata; this can degrade performance and cause issues.`
    await this.host.notify('warning', { threadId: this.threadId, message })
  }

  #warnedOf: string | undefined

  /** Only where the hooks were told of a beginning. */
  async #endHooks(): Promise<void> {
    if (this.beginning !== null) return
    await this.hooks
      .run('SessionEnd', { reason: 'other' }, new AbortController().signal)
      .catch((error: unknown) => this.host.report('hooks at the end of a thread', error))
  }

  async #close(graceMs: number): Promise<void> {
    const run = this.#active
    const { late, cancel } = lateAfter(graceMs)
    try {
      await Promise.race([run?.interrupt(), late])
      await Promise.race([this.#endHooks(), late])
      await Promise.race([Promise.allSettled(this.toolSets.map((set) => set.close())), late])
    } finally {
      cancel()
      try {
        this.recorder.close()
      } catch (error) {
        this.host.report('writing the last of a thread', error)
      }
    }
  }
}
