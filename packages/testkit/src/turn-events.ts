/** A notification to send: its method and params. */
export type PeerNotification = readonly [method: string, params: unknown]

/** Which turn the notifications are about. */
export interface TurnName {
  readonly threadId: string
  readonly turnId: string
}

/** The notifications of a turn, in the protocol's shapes, for scripts. */
export const turnEvents = {
  /** The thread is `idle`, `active`, … */
  status: (threadId: string, type: string): PeerNotification => [
    'thread/status/changed',
    { threadId, status: type === 'active' ? { type, activeFlags: [] } : { type } },
  ],
  started: ({ threadId, turnId }: TurnName): PeerNotification => [
    'turn/started',
    { threadId, turn: turnOf(turnId, 'inProgress') },
  ],
  itemStarted: (turn: TurnName, item: PeerItem): PeerNotification => [
    'item/started',
    { ...turn, item, startedAtMs: 1 },
  ],
  delta: (turn: TurnName, itemId: string, delta: string): PeerNotification => [
    'item/agentMessage/delta',
    { ...turn, itemId, delta },
  ],
  itemCompleted: (turn: TurnName, item: PeerItem): PeerNotification => [
    'item/completed',
    { ...turn, item, completedAtMs: 2 },
  ],
  completed: ({ threadId, turnId }: TurnName, items: readonly PeerItem[] = []): PeerNotification => [
    'turn/completed',
    { threadId, turn: turnOf(turnId, 'completed', items) },
  ],
}

/** An item of a turn. */
export interface PeerItem {
  readonly type: string
  readonly id: string
  readonly [member: string]: unknown
}

/** An agent's message. */
export function agentMessage(id: string, text: string): PeerItem {
  return { type: 'agentMessage', id, text, phase: null }
}

/** A turn as the protocol shows it. */
export function turnOf(id: string, status: string, items: readonly PeerItem[] = []) {
  return { id, items, itemsView: 'full', status, error: null, startedAt: 1, completedAt: null, durationMs: null }
}
