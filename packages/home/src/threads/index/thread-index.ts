import type { HomeLayout } from '../../layout.js'
import type { ThreadPage, ThreadQuery, ThreadRecord, ThreadSearch, ThreadSearchPage } from './query.js'

export interface ThreadIndexOptions {
  /** `CODEX_SQLITE_HOME` moves `gangway.sqlite` out of the Codex home. */
  readonly env?: { readonly [name: string]: string | undefined }
}

/** What a refresh found. */
export interface RefreshReport {
  readonly threads: number
  readonly read: number
  readonly removed: number
  readonly elapsedMs: number
}

/**
 * All threads of a home, found quickly: kept in memory, remembered in `gangway.sqlite`, and true to the files.
 *
 * The files decide: what is gone from the disk is gone here, what another program drops in appears with the next call.
 */
export class ThreadIndex {
  /** Loads nothing and reads nothing yet: the first call does. */
  static open(_layout: HomeLayout, _options: ThreadIndexOptions = {}): ThreadIndex {
    throw new Error('ThreadIndex is not built yet')
  }

  /** Why there is no `gangway.sqlite`, in words to show; null when there is. Without it each process reads the files once. */
  get degradation(): string | null {
    throw new Error('ThreadIndex is not built yet')
  }

  /** A page of threads, true to the disk as of this call. @throws HomeError `BAD_CURSOR`, in the reference's words */
  async list(_query: ThreadQuery = {}): Promise<ThreadPage> {
    throw new Error('ThreadIndex is not built yet')
  }

  /** As {@link list}, for threads whose name or conversation holds a text. */
  async search(_search: ThreadSearch): Promise<ThreadSearchPage> {
    throw new Error('ThreadIndex is not built yet')
  }

  /** One thread, archived or not, true to the disk as of this call; undefined when there is none. */
  async get(_threadId: string): Promise<ThreadRecord | undefined> {
    throw new Error('ThreadIndex is not built yet')
  }

  /** Looks at the disk now. Calls at the same time share one look. */
  async refresh(): Promise<RefreshReport> {
    throw new Error('ThreadIndex is not built yet')
  }

  /** Forgets everything and reads all files again. */
  async rebuild(): Promise<RefreshReport> {
    throw new Error('ThreadIndex is not built yet')
  }

  /** Idempotent. */
  async close(): Promise<void> {
    throw new Error('ThreadIndex is not built yet')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
