import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { withLock } from '@gangway/home'
import type { MigrationItem, StepResult } from '../../wire.js'
import type { BringContext } from './bring-context.js'
import { bringSession } from './bring-session.js'
import { selectSessions } from './select-sessions.js'
import { failed, SessionFailure, type SessionOutcome, sessionMissing, skipped, wordsOf } from './session-outcome.js'
import { writerThreads } from './writing/writer-threads.js'

/** How far an import of sessions is. */
export interface SessionProgress {
  readonly done: number
  readonly total: number
  /** The log that is being brought over; null between two. */
  readonly path: string | null
}

/** What a run of sessions works with besides the context of each. */
export interface SessionsRun {
  readonly item: MigrationItem
  readonly context: BringContext
  /** Called before the first session, while no other program imports any. */
  readonly prepare: () => Promise<void>
  /** Whether another import has taken a log for itself. */
  readonly isTaken: (path: string) => boolean
  /** Called several times a second: `step` holds what was done since. */
  readonly onStep: (step: StepResult, progress: SessionProgress) => void
}

/** Milliseconds between two reports at most, with room below the promised 250. */
const reportEveryMs = 150
/** How long to work, in milliseconds, before others get a turn. */
const sliceMs = 4
/** Longer than any import: another one that runs is waited for. */
const lockTimeoutMs = 24 * 60 * 60 * 1000

/**
 * Brings over the sessions of one item of a request, one after the other. Each ends as success, failure or skipped with a
 * reason; nothing of one keeps another from coming. When the signal stops it, what is left is skipped as `cancelled`.
 * Never throws.
 */
export async function importSessions(run: SessionsRun): Promise<void> {
  const { item, context } = run
  const { paths, missing } = selectSessions(item, context.shelf)
  const report = new Report(run, paths.length + missing.length)
  report.add(missing.map(sessionMissing), missing.length)
  report.tell()
  const timer = setInterval(() => report.tell(), reportEveryMs)
  const left = new Set(paths)
  try {
    const lock = join(context.layout.locksDir, 'session-import.lock')
    const options = { timeoutMs: lockTimeoutMs, signal: context.signal }
    await withLock(lock, () => bringAll(left, run, report), options)
  } catch (error) {
    const stopped = context.signal.aborted
    report.add(
      [...left].map((path) => (stopped ? skipped('cancelled', path) : failed(path, error))),
      left.size,
    )
  } finally {
    clearInterval(timer)
  }
  await writeBooks(report, () => context.books.write())
  context.shelf.save()
  report.end()
}

/** Takes each path out of `left` when it is done. @throws the signal's reason */
async function bringAll(left: Set<string>, run: SessionsRun, report: Report): Promise<void> {
  await run.prepare()
  const paths = left.values()
  const workers = writerThreads(run.context.shelf.isReadInThreads === true, sizeOf(left), left.size)
  const context = { ...run.context, workers }
  const lanes = Array.from({ length: workers?.count ?? 1 }, () => bringEach(paths, left, { ...run, context }, report))
  try {
    await Promise.all(lanes)
  } finally {
    // What one lane has thrown ends the others, too: the signal's reason, nothing else.
    await Promise.allSettled(lanes)
    await workers?.close()
  }
}

async function bringEach(paths: Iterator<string>, left: Set<string>, run: SessionsRun, report: Report): Promise<void> {
  const { context } = run
  let sliceStarted = performance.now()
  for (let next = paths.next(); !next.done; next = paths.next()) {
    const path = next.value
    context.signal.throwIfAborted()
    report.path = path
    report.add(run.isTaken(path) ? [skipped('already-running', path)] : await bringOne(path, context), 1)
    left.delete(path)
    await writeBooks(report, () => context.books.writeInTime())
    if (performance.now() - sliceStarted < sliceMs) continue
    await nextTurn()
    sliceStarted = performance.now()
  }
}

/** Bytes of all logs, as far as they can be told. */
function sizeOf(paths: Iterable<string>): number {
  let bytes = 0
  for (const path of paths) bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return bytes
}

async function bringOne(path: string, context: BringContext): Promise<readonly SessionOutcome[]> {
  try {
    return await bringSession(await context.shelf.summarise(path, context.signal), context)
  } catch (error) {
    context.signal.throwIfAborted()
    return [failed(path, error)]
  }
}

async function writeBooks(report: Report, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    report.addOnce(
      failed('', new SessionFailure('session_ledger_update', 'failed_to_update_session_ledger', wordsOf(error))),
    )
  }
}

/** Gathers outcomes between two reports. */
class Report {
  path: string | null = null
  #outcomes: SessionOutcome[] = []
  #done = 0
  #trouble: string | undefined

  constructor(
    readonly run: SessionsRun,
    readonly total: number,
  ) {}

  /** @param sessions how many sessions of the request these are about */
  add(outcomes: readonly SessionOutcome[], sessions: number): void {
    this.#outcomes.push(...outcomes)
    this.#done += sessions
  }

  /** The same trouble each time is told once. */
  addOnce(outcome: Extract<SessionOutcome, { type: 'failure' }>): void {
    const { message } = outcome.record
    if (this.#trouble !== message) this.#outcomes.push(outcome)
    this.#trouble = message
  }

  tell(): void {
    const outcomes = this.#outcomes
    this.#outcomes = []
    this.run.onStep(stepOf(this.run, outcomes), { done: this.#done, total: this.total, path: this.path })
  }

  end(): void {
    const step = { ...stepOf(this.run, this.#outcomes), facts: this.run.context.facts.list() }
    this.run.onStep(step, { done: this.total, total: this.total, path: null })
  }
}

function stepOf({ item }: SessionsRun, outcomes: readonly SessionOutcome[]): StepResult {
  const successes = outcomes.flatMap((outcome) => (outcome.type === 'success' ? [outcome.record] : []))
  const rawErrors = outcomes.flatMap((outcome) => (outcome.type === 'failure' ? [outcome.record] : []))
  const left = outcomes.flatMap((outcome) => (outcome.type === 'skipped' ? [outcome.record] : []))
  return {
    itemType: item.itemType,
    description: item.description,
    cwd: item.cwd ?? null,
    successCount: successes.length,
    errorCount: rawErrors.length,
    successes,
    rawErrors,
    skipped: left,
  }
}
