import type { SessionSummary } from '../../session.js'
import { appendToThread, mayAppend } from './append-thread.js'
import type { BringContext } from './bring-context.js'
import { findThread, threadAt } from './find-thread.js'
import { type HelperThreads, noHelperThreads, threadOfHelper } from './helper-threads.js'
import type { RenderTask } from './render-log.js'
import { failed, type SessionOutcome } from './session-outcome.js'
import { readThreadTail } from './thread-tail.js'
import { writeThread } from './write-thread.js'

/**
 * The helper agents of one session: each becomes a thread of its own below the session's. Those with logs come first; those
 * that worked in the session's own log are met while it is read, and come before its thread is there.
 */
export class Helpers {
  /** What went wrong with single ones: the session comes over all the same. */
  readonly failures: SessionOutcome[] = []
  readonly #threads = new Map<string, string>()

  constructor(
    readonly session: SessionSummary,
    readonly parentThreadId: string,
    readonly context: BringContext,
  ) {}

  /** What lines about them need to know. */
  get threads(): HelperThreads {
    const { path, startedAtMs } = this.session
    return { known: this.#threads, session: { path, startedAtMs } }
  }

  /** Brings over those that have logs. Writes to disk. @throws the signal's reason */
  async bring(): Promise<void> {
    for (const path of this.session.subagentPaths) {
      await this.#attempt(path, async () => {
        const summary = await this.context.shelf.summarise(path, this.context.signal)
        if (summary.unusable?.code === 'empty' || summary.unusable?.code === 'no-message') return
        const threadId = this.context.known.threadIdOf(summary)
        await this.#bringOne(summary, threadId)
        this.#threads.set(path, threadId)
      })
    }
  }

  /** Brings over those that worked in the session's own log: the session's lines refer to them. Writes to disk. */
  async bringInline(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const { threadId } = threadOfHelper(path, this.threads, this.context.sourceId)
      const summary = { ...this.session, path, subagentPaths: [] }
      if (threadId !== null) await this.#attempt(path, () => this.#bringOne(summary, threadId))
    }
  }

  async #bringOne(summary: SessionSummary, threadId: string): Promise<void> {
    const { context } = this
    const task: RenderTask = {
      summary,
      threadId,
      fromByte: 0,
      parentThreadId: this.parentThreadId,
      isHelper: true,
      helpers: noHelperThreads,
    }
    const thread = threadAt(context.layout, threadId, summary.startedAtMs) ?? findThread(context.layout, threadId)
    if (!thread) {
      const written = await writeThread(task, context)
      context.facts.add(written.read, written.report)
      return
    }
    context.leftOvers.clearUp(thread.path)
    const tail = readThreadTail(thread.path)
    if (!tail || tail.mark.bytes === summary.sizeBytes) return
    if (!mayAppend(threadId, tail, thread.isArchived, context)) return
    const appended = await appendToThread(thread.path, tail, task, context)
    if (appended.type === 'lines') context.facts.add(appended.read, appended.report)
  }

  async #attempt(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.context.signal.throwIfAborted()
      this.failures.push(failed(path, error))
    }
  }
}
