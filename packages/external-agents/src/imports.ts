import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type HomeLayout, homeLayout } from '@gangway/home'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { projectAll, projectStep, stepNotDone } from './accounting.js'
import { Conversations } from './conversations.js'
import { Detector } from './detect.js'
import { appendHistory, readHistories, recordHistory } from './history.js'
import type { ImportListener } from './import-listener.js'
import type { ImportPlan } from './import-plan.js'
import { asRpcError, assertFresh, assertPossible, closed } from './import-refusals.js'
import type { ImportsOptions } from './imports-options.js'
import { loadWork, type Work } from './load-work.js'
import { assertMemories, inDetectOrder } from './memory-feature.js'
import { type PlaceContext, userHomeOf } from './place.js'
import { findSource } from './registry.js'
import type { RemoteContext } from './remote-plugins.js'
import type { RunningImport } from './running-import.js'
import type {
  DetectParams,
  DetectResult,
  HistoriesResult,
  ImportParams,
  ImportProgress,
  PreviewParams,
  PreviewResult,
  RecordHistoryParams,
  StepResult,
  UndoParams,
  UndoResult,
  VerifyParams,
  VerifyResult,
} from './wire.js'

export type { ImportsOptions } from './imports-options.js'

/** Of threads, where the program that imports does not say its own. */
const VERSION = '0.1.0'

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
  /** Those that were answered and have not completed. */
  readonly #running = new Map<string, AbortController>()
  readonly #conversations: Conversations
  /** Imports that others need not wait for. None rejects. */
  readonly #ending = new Set<Promise<void>>()
  /** The end of the import that was asked for last. Never rejects. */
  #last: Promise<void> = Promise.resolve()
  #loading: Promise<Work> | undefined
  #hasRecovered = false
  #isClosed = false

  constructor(readonly options: ImportsOptions) {
    this.#layout = homeLayout(options.codexHome)
    const { version = VERSION, isThreadLoaded = () => false } = options
    this.#conversations = new Conversations({ layout: this.#layout, version, isThreadLoaded })
  }

  /** What could be brought over now. Reads only. Never fails for what a file holds: such a file is a warning. */
  async detect(params: DetectParams, options: { readonly experimental?: boolean } = {}): Promise<DetectResult> {
    const isStrict = options.experimental === true
    const context = this.#context(params.migrationSource, isStrict)
    // Later pages are of conversations only.
    const isPage = typeof params.cursor === 'string'
    const scope = {
      ...context,
      includeHome: params.includeHome === true && !isPage,
      cwds: isPage ? [] : (params.cwds ?? []),
    }
    const found = await this.#detector.detect(scope)
    const isWanted = params.includeHome === true
    const sessions = isWanted ? await this.#conversations.detect(params, context, this.#stop.signal) : undefined
    return {
      items: [...inDetectOrder(found.items, sessions?.item)],
      connectors: [...(sessions?.connectors ?? [])],
      warnings: [...found.warnings, ...(sessions?.warnings ?? [])],
      ...(sessions && (params.limit != null || isPage) && { nextCursor: sessions.nextCursor }),
    }
  }

  /** The plan for some items, to be shown and approved. Writes nothing. @throws RpcError -32600 for an unknown source */
  async preview(params: PreviewParams): Promise<PreviewResult> {
    const work = await this.#work()
    const plan = await this.#plan(params, true, work)
    const preview = await work.previewPlan(plan, work.planDigest(plan, work.digests))
    const context = this.#context(params.migrationSource, true)
    return this.#conversations.preview(preview, params.migrationItems, context)
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
        const running = await this.#begin(params, plan, importId, listener)
        resolve({ importId })
        // The answer goes out before anything is written or told.
        await nextTurn()
        await this.#perform(plan, running, work)
        const end = this.#end(running)
        this.#ending.add(end)
        void end.finally(() => this.#ending.delete(end))
        // What may take long is nothing that others need to wait for.
        if (!running.conversations && !running.remotePlugins) await end
      }
      this.#last = this.#last.then(run).catch((error: unknown) => reject(asRpcError(error)))
    })
  }

  /**
   * Stops an import between two changes, and in the middle of a conversation. What is done stays; everything else is
   * reported as not done when the import completes, which it does at once.
   *
   * @returns false when no such import runs
   */
  cancel(importId: string): boolean {
    const running = this.#running.get(importId)
    running?.abort(new RpcError(rpcCodes.internalError, 'the import was cancelled'))
    return running !== undefined
  }

  /** Every import of this home that has ended, newest first. Reads the disk. */
  async readHistories(): Promise<HistoriesResult> {
    const { listJournals } = await this.#work()
    const histories = { ...readHistories(this.#layout), journals: [...listJournals(this.#layout)] }
    try {
      return { ...histories, connectors: [...(await this.#conversations.connectors())] }
    } catch (error) {
      this.options.onTrouble?.(error)
      return histories
    }
  }

  /** Takes an import back, or an undo, after the imports before it. @throws RpcError -32600 when there is nothing of that id, or it runs */
  undo(params: UndoParams): Promise<UndoResult> {
    const { isThreadLoaded = () => false } = this.options
    const isRunning = (importId: string) => this.#running.has(importId)
    const before = this.#last
    const done = (async () => {
      const { undoImport } = await this.#work()
      if (!isRunning(params.importId)) await before
      return undoImport(params, { layout: this.#layout, isRunning, isThreadLoaded })
    })()
    this.#last = Promise.allSettled([before, done]).then(() => {})
    return done
  }

  /** Looks whether what was brought over works. Writes nothing. @throws RpcError -32600 for an id that no history has */
  async verify(params: VerifyParams): Promise<VerifyResult> {
    const { verifyImport } = await this.#work()
    const { codexHome, env } = this.options
    return verifyImport(params, { layout: homeLayout(codexHome), env, signal: this.#stop.signal })
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
      await Promise.all(this.#ending)
    } finally {
      clearTimeout(timer)
    }
  }

  /** The same as {@link close}, so that `await using` ends it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** From now on it can be cancelled, and its conversations are its own. */
  async #begin(params: ImportParams, plan: ImportPlan, importId: string, listener: ImportListener) {
    const context = this.#context(params.migrationSource, listener.experimental)
    const conversations = await this.#conversations.take(params.migrationItems, importId, context)
    const controller = new AbortController()
    this.#running.set(importId, controller)
    const signal = AbortSignal.any([this.#stop.signal, controller.signal])
    const remotePlugins = (await this.#work()).RemotePlugins.of(plan, this.#remoteContext())
    const { providerId = null } = params
    return { importId, listener, signal, conversations, remotePlugins, providerId, steps: [] } satisfies RunningImport
  }

  /** Everything but conversations. Never throws. */
  async #perform(plan: ImportPlan, { importId, listener, signal, steps }: RunningImport, work: Work): Promise<void> {
    await this.#guarded(() => this.#recoverOnce(work))
    const onStep = (step: StepResult) => {
      steps.push(step)
      void this.#guarded(() => listener.onProgress({ importId, ...projectStep(step) }))
    }
    await this.#guarded(async () => {
      try {
        const around = listener.around && { around: listener.around }
        await work.applyPlan(plan, { layout: this.#layout, importId, signal, onStep, ...around })
      } catch (error) {
        for (const item of plan.items.slice(steps.length)) onStep(stepNotDone(item, error))
        throw error
      }
    })
  }

  /** Conversations and plugins that must be fetched, and the completion, which goes out whatever happens. Never throws. */
  async #end(running: RunningImport): Promise<void> {
    const { importId, listener, signal, steps, conversations, remotePlugins, providerId } = running
    const onStep = (step: StepResult, sessions: ImportProgress['sessions']) => {
      steps.push(step)
      void this.#guarded(() => listener.onProgress({ importId, ...projectStep(step), ...(sessions && { sessions }) }))
    }
    const fetching = this.#guarded(() => remotePlugins?.run(importId, signal, (step) => onStep(step, undefined)))
    await this.#guarded(async () => {
      const run = async () => conversations?.run(signal, onStep)
      await (conversations && listener.around ? listener.around({ itemType: 'SESSIONS' }, run) : run())
    })
    await fetching
    const completed = { importId, ...projectAll(steps) }
    if (steps.length > 0) await this.#guarded(() => appendHistory(this.#layout, completed, providerId))
    this.#running.delete(importId)
    await this.#guarded(() => listener.onCompleted(completed))
  }

  async #plan(params: PreviewParams, isStrict: boolean, { planImport }: Work): Promise<ImportPlan> {
    const { migrationItems, migrationSource, onConflict, copySecrets } = params
    assertMemories(migrationItems, this.#layout.configToml)
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

  #remoteContext(): RemoteContext {
    const { env, gitTimeoutMs: timeoutMs } = this.options
    return { layout: this.#layout, env, inTurn: (work) => this.#inTurn(work), ...(timeoutMs && { timeoutMs }) }
  }

  /** After what writes now, and before what is asked for from now on. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = Promise.allSettled([done]).then(() => {})
    return done
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

  async #guarded(call: () => void | Promise<void> | undefined): Promise<void> {
    try {
      await call()
    } catch (error) {
      this.options.onTrouble?.(error)
    }
  }
}
