import { join } from 'node:path'
import type { HomeLayout } from '@gangway/home'
import type { PlaceContext } from '../../place.js'
import { resolvePlace } from '../../place.js'
import type { SessionConnector, SessionShelf, SessionSource } from '../../session-source.js'
import type { ImportWarning, MigrationItem, PreviewArtifact, StepResult } from '../../wire.js'
import { LeftOvers } from './clear-up.js'
import { type DetectedSessions, type DetectSessionsQuery, detectSessions } from './detect-sessions.js'
import { ThreadFolders } from './find-thread.js'
import { importSessions, type SessionProgress } from './import-sessions.js'
import { KnownSessions } from './known-sessions.js'
import { type ConnectorRecord, ledgerFile } from './ledger.js'
import { LedgerStore } from './ledger-store.js'
import { rebuildLedger } from './rebuild-ledger.js'
import { selectSessions } from './select-sessions.js'
import { SessionBooks } from './session-books.js'
import { SessionFacts } from './session-facts.js'
import { failed, sessionMissing, skipped } from './session-outcome.js'
import { makeRoomForSessions } from './undone-sessions.js'

/** What the sessions of one home are imported with. */
export interface SessionImportsOptions {
  readonly layout: HomeLayout
  /** Of this program: stands in the threads. */
  readonly version: string
  readonly isThreadLoaded: (threadId: string) => boolean
}

/** One import's sessions. */
export interface SessionsRequest {
  readonly items: readonly MigrationItem[]
  readonly importId: string
  /** Logs that another import had taken when this one began. */
  readonly takenByOthers: ReadonlySet<string>
  readonly signal: AbortSignal
  readonly onStep: (step: StepResult, progress: SessionProgress) => void
}

/** What `externalAgentConfig/*` does with conversations, for one Codex home and one agent. */
export class SessionImports {
  readonly #ledger: LedgerStore
  readonly #known: KnownSessions
  /** Logs that an import has taken for itself, with its id. */
  readonly #taken = new Map<string, string>()
  /** Which services sessions worked with that were looked at, by their logs. */
  readonly #seen = new Map<string, readonly string[]>()

  constructor(
    readonly source: SessionSource,
    readonly sourceId: string,
    readonly options: SessionImportsOptions,
  ) {
    this.#ledger = new LedgerStore(options.layout)
    this.#known = new KnownSessions(options.layout, this.#ledger, sourceId)
  }

