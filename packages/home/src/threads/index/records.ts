import type { ThreadHead } from '../model/thread-head.js'
import type { ThreadRecord } from './query.js'

/** Heads of all files, by the id that other files name them with. */
type HeadsByFileId = ReadonlyMap<string, ThreadHead>

/** The id that names a file: the thread's, or the second one of a file that a thread taken back goes on in. */
export function fileIdOf(head: ThreadHead): string {
  return head.revisionId ?? head.id
}

/**
 * One record a thread: of several files of one thread the youngest counts, of equals the one that is not put away.
 *
 * @param nameOf the name given to a thread, or null
 */
export function recordsOf(heads: Iterable<ThreadHead>, nameOf: (threadId: string) => string | null): ThreadRecord[] {
  const chosen = new Map<string, ThreadHead>()
  const byFileId = new Map<string, ThreadHead>()
  for (const head of heads) {
    byFileId.set(fileIdOf(head), head)
    const other = chosen.get(head.id)
    if (!other || isYounger(head, other)) chosen.set(head.id, head)
  }
  return Array.from(chosen.values(), (head) => ({
    ...head,
    preview: previewOf(head, byFileId),
    name: nameOf(head.id),
    recencyAtMs: head.updatedAtMs,
  }))
}

function isYounger(head: ThreadHead, other: ThreadHead): boolean {
  const [mine, theirs] = [head.revisionId ?? '', other.revisionId ?? '']
  if (mine !== theirs) return mine > theirs
  if (head.isArchived !== other.isArchived) return other.isArchived
  return head.modifiedNs > other.modifiedNs
}

/** Longer chains than a person makes: a circle ends here. */
const maxBases = 100

/** A thread that goes on from another one shows the first message of that one, if it took it along. */
function previewOf(head: ThreadHead, byFileId: HeadsByFileId): string {
  let { preview } = head
  let at = head
  for (let count = 0; at.historyBase && count < maxBases; count++) {
    const base = byFileId.get(at.historyBase.fileId)
    if (!base) break
    const end = at.historyBase.endByteOffset ?? Number.POSITIVE_INFINITY
    if (base.previewEnd !== null && base.previewEnd <= end) preview = base.preview
    at = base
  }
  return preview
}
