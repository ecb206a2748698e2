import { type RolloutLine, RolloutWriter, type SealedRollout } from '@gangway/home'
import type { RenderContext } from '../render-context.js'
import { headLine, type Rendered, type RenderTask, renderLog } from '../render-log.js'
import { SessionFailure, wordsOf } from '../session-outcome.js'

/** The lines of a thread in a file that is not in its place yet, or why there are none. */
export type WrittenLines =
  | (Rendered & { readonly type: 'lines'; readonly sealed: SealedRollout })
  | (Omit<Rendered, 'type'> & { readonly type: 'rewritten' | 'nothing' | 'no-user-message' })

/** As many lines are held until the first words of the person: without such, a continuation says whose it is. */
const mostHeldLines = 2_000

/**
 * Writes the lines of a new thread beside its place, with the time of its last message. Nothing stays where it fails, is
 * stopped, or where there is nothing to write.
 *
 * @throws SessionFailure `session_persist` when it cannot be written; what reading throws
 */
export async function writeLines(task: RenderTask, path: string, context: RenderContext): Promise<WrittenLines> {
  const { summary } = task
  const writer = persisting(() => RolloutWriter.create(path, { modifiedAt: new Date(summary.endedAtMs) }))
  const write = (line: RolloutLine) => persisting(() => writer.writeLine(line))
  const held: RolloutLine[] = []
  let isHolding = task.parentThreadId !== undefined && !task.isHelper
  let hasWords = false
  const release = () => {
    for (const line of held.splice(0)) write(line)
    isHolding = false
  }
  let sealed: SealedRollout | undefined
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
    sealed = persisting(() => writer.seal())
    return { ...rendered, type, sealed }
  } finally {
    if (!sealed) writer.abort()
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

/** What `work` gives. @throws SessionFailure `session_persist` for whatever it throws */
export function persisting<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const message = `failed to import session: ${wordsOf(error)}`
    throw new SessionFailure('session_persist', 'failed_to_create_thread', message, { cause: error })
  }
}
