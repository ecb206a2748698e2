import type { RolloutLine } from '@gangway/home'
import type { SessionEvent, SessionSummary } from '../../../session.js'
import { CheckChain } from './check-chain.js'
import { checkpointType, type RenderCheckpoint } from './checkpoint.js'
import { EventClock } from './event-clock.js'
import { FateCounts } from './fate-counts.js'
import { jsonText } from './json-text.js'
import { LineSink } from './line-sink.js'
import { PersonShell } from './person-shell.js'
import { defaultRenderLimits, type RenderOptions } from './render-options.js'
import type { RenderReport } from './render-report.js'
import { sessionMeta } from './session-meta.js'
import { isSilent, Speech } from './speech.js'
import { ToolTraffic } from './tool-traffic.js'
import { TurnFrame } from './turn-frame.js'

/**
 * Makes the lines of a thread from the events of a session, one event at a time. Pure: touches no disk, reads no clock, and
 * the same events give the same lines. Holds what one turn needs.
 *
 * Source: reference 0.169.0, docs/observations/imported-threads.md
 */
export class SessionRenderer {
  readonly #clock: EventClock
  readonly #sink: LineSink
  readonly #frame: TurnFrame
  readonly #tools: ToolTraffic
  readonly #speech: Speech
  readonly #shell: PersonShell
  readonly #chain: CheckChain
  readonly #fates = new FateCounts()
  /** What of the session is in the thread already and is only being checked; undefined when the check is over. */
  #before: RenderCheckpoint | undefined
  /** Threads of helper agents that no call names. */
  readonly #helpers: Set<string>
  #isSame = true
  #isAnswered: boolean

  constructor(
    readonly summary: SessionSummary,
    readonly options: RenderOptions,
  ) {
    const { after } = options
    const from = options.events === 'suffix' ? after : undefined
    this.#helpers = new Set(after?.helpers)
    this.#isAnswered = !from?.openTurn
    this.#before = from || !after?.events ? undefined : after
    this.#chain = new CheckChain(from)
    this.#clock = new EventClock(from?.lastAtMs ?? summary.startedAtMs)
    this.#sink = new LineSink(this.#clock, from?.modelBytes ?? 0)
    this.#frame = new TurnFrame(this.#sink, from?.openTurn ?? null)
    const limits = { ...defaultRenderLimits, ...options.limits }
    const whole = { ...options, cwd: options.cwd ?? summary.cwd ?? '/', limits }
    this.#speech = new Speech(limits, this.#sink, this.#frame, this.#fates)
    this.#shell = new PersonShell(whole, this.#sink, this.#frame, this.#fates)
    this.#tools = new ToolTraffic(whole, this.#sink, this.#frame, this.#fates, from?.openCalls ?? [])
  }

  /** The first line of the thread's file. */
  head(): RolloutLine {
    return sessionMeta(this.summary, this.options)
  }

