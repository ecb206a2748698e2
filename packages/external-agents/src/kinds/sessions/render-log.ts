import type { RolloutLine } from '@gangway/home'
import type { SessionReadReport, SessionSummary } from '../../session.js'
import { type HelperThreads, threadOfHelper } from './helper-threads.js'
import { type RenderCheckpoint, type RenderOptions, type RenderReport, SessionRenderer } from './render/index.js'
import type { RenderContext } from './render-context.js'
import { type SourceMark, withMark } from './thread-tail.js'

/** Which part of a log becomes lines, and of which thread. */
export interface RenderTask {
  readonly summary: SessionSummary
  readonly threadId: string
  /** Where the thread's part of the log begins. */
  readonly fromByte: number
  /** What is in a thread already. */
  readonly after?: RenderCheckpoint
  /** The thread that this one goes on from, or was started by. */
  readonly parentThreadId?: string
  /** Set for a helper agent's thread. */
  readonly isHelper?: boolean
  readonly helpers: HelperThreads
}

/** What a log has given. */
export interface Rendered {
  /** `rewritten`: the conversation does not begin with what is in the thread. `nothing`: there is nothing new. */
  readonly type: 'lines' | 'rewritten' | 'nothing'
  readonly mark: SourceMark
  readonly read: SessionReadReport
  readonly report: RenderReport
  /** Helper agents that worked in the log itself and that the lines refer to: their threads must be there first. */
  readonly inlineHelpers: readonly string[]
}

/**
 * Reads a log and hands on its lines, one at a time, the first line of the thread left out. Holds the log to no more than
 * one record at a time.
 *
 * @throws what reading throws, what `onLine` throws, the signal's reason
 */
export async function renderLog(
  task: RenderTask,
  context: RenderContext,
  onLine: (line: RolloutLine) => void,
): Promise<Rendered> {
  const { summary, fromByte } = task
  const inline = new Set<string>()
  const options = renderOptions(task, context)
  const subagentThread = (helper: string) => {
    const { threadId, isInline } = threadOfHelper(helper, task.helpers, context.sourceId)
    if (isInline) inline.add(helper)
    return threadId
  }
  const renderer = new SessionRenderer(summary, { ...options, subagentThread })
  const { subagentPaths, path } = summary
  const reading = context.shelf.read(path, { subagentPaths, fromByte, signal: context.signal })
  for await (const event of reading) {
    for (const line of renderer.push(event)) onLine(line)
  }
  const read = reading.report
  if (!read) throw new Error(`reading ${path} gave no report`)
  const mark = { bytes: read.bytes, sha256: read.sha256, endByte: read.endByte, fromByte }
  const last = renderer.finish()
  for (const line of last) onLine(withMark(line, mark))
  const type = renderer.isRewritten ? 'rewritten' : last.length === 0 ? 'nothing' : 'lines'
  return { type, mark, read, report: renderer.report(), inlineHelpers: [...inline] }
}

/** The first line of a thread. */
export function headLine(task: RenderTask, context: RenderContext): RolloutLine {
  const head = new SessionRenderer(task.summary, renderOptions(task, context)).head()
  if (task.parentThreadId === undefined || task.isHelper) return head
  return { ...head, payload: { ...head.payload, forked_from_id: task.parentThreadId } }
}

function renderOptions(task: RenderTask, context: RenderContext): RenderOptions {
  const { summary, threadId, after, parentThreadId, isHelper } = task
  return {
    threadId,
    cwd: summary.cwd ?? context.userHome,
    originator: 'gangway',
    cliVersion: context.version,
    provenance: {
      source_agent: context.sourceId,
      source_path: summary.path,
      source_session_id: summary.sessionId,
      import_id: context.importId,
      ...(parentThreadId !== undefined && { parent_thread_id: parentThreadId }),
    },
    ...(isHelper && parentThreadId !== undefined && { parent: { threadId: parentThreadId, role: null } }),
    ...(after && { after }),
  }
}
