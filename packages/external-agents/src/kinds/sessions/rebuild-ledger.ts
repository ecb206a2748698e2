import type { HomeLayout } from '@gangway/home'
import type { SessionShelf } from '../../session-source.js'
import { threadAt } from './find-thread.js'
import type { KnownSessions } from './known-sessions.js'
import type { LedgerRecord } from './ledger.js'
import type { LedgerStore } from './ledger-store.js'
import { readThreadTail } from './thread-tail.js'

/**
 * Puts a broken ledger in order: what can be read of it goes on, and sessions whose threads are there get their records
 * back. Writes to disk. Does nothing with one that is whole.
 */
export async function rebuildLedger(
  ledger: LedgerStore,
  known: KnownSessions,
  shelf: SessionShelf,
  { layout, signal }: { readonly layout: HomeLayout; readonly signal: AbortSignal },
): Promise<void> {
  const { broken, byPath } = ledger.load()
  if (broken === undefined) return
  const records: LedgerRecord[] = []
  const { sessions } = await shelf.list({ signal })
  for (const summary of sessions) {
    if (byPath.has(summary.path)) continue
    const threadId = known.threadIdOf(summary)
    const thread = threadAt(layout, threadId, summary.startedAtMs)
    const tail = thread && readThreadTail(thread.path)
    if (!tail) continue
    records.push({
      source_path: summary.path,
      content_sha256: tail.mark.sha256,
      imported_thread_id: threadId,
      imported_at: Math.floor(Date.now() / 1000),
      // Nobody knows what time the log had: it is looked into once more.
      source_modified_at: null,
      connector_names: summary.connectors,
      title: summary.title,
    })
  }
  await ledger.update({ records, isRepair: true })
}
