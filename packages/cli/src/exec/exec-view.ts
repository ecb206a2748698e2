import type { ClientEvent } from '@gangway/client'
import type { EndedTurn, SessionState, ThreadFacts } from '../session/session-shape.js'

/** How a run of `gangway exec` is shown. */
export interface ExecView {
  /** The thread is open. @param prompt what will be said, or what is done instead */
  opened(thread: ThreadFacts, prompt: string): void
  /** Something has happened; `state` knows of it already. */
  saw(event: ClientEvent, state: SessionState): void
  /** Something that is no event of the server, such as a question that was declined. */
  note(message: string): void
  /** The turn is over. @param answer the agent's last words */
  ended(turn: EndedTurn, state: SessionState, answer: string | undefined): void
  /** The run ends before the turn has. */
  failed(message: string): void
}
