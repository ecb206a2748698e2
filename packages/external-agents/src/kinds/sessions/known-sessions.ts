import { statSync } from 'node:fs'
import type { HomeLayout } from '@gangway/home'
import type { SessionSummary } from '../../session.js'
import { compareLog, type LogChange } from './compare-log.js'
import { findThread, ThreadFolders } from './find-thread.js'
import { type LedgerRecord, modifiedNsOf } from './ledger.js'
import type { LedgerStore } from './ledger-store.js'
import { threadIdFor } from './thread-id.js'
import { readThreadTail, type ThreadTail } from './thread-tail.js'

/** Whether a log came over, and what has become of it since. */
export type SessionState = 'new' | 'imported' | 'grown' | 'rewritten'

/** What is known of one log. */
export interface KnownSession {
  readonly state: SessionState
  /** Null when it never came over. */
  readonly threadId: string | null
}

const neverSeen: KnownSession = { state: 'new', threadId: null }

/**
 * Says of logs whether they came over: by the ledger, and where that knows nothing, by the thread that a log would become.
 * Remembers what reading a log has shown, as long as the log and the ledger stay as they are. Writes nothing.
 */
export class KnownSessions {
  /** Looked at anew by each `look`. */
  #folders: ThreadFolders
  readonly #compared = new Map<string, { readonly signature: string; readonly state: SessionState }>()

  constructor(
    readonly layout: HomeLayout,
    readonly ledger: LedgerStore,
    readonly sourceId: string,
  ) {
    this.#folders = new ThreadFolders(layout)
  }

  /** The thread that a log becomes when it comes over for the first time. */
  threadIdOf({ path, startedAtMs }: Pick<SessionSummary, 'path' | 'startedAtMs'>): string {
    return threadIdFor(startedAtMs, this.sourceId, path)
  }

  /** Looks at every log of the ledger that has changed, so that `stateOf` knows. In slices. @throws the signal's reason */
  async look(signal?: AbortSignal): Promise<void> {
    this.#folders = new ThreadFolders(this.layout)
    for (const record of this.ledger.load().byPath.values()) {
      const stats = statSync(record.source_path, { bigint: true, throwIfNoEntry: false })
      if (!stats || stats.mtimeNs === modifiedNsOf(record)) continue
      const { mtimeNs, size } = stats
      await this.#compare(record.source_path, `${mtimeNs} ${size}`, record, signal)
    }
  }

  /** Of a log of the ledger as `look` has found it; of another one by its thread. */
  stateOf(summary: SessionSummary): KnownSession {
    const record = this.ledger.load().byPath.get(summary.path)
    if (!record) return this.#withoutRecord(summary)
    const threadId = record.imported_thread_id
    if (summary.modifiedNs === modifiedNsOf(record)) return { state: 'imported', threadId }
    const known = this.#compared.get(summary.path)
    return { state: known?.signature === signatureOf(summary, record) ? known.state : 'grown', threadId }
  }

  async #compare(path: string, stamp: string, record: LedgerRecord, signal?: AbortSignal): Promise<void> {
    const signature = `${stamp} ${record.content_sha256}`
    if (this.#compared.get(path)?.signature === signature) return
    const tail = tailOf(this.layout, record.imported_thread_id)
    const bytes = tail?.mark.sha256 === record.content_sha256 ? tail.mark.bytes : undefined
    const known = { sha256: record.content_sha256, ...(bytes !== undefined && { bytes }) }
    try {
      this.#compared.set(path, { signature, state: stateAfter(await compareLog(path, known, signal)) })
    } catch (error) {
      if (signal?.aborted) throw error
      // It cannot be read now: whoever asks for it is told so then.
    }
  }

  /**
   * A thread may be there whose entry was never written, because a crash came before it: such a session is offered once
   * more, so that it gets its entry and its name. Where a ledger is broken, the next import writes all that it lacks.
   */
  #withoutRecord(summary: SessionSummary): KnownSession {
    if (!this.#folders.mayHold(summary.startedAtMs)) return neverSeen
    const threadId = this.threadIdOf(summary)
    const thread = this.#folders.at(threadId, summary.startedAtMs)
    if (!thread) return neverSeen
    if (this.ledger.load().broken === undefined) return { state: 'grown', threadId }
    const tail = attempt(() => readThreadTail(thread.path))
    return { state: tail?.mark.bytes === summary.sizeBytes ? 'imported' : 'grown', threadId }
  }
}

function signatureOf({ modifiedNs, sizeBytes }: SessionSummary, record: LedgerRecord): string {
  return `${modifiedNs} ${sizeBytes} ${record.content_sha256}`
}

function stateAfter(change: LogChange): SessionState {
  return change.type === 'same' ? 'imported' : change.type
}

function tailOf(layout: HomeLayout, threadId: string): ThreadTail | undefined {
  const thread = findThread(layout, threadId)
  return thread && attempt(() => readThreadTail(thread.path))
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
