import type { HomeLayout } from '@gangway/home'
import type { SessionShelf } from '../../session-source.js'
import type { LeftOvers } from './clear-up.js'
import type { KnownSessions } from './known-sessions.js'
import type { SessionBooks } from './session-books.js'
import type { SessionFacts } from './session-facts.js'

/** What bringing sessions over works with. One for each import. */
export interface BringContext {
  readonly layout: HomeLayout
  /** Kebab-case id of the agent that they come from. */
  readonly sourceId: string
  readonly shelf: SessionShelf
  readonly known: KnownSessions
  readonly books: SessionBooks
  readonly facts: SessionFacts
  readonly leftOvers: LeftOvers
  readonly importId: string
  /** Of this program. */
  readonly version: string
  /** Where a session without a folder goes on. Absolute. */
  readonly userHome: string
  /** Whether a thread is open in this server. */
  readonly isThreadLoaded: (threadId: string) => boolean
  /** Ends the work; what is half written is taken away. */
  readonly signal: AbortSignal
}
