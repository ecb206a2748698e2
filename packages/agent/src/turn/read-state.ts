import { randomUUID } from 'node:crypto'
import { ThreadMarks } from '@gangway/home'
import type { HomeLayout } from '@gangway/home/layout'
import type { ThreadCore } from '../thread-core.js'

const marksOf = new WeakMap<HomeLayout, ThreadMarks>()

/** Notes that there is something in a turn that nobody has read, and tells clients so. Writes to disk. */
export async function markUnread({ host, threadId }: ThreadCore, turnId: string): Promise<void> {
  const marks = marksOf.get(host.layout) ?? new ThreadMarks(host.layout)
  marksOf.set(host.layout, marks)
  const { readState } = await marks.update(threadId, (mark) => ({
    ...mark,
    readState: { firstUnread: mark.readState?.firstUnread ?? { type: 'turn', turnId }, revision: randomUUID() },
  }))
  if (readState !== undefined) await host.notify('thread/readState/changed', { threadId, readState })
}
