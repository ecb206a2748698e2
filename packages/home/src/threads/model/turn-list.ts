import { type Members, numberOrNull, text, textOrNull } from './members.js'
import type { StoredTurn } from './thread-item.js'
import { TurnDraft } from './turn-draft.js'

/**
 * The turns of a thread while its lines are being read: which one is open, and which one a line belongs to.
 *
 * Source: reference 0.169.0, docs/observations/rollout-files.md
 */
export class TurnList {
  readonly #byId = new Map<string, TurnDraft>()
  #open: TurnDraft | undefined
  #nextRank = 0
  #itemCount: number

  /** @param isPaginated a turn stands where it started or ended, not where it was first named */
  constructor(
    readonly isPaginated: boolean,
    itemCount: number,
  ) {
    this.#itemCount = itemCount
  }

  get itemCount(): number {
    return this.#itemCount
  }

  /** Whether a user message belongs to the turn that is open, or to one that a compaction has just opened. */
  get isInsideTurn(): boolean {
    return this.#open !== undefined && (this.#open.isExplicit || this.#open.items.isEmpty)
  }

  /** Id for an item that has none: counts through the whole thread. */
  nextItemId(): string {
    this.#itemCount += 1
    return `item-${this.#itemCount}`
  }

  start(event: Members): void {
    const id = text(event.turn_id)
    if (id === '') return
    this.#closeOpen()
    const turn = this.#ranked(id)
    turn.start(event)
    this.#open = turn
  }

  complete(event: Members): void {
    const turn = this.#ending(event)
    if (!turn) return
    turn.complete(event)
    this.#afterEnd(turn, event)
  }

  abort(event: Members): void {
    const turn = this.#ending(event)
    if (!turn) return
    turn.abort(event)
    this.#afterEnd(turn, event)
  }

  /** The turn for a person's words: the open one when it was said to have started, else a new one. */
  forUserMessage(lineIndex: number): TurnDraft {
    const open = this.#open
    if (open && !open.isExplicit && !(open.sawCompaction && open.items.isEmpty)) this.#closeOpen()
    return this.current(lineIndex)
  }

  /** The open turn, or a new one named after the line that needs it. */
  current(lineIndex: number): TurnDraft {
    this.#open ??= this.#named(`rollout-${lineIndex}`)
    return this.#open
  }

  /** The turn of that id, made when it is not there; the open one when no id is given. */
  named(id: string | null, lineIndex: number): TurnDraft {
    if (id === null || id === '') return this.current(lineIndex)
    const turn = this.#byId.get(id) ?? this.#named(id)
    turn.isExplicit = true
    return turn
  }

  /** The turn of that id when there is one, else the open one. */
  namedOrCurrent(id: string | null, lineIndex: number): TurnDraft {
    return (id === null ? undefined : this.#byId.get(id)) ?? this.current(lineIndex)
  }

  /** The last turns were taken back. */
  rollBack(event: Members): void {
    this.#closeOpen()
    const turns = this.#inOrder()
    for (const turn of turns.slice(Math.max(0, turns.length - (numberOrNull(event.num_turns) ?? 0)))) {
      this.#byId.delete(turn.id)
    }
    this.#itemCount = this.#inOrder().reduce((sum, turn) => sum + turn.items.count, 0)
  }

  /** All turns. One that never ended counts as interrupted, unless it is the open one of a thread that is live. */
  toTurns(isLive: boolean): StoredTurn[] {
    return this.#inOrder()
      .filter((turn) => !isNothing(turn))
      .map((draft) => {
        const turn = draft.toTurn()
        const isStale = turn.status === 'inProgress' && !(isLive && draft === this.#open)
        return isStale ? { ...turn, status: 'interrupted' } : turn
      })
  }

  #ending(event: Members): TurnDraft | undefined {
    const id = textOrNull(event.turn_id)
    const turn = id === null ? undefined : this.#byId.get(id)
    if (turn) return this.#ranked(turn.id)
    if (id !== null && this.isPaginated) return this.#ranked(id)
    return this.#open
  }

  #afterEnd(turn: TurnDraft, event: Members): void {
    if (this.isPaginated) {
      turn.isExplicit = true
      turn.startedAt = numberOrNull(event.started_at) ?? turn.startedAt
      turn.rootTurnId = textOrNull(event.root_turn_id) ?? turn.rootTurnId
    }
    if (turn === this.#open) this.#closeOpen()
  }

  /** A turn that so far was only named by its items moves to where it starts or ends. */
  #ranked(id: string): TurnDraft {
    const known = this.#byId.get(id)
    const turn = known ?? this.#named(id)
    if (known && this.isPaginated && known.startedAt === null && known.rootTurnId === null)
      known.rank = this.#nextRank++
    return turn
  }

  #named(id: string): TurnDraft {
    const turn = new TurnDraft(id, this.#nextRank++)
    this.#byId.set(id, turn)
    return turn
  }

  #closeOpen(): void {
    if (this.#open && isNothing(this.#open)) this.#byId.delete(this.#open.id)
    this.#open = undefined
  }

  #inOrder(): TurnDraft[] {
    return [...this.#byId.values()].sort((left, right) => left.rank - right.rank)
  }
}

function isNothing(turn: TurnDraft): boolean {
  return turn.items.isEmpty && !turn.isExplicit && !turn.sawCompaction
}
