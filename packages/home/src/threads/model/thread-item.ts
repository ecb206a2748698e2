/** What a conversation shows, as the wire spells it: `type` and `id`, and what belongs to the type. */
export interface StoredItem {
  readonly type: string
  readonly id: string
  /** Milliseconds since the epoch; null where the file does not say. */
  readonly startedAtMs?: number | null
  readonly completedAtMs?: number | null
  readonly [member: string]: unknown
}

/** How a turn ended, in the wire's words. */
export interface StoredTurnError {
  readonly message: string
  readonly codexErrorInfo: unknown
  readonly additionalDetails: string | null
  readonly misalignment: unknown
}

/** One turn with all its items, as the wire shows it in the `full` view. */
export interface StoredTurn {
  readonly id: string
  readonly rootTurnId: string | null
  readonly items: readonly StoredItem[]
  readonly itemsView: 'full'
  readonly status: 'completed' | 'interrupted' | 'failed' | 'inProgress'
  readonly error: StoredTurnError | null
  /** Seconds since the epoch. */
  readonly startedAt: number | null
  readonly completedAt: number | null
  readonly durationMs: number | null
}

/** An item and the turn it belongs to. */
export interface PlacedItem {
  readonly turnId: string
  readonly item: StoredItem
}
