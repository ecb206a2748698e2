import type { Notice, SessionState } from './session-shape.js'

/** Notices that are kept: more than a screen shows, few enough that a server that warns for ever costs nothing. */
const maxNotices = 200

/** `state` with one more notice. */
export function withNotice(
  state: SessionState,
  kind: Notice['kind'],
  message: string,
  turnId: string | null = null,
): SessionState {
  const number = (state.notices.at(-1)?.number ?? 0) + 1
  const notices = [...state.notices, { number, kind, message, turnId }]
  return { ...state, notices: notices.length > maxNotices ? notices.slice(-maxNotices) : notices }
}
