import { statSync } from 'node:fs'
import type { SessionSummary } from '../../session.js'
import { appendToThread, mayAppend } from './append-thread.js'
import type { BringContext } from './bring-context.js'
import { Helpers } from './bring-helpers.js'
import { compareLog, type LogChange } from './compare-log.js'
import { type FoundThread, findThread, threadAt } from './find-thread.js'
import { type LedgerRecord, modifiedNsOf } from './ledger.js'
import type { RenderTask } from './render-log.js'
import { type SessionOutcome, skipped } from './session-outcome.js'
import { threadIdFor } from './thread-id.js'
import { readThreadTail, type SourceMark, type ThreadTail } from './thread-tail.js'
import { type WrittenThread, writeThread } from './write-thread.js'

/**
 * Brings one session over: as a new thread; where it came over before, what is new of it into the same thread, or into one
 * that goes on from it when somebody has worked there. Writes to disk; what is half done is taken away.
 *
 * @returns the session's outcome first, then those of helper agents that failed
 * @throws what reading or writing throws, the signal's reason
 */
export function bringSession(summary: SessionSummary, context: BringContext): Promise<readonly SessionOutcome[]> {
  return new Bringing(summary, context).run()
}

/** What the reference calls a session that begins with a picture: its first words are a better name. */
const standIn = /^\[external unsupported block: [^\]]*\]$/

/** A thread of the session, with its end. */
interface Standing extends FoundThread {
  readonly threadId: string
}

class Bringing {
  readonly #record: LedgerRecord | undefined
  #failures: readonly SessionOutcome[] = []

  constructor(
    readonly summary: SessionSummary,
    readonly context: BringContext,
  ) {
    this.#record = context.books.recordOf(summary.path)
  }

  async run(): Promise<readonly SessionOutcome[]> {
    const outcome = await this.#outcome()
    return [outcome, ...this.#failures]
  }

  async #outcome(): Promise<SessionOutcome> {
    const { summary } = this
    const record = this.#record
    if (record && modifiedNsOf(record) === summary.modifiedNs) return this.#alreadyThere(record.imported_thread_id)
    const standing = this.#standing()
    if (record) {
      const change = await this.#compare(record, standing)
      if (change.type === 'same') return this.#stillTheSame(record)
      if (change.type === 'rewritten') return this.#skip('source-rewritten', standing)
      if (standing) return this.#grow(standing, change.fromByte)
    } else if (standing) {
      this.context.leftOvers.clearUp(standing.path)
      return this.#grow(standing, undefined)
    }
    if (summary.unusable) return this.#skip(summary.unusable.code, undefined, summary.unusable.message)
    return this.#bringNew()
  }

