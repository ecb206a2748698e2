/** An item of a turn, as far as the client looks at it. */
export interface ThreadItem {
  readonly id: string
  readonly type: string
  readonly [member: string]: unknown
}

/** A turn, as far as the client looks at it. */
export interface Turn {
  readonly id: string
  /** `inProgress`, `completed`, `interrupted` or `failed`. */
  readonly status: string
  readonly items: readonly ThreadItem[]
  /** How much of `items` is there: `full`, `summary` or `notLoaded`. Older servers do not say. */
  readonly itemsView?: string
  readonly [member: string]: unknown
}

/** A thread, as far as the client looks at it. */
export interface Thread {
  readonly id: string
  readonly status?: { readonly type: string }
  readonly turns?: readonly Turn[]
}

/** Which turn something is about. */
export interface TurnName {
  readonly threadId: string
  readonly turnId: string
}

/** The turn that an event with `params` is about. */
export function turnNameOf(params: unknown): TurnName | undefined {
  if (typeof params !== 'object' || params === null) return undefined
  const { threadId, turnId, turn } = params as {
    readonly threadId?: unknown
    readonly turnId?: unknown
    readonly turn?: { readonly id?: unknown } | null
  }
  if (typeof threadId !== 'string') return undefined
  const id = turnId ?? turn?.id
  return typeof id === 'string' ? { threadId, turnId: id } : undefined
}

/** Whether nothing of a turn is still to come. */
export function isOver(turn: Turn): boolean {
  return turn.status !== 'inProgress'
}