  /**
   * The lines of one event, in order: often some, sometimes none. Events that the thread has already give none, and so does
   * everything once `isRewritten`.
   */
  push(event: SessionEvent): readonly RolloutLine[] {
    if (!this.#isSame || (event.type === 'subagent' && this.#hasNothingNew())) return []
    const inputJson = event.type === 'toolCall' ? jsonText(event.input) : ''
    // What ends a turn, or was held back, happened before this event.
    if (event.type === 'userMessage') this.#beforeUser(event)
    else if (event.type !== 'document') this.#showHeld(event)
    this.#clock.advance(event.atMs)
    this.#render(event, inputJson)
    this.#chain.add(event, inputJson)
    const lines = this.#sink.take()
    if (!this.#before) return lines
    if (this.#chain.events === this.#before.events) this.#meetCheckpoint(this.#before)
    return []
  }

  /**
   * Ends the thread, or this part of it, for now: the last turn unless the log leaves it without an answer, an estimate of
   * its tokens, and the checkpoint. `[]` where nothing came after the old checkpoint. To be called once.
   */
  finish(): readonly RolloutLine[] {
    if (this.isRewritten || this.#hasNothingNew()) return []
    this.#rest()
    this.#sink.line(checkpointType, { ...this.checkpoint() })
    return this.#sink.take()
  }

  /** Whether the session does not begin with what the thread holds. Certain after the last event. */
  get isRewritten(): boolean {
    return !this.#isSame || this.#before !== undefined
  }

  /** How far the session is over now. Also the last line that `finish` gives. */
  checkpoint(): RenderCheckpoint {
    return {
      events: this.#chain.events,
      digest: this.#chain.digest,
      modelBytes: this.#sink.modelBytes,
      lastAtMs: this.#clock.nowMs,
      openTurn: this.#frame.open,
      openCalls: this.#tools.openCalls(),
      helpers: [...this.#helpers],
    }
  }

  /** What became of the events that were rendered. */
  report(): RenderReport {
    return this.#fates.report()
  }

  #hasNothingNew(): boolean {
    return this.options.after !== undefined && this.#chain.events === this.options.after.events
  }

  #render(event: SessionEvent, inputJson: string): void {
    switch (event.type) {
      case 'userMessage':
        if (this.#speech.user(event)) this.#isAnswered = false
        return
      case 'agentMessage':
        this.#isAnswered = this.#speech.agent(event) || this.#isAnswered
        return
      case 'reasoning':
        this.#speech.reasoning(event)
        this.#isAnswered = false
        return
      case 'toolCall':
        this.#tools.call(event, inputJson)
        this.#isAnswered = false
        return
      case 'toolResult':
        this.#tools.result(event)
        this.#isAnswered = false
        return
      case 'compaction':
        this.#tools.endTurn()
        this.#speech.compaction(event)
        return
      case 'document':
        this.#speech.hold(event)
        return
      case 'note':
        this.#note(event)
        return
      case 'subagent':
        this.#subagent(event)
        return
      default: {
        const never: never = event
        throw new TypeError(`unknown session event ${JSON.stringify(never)}`)
      }
    }
  }

  #showHeld(event: SessionEvent): void {
    this.#speech.showHeld()
    if (event.type !== 'note') this.#shell.show()
  }

  #beforeUser(event: Extract<SessionEvent, { type: 'userMessage' }>): void {
    this.#shell.show()
    this.#speech.showHeldBefore(event.atMs)
    if (!isSilent(event)) this.#endTurn()
  }

  #note({ code, text }: Extract<SessionEvent, { type: 'note' }>): void {
    if (this.#shell.take(code, text)) return
    if (code !== 'interruption') {
      this.#fates.dropped(`note:${code}`, 'not-the-persons-words')
      return
    }
    this.#fates.mapped('note:interruption')
    if (this.#frame.open === null) return
    this.#tools.endTurn()
    this.#speech.interruption()
    this.#frame.interrupt()
  }

  #subagent({ callId, path }: Extract<SessionEvent, { type: 'subagent' }>): void {
    const threadId = this.options.subagentThread?.(path) ?? null
    if (threadId === null) {
      this.#fates.dropped('subagent', 'no-thread')
      return
    }
    if (callId === null && this.#helpers.has(threadId)) return
    if (callId === null) this.#helpers.add(threadId)
    this.#fates.mapped('subagent')
    this.#tools.helper(callId ?? `helper-${threadId}`, threadId)
  }

  #endTurn(): void {
    this.#tools.endTurn()
    this.#frame.complete()
  }

  /** The end of the log, which may be the middle of a turn: only one that was answered is ended. */
  #rest(): void {
    this.#speech.showHeld()
    this.#shell.show()
    this.#speech.tokenEstimate()
    if (this.#tools.hasWaiting) this.#tools.showWaiting()
    else if (this.#isAnswered) this.#endTurn()
  }

  #meetCheckpoint(before: RenderCheckpoint): void {
    this.#before = undefined
    this.#isSame = this.#chain.digest === before.digest
    this.#rest()
    this.#sink.take()
    this.#fates.clear()
  }
}
