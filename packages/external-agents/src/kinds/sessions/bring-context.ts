import type { HomeLayout } from '@gangway/home'
import type { SessionShelf } from '../../session-source.js'
import type { LeftOvers } from './clear-up.js'
import type { ThreadFolders } from './find-thread.js'
import type { KnownSessions } from './known-sessions.js'
import type { RenderContext } from './render-context.js'
import type { SessionBooks } from './session-books.js'
import type { SessionFacts } from './session-facts.js'
import type { WriterThreads } from './writing/writer-threads.js'

/** What bringing sessions over works with. One for each import. */
export interface BringContext extends RenderContext {
  readonly layout: HomeLayout
  readonly shelf: SessionShelf
  readonly known: KnownSessions
  readonly books: SessionBooks
  readonly facts: SessionFacts
  readonly leftOvers: LeftOvers
  /** As they were before this import. */
  readonly folders: ThreadFolders
  /** Whether a thread is open in this server. */
  readonly isThreadLoaded: (threadId: string) => boolean
  /** Threads that write large sessions; none where everything is written in this one. */
  readonly workers?: WriterThreads | undefined
}
