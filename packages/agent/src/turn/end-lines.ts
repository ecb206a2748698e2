import type { Turn } from '@gangway/protocol'
import type { ThreadCore } from '../thread-core.js'
import { turnAbortedNote } from './notes.js'
import { snakeInfo } from './turn-error.js'

/** Notes a turn's end in the thread's file; the model hears of one that was interrupted. @throws what writing throws */
export function noteEnd(
  { recorder, history }: Pick<ThreadCore, 'recorder' | 'history'>,
  turn: Turn,
  last: string | null,
): void {
  const times = { started_at: turn.startedAt, completed_at: turn.completedAt, duration_ms: turn.durationMs }
  if (turn.status === 'interrupted') {
    history.add([turnAbortedNote])
    recorder.together(() => {
      recorder.responses([turnAbortedNote])
      recorder.event({ type: 'turn_aborted', turn_id: turn.id, root_turn_id: turn.id, reason: 'interrupted', ...times })
    })
    return
  }
  const { error } = turn
  recorder.event({
    type: 'task_complete',
    turn_id: turn.id,
    root_turn_id: turn.id,
    last_agent_message: last,
    ...(error ? { error: { message: error.message, codex_error_info: snakeInfo(error.codexErrorInfo) } } : {}),
    ...times,
  })
}
