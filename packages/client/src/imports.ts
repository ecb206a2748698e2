import type { ClientRequests, MigrationItem, ServerNotifications } from '@gangway/protocol'
import { EventQueue, type NotificationEvent, type WritableEvent } from '@gangway/protocol/channel'
import { abortedError, TransportError } from './errors.js'
import type { ReaderWatch } from './reader-watch.js'

const METHOD = 'externalAgentConfig/import'
const PROGRESS = 'externalAgentConfig/import/progress'
const COMPLETED = 'externalAgentConfig/import/completed'

/** Milliseconds that a server gets to report on an empty selection. The reference never does. */
const EMPTY_GRACE_MS = 1_000

/** Milliseconds that a server gets to stop an import and report. */
const CANCEL_GRACE_MS = 2_000

/** Steps that wait for a slow reader; what comes beyond is left out. */
const PROGRESS_CAPACITY = 4_096

type ImportParams = ClientRequests[typeof METHOD]['params']

/** What imports ask of the server. */
export interface ImportCalls {
  begin(params: ImportParams, signal?: AbortSignal): Promise<{ readonly importId: string }>
  /** @returns whether the import stops, and completes with what was done */
  cancel(importId: string): Promise<{ readonly cancelled: boolean }>
}

/** One step of an import. */
export type ImportProgress = ServerNotifications[typeof PROGRESS]

/** The result of an import. */
export type ImportReport = ServerNotifications[typeof COMPLETED]

/** What the protocol lets one choose for an import. */
export interface ImportOptions extends Omit<ImportParams, 'migrationItems'> {
  /**
   * Stops the import: `completed` then resolves soon, with what was done. Where the server cannot stop it, only the wait
   * ends, with `aborted`.
   */
  readonly signal?: AbortSignal
}

/** An import that the server has begun. */
export interface ImportRun {
  readonly importId: string
  /** The steps so far and to come, ending with the import. One reader; steps are best effort. @throws as `completed` */
  progress(): AsyncIterable<ImportProgress>
  /**
   * The report, with the counts of everything.
   *
   * @throws TransportError `closed` or `aborted`
   */
  readonly completed: Promise<ImportReport>
}

/** The import runs of one client: finds for every notification the run that it belongs to. */
export class Imports {
  readonly #calls: ImportCalls
  readonly #watch: ReaderWatch
  readonly #runs = new Set<Run>()

  /** @param watch of the reader of the events that the notifications stand among */
  constructor(calls: ImportCalls, watch: ReaderWatch) {
    this.#calls = calls
    this.#watch = watch
  }

  /** Shows an event that has come. */
  saw(event: WritableEvent): void {
    if (this.#runs.size === 0 || event.type !== 'notification') return
    if (event.method !== PROGRESS && event.method !== COMPLETED) return
    for (const run of this.#runs) run.saw(event)
  }

  /** Begins an import. The run listens before the request is sent, so that it misses nothing. */
  async start(items: readonly MigrationItem[], options: ImportOptions = {}): Promise<ImportRun> {
    const { signal, ...choices } = options
    const run = new Run((importId) => this.#calls.cancel(importId))
    this.#runs.add(run)
    // The report stands among the events: it must come although they are full and nobody reads them.
    const relax = this.#watch.begin()
    const forget = () => {
      this.#runs.delete(run)
      relax()
    }
    run.completed.then(forget, forget)
    try {
      const { importId } = await this.#calls.begin({ ...choices, migrationItems: items }, signal)
      run.begin(importId, items.length === 0, signal)
    } catch (error) {
      forget()
      throw error
    }
    return run
  }

  /** Fails the runs that have no report. */
  close(reason: string): void {
    for (const run of this.#runs) run.fail(new TransportError(METHOD, 'closed', reason))
  }
}

class Run implements ImportRun {
  importId = ''
  readonly completed: Promise<ImportReport>
  #resolve: (report: ImportReport) => void = () => {}
  #reject: (error: unknown) => void = () => {}
  readonly #steps = new EventQueue({ capacity: PROGRESS_CAPACITY })
  /** What came before the import's id was known: it may be about another one. */
  #early: NotificationEvent[] | undefined = []
  #release = () => {}
  #failure: unknown

  constructor(readonly cancel: ImportCalls['cancel']) {
    this.completed = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.completed.catch(() => {})
  }

  saw(event: NotificationEvent): void {
    if (this.#early !== undefined) {
      this.#early.push(event)
      return
    }
    const params = event.params as ImportReport
    if (params.importId !== this.importId) return
    if (event.method === COMPLETED) this.#finish(params)
    else this.#steps.push(event)
  }

  begin(importId: string, isEmpty: boolean, signal: AbortSignal | undefined): void {
    this.importId = importId
    const early = this.#early ?? []
    this.#early = undefined
    this.#guard(isEmpty, signal)
    for (const event of early) this.saw(event)
  }

  fail(error: unknown): void {
    this.#failure = error
    this.#reject(error)
    this.#end()
  }

  async *progress(): AsyncGenerator<ImportProgress, void> {
    for await (const event of this.#steps) if (event.type === 'notification') yield event.params as ImportProgress
    if (this.#failure !== undefined) throw this.#failure
  }

  #finish(report: ImportReport): void {
    this.#resolve(report)
    this.#end()
  }

  #end(): void {
    this.#release()
    this.#steps.close()
  }

  #guard(isEmpty: boolean, signal: AbortSignal | undefined): void {
    const endWait = () => signal !== undefined && this.fail(abortedError(METHOD, signal))
    let guard: ReturnType<typeof setTimeout> | undefined
    const onAbort = () => {
      guard = setTimeout(endWait, CANCEL_GRACE_MS)
      void this.cancel(this.importId).then(({ cancelled }) => cancelled || endWait(), endWait)
    }
    const finishEmpty = () => this.#finish({ importId: this.importId, itemTypeResults: [], itemResults: [] })
    const timer = isEmpty ? setTimeout(finishEmpty, EMPTY_GRACE_MS) : undefined
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#release = () => {
      clearTimeout(timer)
      clearTimeout(guard)
      signal?.removeEventListener('abort', onAbort)
    }
    if (signal?.aborted === true) onAbort()
  }
}
