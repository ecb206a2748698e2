import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type HomeLayout, homeLayout } from '@gangway/home'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { projectAll, projectStep, stepResult } from './accounting.js'
import { Detector } from './detect.js'
import { appendHistory, readHistories, recordHistory } from './history.js'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import { type PlaceContext, userHomeOf } from './place.js'
import { failureRecord, problemOf } from './problems.js'
import { findSource, isUnreadableSource } from './registry.js'
import type {
  DetectParams,
  DetectResult,
  HistoriesResult,
  ImportCompleted,
  ImportParams,
  ImportProgress,
  PreviewParams,
  PreviewResult,
  RecordHistoryParams,
  StepResult,
} from './wire.js'

/** Whose things, brought where. */
export interface ImportsOptions {
  /** Absolute path of the Codex home. */
  readonly codexHome: string
  /** For `HOME`, `USERPROFILE` and the other agents' own variables such as `CLAUDE_CONFIG_DIR`. */
  readonly env: { readonly [name: string]: string | undefined }
  /** What relative `cwd`s are resolved against. Absolute. */
  readonly cwd: string
  /** Hears of what failed beside the work, such as a history that cannot be written. Default: nobody. */
  readonly onTrouble?: (error: unknown) => void
}

/** Who hears of an import. Neither is called before the promise of `import` has resolved and its answer could be sent. */
export interface ImportListener {
  /** The caller asked for experimental methods and fields. */
  readonly experimental: boolean
  /** Once per request item, in request order. */
  onProgress(progress: ImportProgress): void
  /** Exactly once per import that was answered, when everything is done. */
  onCompleted(completed: ImportCompleted): void
}

/** How long `close` lets a running import go on by default. */
const CLOSE_GRACE_MS = 3_000

/**
 * Everything `externalAgentConfig/*` does, for one Codex home: what a server calls.
 *
 * Failures the wire shows as a number are `RpcError`s. Imports run one after the other, each seeing what the one before
 * has written.
 */
export class ExternalAgentImports {
  readonly #layout: HomeLayout
  readonly #detector = new Detector()
  readonly #stop = new AbortController()
  /** The end of the import that was asked for last. Never rejects. */
  #last: Promise<void> = Promise.resolve()
  #loading: Promise<Work> | undefined
  #hasRecovered = false
  #isClosed = false

  constructor(readonly options: ImportsOptions) {
    this.#layout = homeLayout(options.codexHome)
  }

