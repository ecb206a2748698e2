import type { SessionEvent } from '../../../session.js'
import { CallIds } from './call-ids.js'
import type { OpenCall, RenderCheckpoint } from './checkpoint.js'
import type { FateCounts } from './fate-counts.js'
import { jsonText, plainValue } from './json-text.js'
import type { LineSink, Payload } from './line-sink.js'
import { wellFormed } from './plain-text.js'
import type { RenderLimits, RenderOptions } from './render-options.js'
import { callResponse, outputResponse } from './response-items.js'
import { outcomeOf, stillOpen, unanswered } from './tool-outcome.js'
import type { ItemPlace, ToolCall, ToolOutcome } from './tool-view.js'
import { helperAgent } from './tools/helper-agent.js'
import { toolView } from './tools/tool-views.js'
import type { TurnFrame } from './turn-frame.js'

/** A call that waits for its result. */
interface WaitingCall extends ToolCall {
  /** What of its input only the item keeps. */
  readonly leftOut: Payload | null
  /** Shown before as being under way: then the whole item is written again, in its place. */
  isShown: boolean
}

/** An input that is larger, as JSON, is not carried in a checkpoint. */
const maxCarriedChars = 64 * 1024

/** The calls of tools and their results: a pair for the model, one item for the eye. Holds the calls of one turn. */
export class ToolTraffic {
  readonly #waiting = new Map<string, WaitingCall>()
  readonly #ids = new CallIds()
  /** Threads of helper agents that are known before the call's result, and items that may be told of theirs after. */
  readonly #helperThreads = new Map<string, string>()
  readonly #helperItems = new Map<string, { call: WaitingCall; outcome: ToolOutcome }>()

  constructor(
    readonly options: RenderOptions & { readonly cwd: string; readonly limits: RenderLimits },
    readonly sink: LineSink,
    readonly frame: TurnFrame,
    readonly fates: FateCounts,
    open: readonly OpenCall[],
  ) {
    for (const { callId, ...call } of open) this.#waiting.set(callId, { ...call, leftOut: null, isShown: true })
    this.#forgetTurn()
  }

  get hasWaiting(): boolean {
    return this.#waiting.size > 0
  }

  call(event: Extract<SessionEvent, { type: 'toolCall' }>, inputJson: string): void {
    const callId = wellFormed(event.id)
    const tool = wellFormed(event.tool)
    const view = toolView(tool)
    this.frame.idFor(callId)
    if (this.#waiting.has(callId)) this.#settle(callId)
    const call: ToolCall = { id: this.#ids.take(callId), tool, input: event.input, atMs: this.sink.clock.nowMs }
    const leftOut = callResponse(this.sink, call, view, inputJson)
    if (leftOut) this.fates.rewritten('tool arguments', 'kept-beside-the-item')
    this.fates.mapped(`toolCall:${view.kind}`)
    this.#waiting.set(callId, { ...call, leftOut, isShown: false })
  }

  result(event: Extract<SessionEvent, { type: 'toolResult' }>): void {
    const callId = wellFormed(event.callId)
    this.frame.idFor(callId)
    const outcome = outcomeOf(event, this.sink.clock.nowMs, this.options.limits, this.fates)
    this.#answer(callId, this.#waiting.get(callId) ?? this.#missingCall(callId), outcome)
  }

  /** A helper agent's log was found. @param threadId null when it has no thread */
  helper(callId: string, threadId: string): void {
    const known = this.#helperItems.get(callId)
    if (this.#waiting.has(callId)) this.#helperThreads.set(callId, threadId)
    else if (known) this.#show(known.call, known.outcome, threadId)
    else this.#show(this.#unknownHelper(callId), { ...stillOpen(this.sink.clock.nowMs), status: 'completed' }, threadId)
  }

  /** What waits gets no result any more: it is ended as not answered. Ids may be used again. */
  endTurn(): void {
    for (const callId of [...this.#waiting.keys()]) this.#settle(callId)
    this.#forgetTurn()
  }

  /** Shows what waits as under way, and goes on waiting. */
  showWaiting(): void {
    for (const [callId, call] of this.#waiting) {
      if (call.isShown) continue
      this.#show(call, stillOpen(this.sink.clock.nowMs), this.#helperThreads.get(callId) ?? null)
      call.isShown = true
    }
  }

  openCalls(): RenderCheckpoint['openCalls'] {
    return [...this.#waiting].map(([callId, { id, tool, input, atMs }]) => {
      const json = jsonText(input)
      return { callId, id, tool, input: json.length <= maxCarriedChars ? plainValue(input, json) : null, atMs }
    })
  }

  #settle(callId: string): void {
    this.#answer(callId, this.#waiting.get(callId)!, unanswered(this.sink.clock.nowMs))
  }

  #answer(callId: string, call: WaitingCall, outcome: ToolOutcome): void {
    this.#waiting.delete(callId)
    outputResponse(this.sink, call.id, outcome)
    if (toolView(call.tool) === helperAgent) this.#helperItems.set(callId, { call, outcome })
    this.#show(call, outcome, this.#helperThreads.get(callId) ?? null)
    this.#helperThreads.delete(callId)
  }

  #show(call: WaitingCall, outcome: ToolOutcome, helperThreadId: string | null): void {
    const place = this.#place(call, helperThreadId)
    const { item, event } = toolView(call.tool).item(call, outcome, place)
    const times = { started_at_ms: call.atMs, completed_at_ms: outcome.atMs }
    const isOver = outcome.status !== 'inProgress'
    if (event && isOver) this.sink.event({ ...event, ...times })
    if (event && isOver && !call.isShown) return
    const { threadId, turnId } = place
    const whole = { ...item, ...keptInput(call) }
    this.sink.event({ type: 'item_completed', thread_id: threadId, turn_id: turnId, item: whole, ...times })
  }

  #place(call: ToolCall, helperThreadId: string | null): ItemPlace {
    const { threadId, cwd } = this.options
    return { threadId, turnId: this.frame.idFor(call.id), cwd, helperThreadId }
  }

  /** A result alone would be dropped by the reference: it gets a call. */
  #missingCall(callId: string): WaitingCall {
    const { nowMs: atMs } = this.sink.clock
    const call = { id: this.#ids.take(`${callId}-result`), tool: 'unknown', input: {}, atMs }
    this.fates.rewritten('toolCall:unknown', 'call-missing')
    callResponse(this.sink, call, toolView(call.tool), '{}')
    return { ...call, leftOut: null, isShown: false }
  }

  #unknownHelper(callId: string): WaitingCall {
    return {
      id: this.#ids.take(callId),
      tool: 'Task',
      input: {},
      atMs: this.sink.clock.nowMs,
      leftOut: null,
      isShown: false,
    }
  }

  #forgetTurn(): void {
    this.#helperItems.clear()
    this.#ids.reset([...this.#waiting.values()].map(({ id }) => id))
  }
}

/** What of a call's input only the item keeps. */
function keptInput({ tool, leftOut }: WaitingCall): Payload {
  if (leftOut === null) return {}
  return { source_tool: tool, source_input: plainValue(leftOut, jsonText(leftOut)) }
}
