import { type RolloutLine, RolloutWriter, recordImportedThread, rolloutPath } from '@gangway/home'
import type { BringContext } from './bring-context.js'
import { headLine, type Rendered, type RenderTask, renderLog } from './render-log.js'
import { SessionFailure, wordsOf } from './session-outcome.js'

/** A thread that was written, or why it was not. */
export type WrittenThread =
  | (Rendered & { readonly type: 'lines'; readonly path: string })
  | (Omit<Rendered, 'type'> & { readonly type: 'rewritten' | 'nothing' | 'no-user-message' })

/** As many lines are held until the first words of the person: without such, a continuation says whose it is. */
const mostHeldLines = 2_000

/**
 * Writes a new thread: beside its place first, then at once whole, with the time of its last message. Nothing stays where
 * it fails or is stopped.
 *
 * @throws SessionFailure `session_persist` when it cannot be written; what reading throws
 */
export async function writeThread(task: RenderTask, context: BringContext): Promise<WrittenThread> {
  const { summary, threadId } = task
  const path = rolloutPath(context.layout, { startedAt: new Date(summary.startedAtMs), threadId })
  context.leftOvers.clearUp(path)
  const writer = persisting(() => RolloutWriter.create(path, { modifiedAt: new Date(summary.endedAtMs) }))
  const write = (line: RolloutLine) => persisting(() => writer.writeLine(line))
  const held: RolloutLine[] = []
  let isHolding = task.parentThreadId !== undefined && !task.isHelper
  let hasWords = false
  const release = () => {
    for (const line of held.splice(0)) write(line)
    isHolding = false
  }
  try {
    write(headLine(task, context))
    const rendered = await renderLog(task, context, (line) => {
      if (line.payload.type === 'user_message') hasWords = true
      if (isHolding && !hasWords && held.length < mostHeldLines) held.push(line)
      else {
        if (isHolding) {
          if (!hasWords) write(continuedLine(task, line.timestamp))
          release()
        }
        write(line)
      }
    })
    const { type } = rendered
    if (type === 'rewritten' || type === 'nothing') return { ...rendered, type }
    if (!hasWords && task.parentThreadId === undefined) return { ...rendered, type: 'no-user-message' }
    if (isHolding) {
      write(continuedLine(task, held[0]?.timestamp ?? new Date(summary.startedAtMs).toISOString()))
      release()
    }
    await task.beforeChange?.()
    context.signal.throwIfAborted()
    const { layout, importId } = context
    persisting(() => {
      recordImportedThread(layout, importId, { path, bytesBefore: null, bytesAfter: writer.sizeBytes })
      writer.commit()
    })
    return { ...rendered, type: 'lines', path }
  } finally {
    writer.abort()
  }
}

/** Lists show a thread by what the person said first. */
function continuedLine({ summary }: RenderTask, timestamp: string): RolloutLine {
  const message = `(continued: ${summary.title ?? summary.sessionId})`
  return {
    timestamp,
    type: 'event_msg',
    payload: { type: 'user_message', message, local_images: [], text_elements: [] },
  }
}

function persisting<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const message = `failed to import session: ${wordsOf(error)}`
    throw new SessionFailure('session_persist', 'failed_to_create_thread', message, { cause: error })
  }
}
