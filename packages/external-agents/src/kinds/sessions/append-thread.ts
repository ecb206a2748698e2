import { statSync, utimesSync } from 'node:fs'
import { hasActiveWriter, RolloutAppender, type RolloutLine, recordImportedThread } from '@gangway/home'
import type { BringContext } from './bring-context.js'
import { type Rendered, type RenderTask, renderLog } from './render-log.js'
import { SessionFailure, wordsOf } from './session-outcome.js'
import type { ThreadTail } from './thread-tail.js'
import type { BeforeChange } from './write-thread.js'

/** `not-now`: somebody else has begun to write the thread, or there is too much to append at once. */
export type AppendedThread = Rendered | { readonly type: 'not-now' }

/** All that is appended is appended with one write, so that it is there whole or not at all: it must fit in memory. */
const mostBytes = 48 * 1024 * 1024

/** Whether a thread stands as it was left, and nobody has it open. Reads the disk. */
export function mayAppend(threadId: string, tail: ThreadTail, isArchived: boolean, context: BringContext): boolean {
  if (isArchived || !tail.isLast || context.isThreadLoaded(threadId)) return false
  return !hasActiveWriter(context.layout, threadId)
}

/**
 * Appends the new part of a log to its thread at `path`, whose time becomes that of the last message. `beforeChange` is called
 * when all lines are there.
 *
 * @throws SessionFailure `session_persist` when it cannot be written; what reading throws
 */
export async function appendToThread(
  path: string,
  tail: ThreadTail,
  task: RenderTask,
  context: BringContext,
  beforeChange: BeforeChange = async () => {},
): Promise<AppendedThread> {
  const lines: RolloutLine[] = []
  let bytes = 0
  const rendered = await renderLog({ ...task, after: tail.checkpoint }, context, (line) => {
    if (bytes > mostBytes) return
    bytes += Buffer.byteLength(JSON.stringify(line)) + 1
    lines.push(line)
  })
  if (rendered.type !== 'lines') return rendered
  await beforeChange(rendered.inlineHelpers)
  context.signal.throwIfAborted()
  if (bytes > mostBytes || statSync(path).size !== tail.sizeBytes) return { type: 'not-now' }
  if (!mayAppend(task.threadId, tail, false, context)) return { type: 'not-now' }
  const { layout, importId } = context
  const { sizeBytes } = tail
  try {
    recordImportedThread(layout, importId, { path, bytesBefore: sizeBytes, bytesAfter: sizeBytes + bytes })
    const appender = RolloutAppender.open(path)
    try {
      appender.append(lines)
    } finally {
      appender.close()
    }
    const time = new Date(task.summary.endedAtMs)
    utimesSync(path, time, time)
  } catch (error) {
    const message = `failed to import session: ${wordsOf(error)}`
    throw new SessionFailure('session_persist', 'failed_to_append_thread_items', message, { cause: error })
  }
  return rendered
}
