import { discardRollout, putRollout, recordImportedThread, rolloutPath } from '@gangway/home'
import type { BringContext } from './bring-context.js'
import type { Rendered, RenderTask } from './render-log.js'
import { persisting, writeLines } from './writing/write-lines.js'

/** A thread that was written, or why it was not. */
export type WrittenThread =
  | (Rendered & { readonly type: 'lines'; readonly path: string })
  | (Omit<Rendered, 'type'> & { readonly type: 'rewritten' | 'nothing' | 'no-user-message' })

/** Called when all lines are there, before a thread is changed. @param inlineHelpers see {@link Rendered} */
export type BeforeChange = (inlineHelpers: readonly string[]) => Promise<void>

/**
 * Writes a new thread: beside its place first, then at once whole, with the time of its last message. Nothing stays where
 * it fails or is stopped.
 *
 * @throws SessionFailure `session_persist` when it cannot be written; what reading throws
 */
export async function writeThread(
  task: RenderTask,
  context: BringContext,
  beforeChange: BeforeChange = async () => {},
): Promise<WrittenThread> {
  const { summary, threadId } = task
  const path = rolloutPath(context.layout, { startedAt: new Date(summary.startedAtMs), threadId })
  context.leftOvers.clearUp(path)
  const written = await (context.workers?.write(task, path, context) ?? writeLines(task, path, context))
  if (written.type !== 'lines') return written
  const { sealed, ...rendered } = written
  try {
    await beforeChange(rendered.inlineHelpers)
    context.signal.throwIfAborted()
    const { layout, importId } = context
    persisting(() => {
      recordImportedThread(layout, importId, { path, bytesBefore: null, bytesAfter: sealed.sizeBytes })
      putRollout(sealed)
    })
  } catch (error) {
    discardRollout(sealed.temporary)
    throw error
  }
  return { ...rendered, path }
}
