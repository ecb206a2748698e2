import { camelKeys, type Members, members, numberOrNull, text, textOrNull } from './members.js'
import type { StoredTurn, StoredTurnError } from './thread-item.js'
import { TurnItems } from './turn-items.js'

/** A turn while its lines are being read. */
export class TurnDraft {
  readonly items = new TurnItems()
  rootTurnId: string | null = null
  status: StoredTurn['status'] = 'completed'
  error: StoredTurnError | null = null
  startedAt: number | null = null
  completedAt: number | null = null
  durationMs: number | null = null
  /** Said to have started, or named by what belongs to it: kept even when empty. */
  isExplicit = false
  sawCompaction = false

  constructor(
    readonly id: string,
    /** Where it stands among its siblings. */
    public rank: number,
  ) {}

  /** A `task_started` event. */
  start(event: Members): void {
    this.isExplicit = true
    this.status = 'inProgress'
    this.rootTurnId = textOrNull(event.root_turn_id) ?? this.rootTurnId
    this.startedAt = numberOrNull(event.started_at)
  }

  /** A `task_complete` event. */
  complete(event: Members): void {
    if (this.status === 'inProgress') this.status = 'completed'
    if (typeof members(event.error).message === 'string') {
      this.status = 'failed'
      this.error = turnError(members(event.error))
    }
    this.#end(event)
  }

  /** A `turn_aborted` event. */
  abort(event: Members): void {
    this.status = 'interrupted'
    this.#end(event)
  }

  toTurn(): StoredTurn {
    return {
      id: this.id,
      rootTurnId: this.rootTurnId,
      items: this.items.toArray(),
      itemsView: 'full',
      status: this.status,
      error: this.error,
      startedAt: this.startedAt,
      completedAt: this.completedAt,
      durationMs: this.durationMs,
    }
  }

  #end(event: Members): void {
    this.completedAt = numberOrNull(event.completed_at)
    this.durationMs = numberOrNull(event.duration_ms)
  }
}

function turnError(error: Members): StoredTurnError {
  return {
    message: text(error.message),
    codexErrorInfo: camelKeys(error.codex_error_info),
    additionalDetails: textOrNull(error.additional_details),
    misalignment: camelKeys(error.misalignment),
  }
}
