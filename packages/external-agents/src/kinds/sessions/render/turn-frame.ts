import type { LineSink } from './line-sink.js'
import { wellFormed } from './plain-text.js'

/** Turn ids of ours begin so, and go on with the id of the record that opened the turn. */
const turnPrefix = 'imported-turn-'

/** Whether a turn was brought over, and not taken in the new agent. */
export function isImportedTurnId(turnId: string): boolean {
  return turnId.startsWith(turnPrefix)
}

/** The turn that is open, and how it began. */
export interface OpenTurn {
  readonly id: string
  readonly startedAtMs: number
}

/** Begins and ends turns: each once. */
export class TurnFrame {
  #open: OpenTurn | null

  constructor(
    readonly sink: LineSink,
    open: OpenTurn | null,
  ) {
    this.#open = open
  }

  get open(): OpenTurn | null {
    return this.#open
  }

  /** The open turn's id; begins one, named after what needs it, where none is open. */
  idFor(sourceId: string): string {
    if (this.#open === null) this.begin(sourceId)
    return this.#open!.id
  }

  begin(sourceId: string): void {
    const { clock } = this.sink
    this.#open = { id: turnPrefix + wellFormed(sourceId), startedAtMs: clock.nowMs }
    this.sink.event({
      type: 'task_started',
      turn_id: this.#open.id,
      started_at: clock.seconds,
      model_context_window: null,
      collaboration_mode_kind: 'default',
    })
  }

  complete(): void {
    this.#end('task_complete', { last_agent_message: null })
  }

  interrupt(): void {
    this.#end('turn_aborted', { reason: 'interrupted' })
  }

  #end(type: string, more: { readonly [member: string]: unknown }): void {
    if (this.#open === null) return
    const { id, startedAtMs } = this.#open
    const { clock } = this.sink
    this.#open = null
    this.sink.event({
      type,
      turn_id: id,
      ...more,
      started_at: Math.floor(startedAtMs / 1000),
      completed_at: clock.seconds,
      duration_ms: Math.max(0, clock.nowMs - startedAtMs),
    })
  }
}
