import type { SessionShelf } from '../../session-source.js'

/** What lines are made with. */
export interface RenderContext {
  /** Kebab-case id of the agent that the sessions come from. */
  readonly sourceId: string
  readonly shelf: Pick<SessionShelf, 'read'>
  readonly importId: string
  /** Of this program. */
  readonly version: string
  /** Where a session without a folder goes on. Absolute. */
  readonly userHome: string
  /** Ends the work; what is half written is taken away. */
  readonly signal: AbortSignal
}