  /** What could be brought over now. Reads only. Never fails for what a file holds: such a file is a warning. */
  async detect(params: DetectParams, options: { readonly experimental?: boolean } = {}): Promise<DetectResult> {
    const isStrict = options.experimental === true
    if (!isStrict && isUnreadableSource(params.migrationSource)) return { items: [], connectors: [], warnings: [] }
    const found = await this.#detector.detect({
      ...this.#context(params.migrationSource, isStrict),
      includeHome: params.includeHome === true,
      cwds: params.cwds ?? [],
    })
    return { items: found.items, connectors: [], warnings: found.warnings }
  }

  /** The plan for some items, to be shown and approved. Writes nothing. @throws RpcError -32600 for an unknown source */
  async preview(params: PreviewParams): Promise<PreviewResult> {
    const work = await this.#work()
    const plan = await this.#plan(params, true, work)
    return work.previewPlan(plan, work.planDigest(plan, work.digests))
  }

  /**
   * Plans, answers with the import's id, then writes and reports to `listener`.
   *
   * @throws RpcError -32603 when an item cannot be done at all (`failureMode: 'request'`), -32600 for a stale
   * `planDigest` (`data.reason` is `stalePlan`) or an unknown source; nothing is written then, and no completion follows.
   */
  import(params: ImportParams, listener: ImportListener): Promise<{ importId: string }> {
    if (this.#isClosed) return Promise.reject(closed())
    const importId = randomUUID()
    return new Promise((resolve, reject) => {
      const run = async (): Promise<void> => {
        const work = await this.#work()
        const plan = await this.#plan(params, listener.experimental, work)
        if (typeof params.planDigest === 'string') assertFresh(work.planDigest(plan, work.digests), params.planDigest)
        if (params.failureMode !== 'item') assertPossible(plan)
        resolve({ importId })
        // The answer goes out before anything is written or told.
        await nextTurn()
        await this.#perform(plan, importId, params, listener, work)
      }
      this.#last = this.#last.then(run).catch((error: unknown) => reject(asRpcError(error)))
    })
  }

  /** Every import of this home that has ended, newest first. Reads the disk. */
  async readHistories(): Promise<HistoriesResult> {
    return readHistories(this.#layout)
  }

  /** Adds an import made elsewhere to the history. @throws RpcError -32600 naming the field that is wrong */
  async recordHistory(params: RecordHistoryParams): Promise<{ importId: string }> {
    return recordHistory(this.#layout, params)
  }

  /** Lets what runs finish within `graceMs` (3 000), then stops it between two changes; its completion still goes out. Idempotent. */
  async close({ graceMs = CLOSE_GRACE_MS }: { readonly graceMs?: number } = {}): Promise<void> {
    this.#isClosed = true
    const timer = setTimeout(() => this.#stop.abort(closed()), graceMs)
    try {
      await this.#last
    } finally {
      clearTimeout(timer)
    }
  }

  /** The same as {@link close}, so that `await using` ends it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Never throws: the completion goes out whatever happens. */
  async #perform(
    plan: ImportPlan,
    importId: string,
    params: ImportParams,
    listener: ImportListener,
    work: Work,
  ): Promise<void> {
    await this.#guarded(() => this.#recoverOnce(work))
    const steps: StepResult[] = []
    const onStep = (step: StepResult) => {
      steps.push(step)
      void this.#guarded(() => listener.onProgress({ importId, ...projectStep(step) }))
    }
    await this.#guarded(async () => {
      try {
        await work.applyPlan(plan, { layout: this.#layout, importId, signal: this.#stop.signal, onStep })
      } catch (error) {
        for (const item of plan.items.slice(steps.length)) onStep(notDone(item, error))
        throw error
      }
    })
    const completed = { importId, ...projectAll(steps) }
    if (steps.length > 0) {
      await this.#guarded(() => appendHistory(this.#layout, completed, params.providerId ?? null))
    }
    await this.#guarded(() => listener.onCompleted(completed))
  }

  async #plan(params: PreviewParams, isStrict: boolean, { planImport }: Work): Promise<ImportPlan> {
    const { migrationItems, migrationSource, onConflict, copySecrets } = params
    if (migrationItems.some(({ itemType }) => itemType === 'MEMORY')) {
      // Source: reference 0.169.0, whose feature for this is off by default.
      throw new RpcError(rpcCodes.invalidRequest, 'external agent memory import is disabled')
    }
    return planImport(migrationItems, {
      ...this.#context(migrationSource, isStrict),
      options: { onConflict: onConflict ?? 'default', copySecrets: copySecrets === true },
      cache: this.#detector.cache,
      signal: this.#stop.signal,
    })
  }

  #context(migrationSource: string | null | undefined, isStrict: boolean): PlaceContext & { codexHome: string } {
    const { codexHome, env, cwd } = this.options
    return { codexHome, env, cwd, userHome: userHomeOf(env, homedir), source: findSource(migrationSource, isStrict) }
  }

  /** What a crash of an earlier import left behind is put in order before the first of ours. */
  #recoverOnce({ recoverJournals }: Work): void {
    if (this.#hasRecovered) return
    this.#hasRecovered = true
    recoverJournals(this.#layout)
  }

  #work(): Promise<Work> {
    this.#loading ??= loadWork()
    return this.#loading
  }

  async #guarded(call: () => void | Promise<void>): Promise<void> {
    try {
      await call()
    } catch (error) {
      this.options.onTrouble?.(error)
    }
  }
}

type Work = Awaited<ReturnType<typeof loadWork>>

async function loadWork() {
  const { applyPlan, FileDigests, planDigest, planImport, previewPlan, recoverJournals } = await import(
    './import-work.js'
  )
  return { applyPlan, planDigest, planImport, previewPlan, recoverJournals, digests: new FileDigests() }
}

/** @throws RpcError -32600 with the new digest when the plan is not the one that was shown */
function assertFresh(digest: string, expected: string): void {
  if (digest === expected) return
  const message = 'import plan is stale: the files it was made from, or those it would change, are no longer the same'
  throw new RpcError(rpcCodes.invalidRequest, message, { reason: 'stalePlan', digest })
}

function closed(): RpcError {
  return new RpcError(rpcCodes.internalError, 'the server is closing')
}

/** An item that the end of the work did not reach. */
function notDone(item: PlannedItem, error: unknown): StepResult {
  return stepResult(
    { ...item, artifacts: [], problems: [], impossible: problemOf(item.item.itemType, error) },
    new Map(),
  )
}

/** @throws RpcError -32603 with the message of the first item that cannot be done at all */
function assertPossible(plan: ImportPlan): void {
  const failures = plan.items.flatMap(({ item, impossible }) =>
    impossible ? [failureRecord(impossible, item.cwd ?? null)] : [],
  )
  const [first] = failures
  if (first) throw new RpcError(rpcCodes.internalError, first.message, { reason: 'importFailed', failures })
}

function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new RpcError(rpcCodes.internalError, message, undefined, { cause: error })
}