  /** The sessions that can be brought over. Writes nothing but the cache. @throws RangeError for a bad cursor or limit */
  async detect(context: PlaceContext, query: DetectSessionsQuery): Promise<DetectedSessions> {
    const shelf = this.#open(context)
    const scope = { source: this.source, shelf, known: this.#known, userHome: context.userHome }
    const found = await detectSessions(scope, query)
    for (const one of found.connectorRecords ?? []) this.#seen.set(one.source_path, one.connector_names)
    const { broken } = this.#ledger.load()
    return broken === undefined
      ? found
      : { ...found, warnings: [...found.warnings, ledgerWarning(this.#ledger, broken)] }
  }

  /** What would become of each session of an item. Writes nothing but the cache. */
  async preview(item: MigrationItem, context: PlaceContext): Promise<readonly PreviewArtifact[]> {
    const shelf = this.#open(context)
    const { paths, missing } = selectSessions(item, shelf)
    await this.#known.look()
    const artifacts: PreviewArtifact[] = missing.map((path) => shown(path, path, sessionMissing(path)))
    for (const path of paths) artifacts.push(await this.#previewOne(path, shelf))
    shelf.save()
    return artifacts
  }

  /**
   * Takes the logs of a request for one import, so that a second one at the same time leaves them alone.
   *
   * @returns those that another import has taken
   */
  take(items: readonly MigrationItem[], importId: string, context: PlaceContext): ReadonlySet<string> {
    const shelf = this.#open(context)
    const paths = items.flatMap((item) => selectSessions(item, shelf).paths)
    const takenByOthers = new Set(paths.filter((path) => this.#taken.has(path)))
    for (const path of paths) if (!takenByOthers.has(path)) this.#taken.set(path, importId)
    return takenByOthers
  }

  /** Brings sessions over. Writes to disk. Never throws. */
  async import(request: SessionsRequest, context: PlaceContext): Promise<void> {
    const { importId, signal, onStep, takenByOthers } = request
    const { layout, version, isThreadLoaded } = this.options
    try {
      for (const item of request.items) {
        const shelf = this.#open(context)
        await importSessions({
          item,
          onStep,
          prepare: async () => {
            makeRoomForSessions(layout, importId, selectSessions(item, shelf).paths)
            await rebuildLedger(this.#ledger, this.#known, shelf, { layout, signal })
          },
          isTaken: (path) => takenByOthers.has(path),
          context: {
            layout,
            version,
            isThreadLoaded,
            importId,
            signal,
            sourceId: this.sourceId,
            shelf,
            known: this.#known,
            books: this.#books(),
            facts: new SessionFacts(),
            leftOvers: new LeftOvers(),
            folders: new ThreadFolders(layout),
            userHome: context.userHome,
          },
        })
      }
    } finally {
      for (const [path, owner] of this.#taken) if (owner === importId) this.#taken.delete(path)
    }
  }

  /** Services that the sessions which came over, or were looked at, have worked with. Reads the ledger; none when it cannot be read. */
  connectors(): readonly SessionConnector[] {
    const { records } = this.#ledger.load().ledger
    const byPath = new Map<string, readonly string[]>()
    for (const { source_path, connector_names } of [...this.#detected(), ...records]) {
      byPath.set(source_path, [...(byPath.get(source_path) ?? []), ...(connector_names ?? [])])
    }
    return this.source.countConnectors([...byPath.values()].map((connectors) => ({ connectors })))
  }

  /** Those of the ledger, with what was looked at since. */
  #detected(): readonly ConnectorRecord[] {
    const { detected_connector_records: noted = [] } = this.#ledger.load().ledger
    const names = new Map(noted.map((record) => [record.source_path, record.connector_names]))
    for (const [path, found] of this.#seen) names.set(path, found)
    return [...names].map(([source_path, connector_names]) => ({ source_path, connector_names }))
  }

  async #previewOne(path: string, shelf: SessionShelf): Promise<PreviewArtifact> {
    try {
      const summary = await shelf.summarise(path)
      const { state } = this.#known.stateOf(summary)
      const title = summary.title ?? summary.sessionId
      if (state === 'imported') return shown(path, title, skipped('already-imported', path))
      if (state === 'rewritten') return shown(path, title, skipped('source-rewritten', path))
      const { unusable } = summary
      if (unusable) return shown(path, title, skipped(unusable.code, path, { message: unusable.message }))
      return shown(path, title, undefined)
    } catch (error) {
      return shown(path, path, failed(path, error))
    }
  }

  /** With what was looked at, which is noted along with what comes over. Source: reference 0.169.0, which notes it at once. */
  #books(): SessionBooks {
    const books = new SessionBooks(this.options.layout, this.#ledger)
    if (this.#seen.size > 0) books.connectors(this.#detected())
    return books
  }

  #open(context: PlaceContext): SessionShelf {
    const place = resolvePlace(null, context)!
    const cacheFolder = join(this.options.layout.gangwayDir)
    return this.source.open({ configDir: place.configDir, userHome: context.userHome, env: context.env, cacheFolder })
  }
}

function ledgerWarning({ path }: LedgerStore, broken: string): ImportWarning {
  const message = `${path}: invalid ${ledgerFile}: ${broken}; the next import sets it aside and goes on with what can be read of it`
  return { path, message, line: null, column: null }
}

function shown(path: string, title: string, outcome: ReturnType<typeof skipped> | undefined): PreviewArtifact {
  const base = { name: title, source: path, target: title, sourcePath: path, targetPath: '' }
  if (outcome?.type === 'failure') return { ...base, outcome: 'failed', reason: null, error: outcome.record }
  if (outcome?.type !== 'skipped') return { ...base, outcome: 'change', reason: null, error: null }
  const { reason, message } = outcome.record
  return { ...base, outcome: 'skipped', reason: { code: reason, message }, error: null }
}
