import type { Turn } from '@gangway/protocol'
import { endItems } from './session-items.js'
import type { SessionState } from './session-shape.js'

/** `state` when a turn runs. Plan and diff are the new turn's; a turn that is told twice is the same. */
export function startTurn(state: SessionState, turn: Turn): SessionState {
  if (state.turn?.id === turn.id || state.lastTurn?.id === turn.id) return state
  const startedAtMs = turn.startedAt == null ? null : turn.startedAt * 1000
  return { ...state, turn: { id: turn.id, startedAtMs }, plan: undefined, diff: '' }
}

/** `state` when a turn has ended: nothing of it can be asked any more. */
export function endTurn(state: SessionState, turn: Turn): SessionState {
  const ended = endItems(state, turn)
  return {
    ...ended,
    turn: ended.turn?.id === turn.id ? undefined : ended.turn,
    lastTurn: { id: turn.id, status: turn.status, error: turn.error ?? null, durationMs: turn.durationMs ?? null },
    questions: ended.questions.filter((question) => !isOfTurn(question.params, turn.id)),
  }
}

function isOfTurn(params: unknown, turnId: string): boolean {
  return (params as { readonly turnId?: unknown } | null)?.turnId === turnId
}