  /** The thread that the session became: the ledger's, else the one that it would become. */
  #standing(): Standing | undefined {
    const { context, summary } = this
    const noted = this.#record?.imported_thread_id
    const found = noted === undefined ? undefined : findThread(context.layout, noted)
    if (found) return { ...found, threadId: noted! }
    if (!context.folders.mayHold(summary.startedAtMs)) return undefined
    const threadId = context.known.threadIdOf(summary)
    const own = context.folders.at(threadId, summary.startedAtMs)
    return own && { ...own, threadId }
  }

  #compare(record: LedgerRecord, standing: Standing | undefined): Promise<LogChange> {
    const sha256 = record.content_sha256
    const mark = standing && readThreadTail(standing.path)?.mark
    const bytes = mark?.sha256 === sha256 ? { bytes: mark.bytes } : {}
    return compareLog(this.summary.path, { sha256, ...bytes }, this.context.signal)
  }

  async #bringNew(): Promise<SessionOutcome> {
    const { summary, context } = this
    const threadId = context.known.threadIdOf(summary)
    const written = await this.#write({ summary, threadId, fromByte: 0 })
    if (written.type === 'lines') return this.#arrived(threadId, written.path, written.mark)
    return this.#skip(written.type === 'nothing' ? 'no-message' : written.type)
  }

  /** @param fromByte where the log's new part begins, when the bytes before are known to be as they were */
  async #grow(standing: Standing, fromByte: number | undefined): Promise<SessionOutcome> {
    const tail = readThreadTail(standing.path)
    if (!tail) {
      if (fromByte === undefined) return this.#skip('source-rewritten', standing)
      return this.#continueFrom(standing, fromByte, this.#record!.imported_at * 1000)
    }
    if (mayAppend(standing.threadId, tail, standing.isArchived, this.context)) {
      const helpers = await this.#helpers(standing.threadId)
      const task = {
        summary: this.summary,
        threadId: standing.threadId,
        fromByte: tail.mark.fromByte,
        helpers: helpers.threads,
      }
      const beforeChange = (inline: readonly string[]) => helpers.bringInline(inline)
      const appended = await appendToThread(standing.path, tail, task, this.context, beforeChange)
      this.#failures = helpers.failures
      if (appended.type === 'lines') {
        this.context.facts.add(appended.read, appended.report)
        return this.#arrived(standing.threadId, standing.path, appended.mark)
      }
      if (appended.type === 'nothing') return this.#nothingNew(standing, appended.mark)
      if (appended.type === 'rewritten') return this.#branched(standing, tail)
    }
    return this.#continueAfter(standing, tail)
  }

  /** A thread of its own for what came after `tail`: somebody has worked in the thread, or has put it away. */
  async #continueAfter(standing: Standing, tail: ThreadTail): Promise<SessionOutcome> {
    const { summary, context } = this
    const { checkpoint, mark } = tail
    const startedAtMs = checkpoint.lastAtMs
    const threadId = threadIdFor(
      startedAtMs,
      context.sourceId,
      summary.path,
      'after',
      standing.threadId,
      checkpoint.digest,
    )
    const there = threadAt(context.layout, threadId, startedAtMs)
    if (there) return this.#grow({ ...there, threadId }, undefined)
    const written = await this.#write({
      summary: { ...summary, startedAtMs },
      threadId,
      fromByte: mark.fromByte,
      after: checkpoint,
      parentThreadId: standing.threadId,
    })
    if (written.type === 'lines') return this.#arrived(threadId, written.path, written.mark)
    if (written.type === 'rewritten') return this.#branched(standing, tail)
    return this.#nothingNew(standing, written.mark)
  }

  /** The log has only grown, but the conversation was taken back and went another way: what is new in it is told apart by its place. */
  async #branched(standing: Standing, { mark, checkpoint }: ThreadTail): Promise<SessionOutcome> {
    const { path } = this.summary
    const change = await compareLog(path, { sha256: mark.sha256, bytes: mark.bytes }, this.context.signal)
    if (change.type !== 'grown') return this.#skip('source-rewritten', standing)
    return this.#continueFrom(standing, mark.endByte, checkpoint.lastAtMs)
  }

  async #continueFrom(standing: Standing, fromByte: number, startedAtMs: number): Promise<SessionOutcome> {
    const { summary, context } = this
    const parts = [context.sourceId, summary.path, 'from', standing.threadId, String(fromByte)]
    const threadId = threadIdFor(startedAtMs, ...parts)
    const there = threadAt(context.layout, threadId, startedAtMs)
    if (there) return this.#grow({ ...there, threadId }, undefined)
    const started = { ...summary, startedAtMs }
    const written = await this.#write({ summary: started, threadId, fromByte, parentThreadId: standing.threadId })
    if (written.type === 'lines') return this.#arrived(threadId, written.path, written.mark)
    return this.#nothingNew(standing, written.mark)
  }

  async #write(task: Omit<RenderTask, 'helpers'>): Promise<WrittenThread> {
    const helpers = await this.#helpers(task.threadId)
    const whole = { ...task, helpers: helpers.threads }
    const written = await writeThread(whole, this.context, (inline) => helpers.bringInline(inline))
    this.#failures = helpers.failures
    if (written.type === 'lines') this.context.facts.add(written.read, written.report)
    return written
  }

  async #helpers(threadId: string): Promise<Helpers> {
    const helpers = new Helpers(this.summary, threadId, this.context)
    await helpers.bring()
    return helpers
  }

  #arrived(threadId: string, targetPath: string, mark: SourceMark): SessionOutcome {
    this.#note(threadId, mark)
    this.#rename(threadId)
    return this.#success(threadId, targetPath)
  }

  /** A new title is all that there may be. */
  #nothingNew(standing: Standing, mark: SourceMark): SessionOutcome {
    const hasNote = this.#record?.content_sha256 === mark.sha256
    this.#note(standing.threadId, mark)
    if (this.#rename(standing.threadId)) return this.#success(standing.threadId, standing.path)
    return this.#skip(this.#record && !hasNote ? 'nothing-new' : 'already-imported', standing)
  }

  #stillTheSame(record: LedgerRecord): SessionOutcome {
    this.context.books.record({ ...record, source_modified_at: this.summary.modifiedNs })
    return this.#alreadyThere(record.imported_thread_id)
  }

  #alreadyThere(threadId: string): SessionOutcome {
    const thread = findThread(this.context.layout, threadId)
    if (thread) return this.#skip('already-imported', thread)
    return this.#skip('already-imported', undefined, 'it came over before, and its thread was deleted since')
  }

  #note(threadId: string, mark: SourceMark): void {
    const { path, modifiedNs, connectors, title } = this.summary
    this.context.books.record({
      source_path: path,
      content_sha256: mark.sha256,
      imported_thread_id: threadId,
      imported_at: Math.floor(Date.now() / 1000),
      source_modified_at: this.#isAsSummed(mark) ? modifiedNs : null,
      connector_names: connectors,
      title,
    })
  }

  /** Whether the file's time is that of the bytes that were read. */
  #isAsSummed(mark: SourceMark): boolean {
    const stats = statSync(this.summary.path, { bigint: true, throwIfNoEntry: false })
    return stats?.mtimeNs === this.summary.modifiedNs && Number(stats.size) === mark.bytes
  }

  /** Names the thread as the session is called, unless the person has called it something else. Gives whether it did. */
  #rename(threadId: string): boolean {
    const { title } = this.summary
    const name = this.context.books.nameOf(threadId)
    const isOurs = name === undefined || name === this.#record?.title
    if (title === null || title === '' || standIn.test(title) || name === title || !isOurs) return false
    this.context.books.name(threadId, title)
    return true
  }

  #success(threadId: string, targetPath: string): SessionOutcome {
    const { path, title } = this.summary
    const cwd = this.summary.cwd ?? this.context.userHome
    const record = {
      itemType: 'SESSIONS',
      cwd,
      source: path,
      target: threadId,
      title,
      sourcePath: path,
      targetPath,
    } as const
    return { type: 'success', record }
  }

  #skip(reason: string, thread?: { readonly path: string }, message?: string): SessionOutcome {
    const { path, cwd } = this.summary
    return skipped(reason, path, { cwd, targetPath: thread?.path ?? null, ...(message !== undefined && { message }) })
  }
}
