import { startInProcess } from '@gangway/client/in-process'
import type { ConflictPolicy } from '../import/import-options.js'
import { type JoinedPages, joinPages, sessionsOnPage } from '../import/session-pages.js'
import type {
  Histories,
  ItemResult,
  MigrationItem,
  Preview,
  SessionProgress,
  StepResult,
  UndoResult,
  VerifyResult,
} from '../import/wire.js'
import { version } from '../version.js'

/** Where to look, and for whose things. */
export interface Scope {
  readonly includeHome: boolean
  /** Folders whose repositories are looked at; relative ones start at the working directory. */
  readonly cwds: readonly string[]
  readonly migrationSource: string
  /** At most so many conversations. Absent: all. */
  readonly maxSessions?: number
  /** Only conversations of the last so many days. Absent: all. */
  readonly maxSessionAgeDays?: number
}

/** How to plan. */
export interface PlanOptions {
  readonly onConflict: ConflictPolicy
  readonly copySecrets: boolean
}

/** One step of an import. `sessions`: how far it is with conversations, of which one item has many steps. */
interface ImportStep {
  readonly result: StepResult
  readonly sessions: SessionProgress | undefined
}

/** An import that was answered and runs. */
interface RunningImport {
  readonly importId: string
  /** Each finished step, best effort; ends when the import has completed. */
  steps(): AsyncIterable<ImportStep>
  /** Results per kind. Rejects when the server goes away first. */
  readonly completed: Promise<readonly ItemResult[]>
}

/** A server over one Codex home, in this process, asked for import work only. */
export interface ImportSession extends AsyncDisposable {
  detect(scope: Scope, signal: AbortSignal): Promise<JoinedPages>
  preview(items: readonly MigrationItem[], scope: Scope, plan: PlanOptions, signal: AbortSignal): Promise<Preview>
  /** Begins to write. With a digest, only when the plan still has it. `signal` stops it: what is done stays and is reported. */
  start(
    items: readonly MigrationItem[],
    scope: Scope,
    plan: PlanOptions,
    planDigest: string | null,
    signal: AbortSignal,
  ): Promise<RunningImport>
  /** Every import that has ended, and what can be undone. */
  histories(): Promise<Histories>
  undo(importId: string, dryRun: boolean): Promise<UndoResult>
  verify(importId: string | null, startServers: boolean, signal: AbortSignal): Promise<VerifyResult>
  /** Stops the server; an import that runs ends after what it is writing now. Idempotent. */
  close(): Promise<void>
}

/** What a session is opened over. */
export interface ImportSessionOptions {
  /** Absolute path; it is made when it is missing. */
  readonly codexHome: string
  /** For `HOME`, `CLAUDE_CONFIG_DIR` and the like. */
  readonly env: { readonly [name: string]: string | undefined }
}

/** Each server that is started may take its 10 seconds. */
const verifyMs = 600_000

/** Long enough for what is being written at that moment, and for the report on it. */
const closeMs = 1_000

/**
 * Starts the server in this process and connects to it.
 *
 * @throws TransportError, ServerError when it does not start
 */
export async function openImportSession(options: ImportSessionOptions): Promise<ImportSession> {
  const client = await startInProcess({
    clientInfo: { name: 'gangway', version },
    sessionSource: 'cli',
    experimentalApi: true,
    codexHome: options.codexHome,
    env: options.env,
  })
  const close = async () => {
    await client.shutdown({ timeoutMs: closeMs })
  }
  return {
    async detect(scope, signal) {
      const params = {
        ...scope,
        cwds: [...scope.cwds],
        limit: sessionsOnPage,
        // With a maximum, those that came over must not count.
        sessionMarks: scope.maxSessions === undefined,
      }
      return joinPages(async (cursor) => {
        const result = await client.request('externalAgentConfig/detect', { ...params, cursor }, { signal })
        return { items: result.items, warnings: result.warnings ?? [], nextCursor: result.nextCursor ?? null }
      })
    },
    preview(items, scope, plan, signal) {
      const { migrationSource } = scope
      return client.request(
        'externalAgentConfig/import/preview',
        { migrationItems: [...items], migrationSource, ...plan },
        { signal },
      )
    },
    async start(items, scope, plan, planDigest, signal) {
      const { migrationSource } = scope
      const options = { migrationSource, ...plan, planDigest, failureMode: 'item', signal } as const
      const run = await client.startImport([...items], options)
      return {
        importId: run.importId,
        async *steps() {
          for await (const { itemResults = [], sessions } of run.progress()) {
            for (const result of itemResults) yield { result, sessions }
          }
        },
        completed: run.completed.then((report) => report.itemResults ?? []),
      }
    },
    histories: () => client.request('externalAgentConfig/import/readHistories', undefined),
    undo: (importId, dryRun) => client.request('externalAgentConfig/import/undo', { importId, dryRun }),
    verify: (importId, startServers, signal) =>
      client.request('externalAgentConfig/import/verify', { importId, startServers }, { signal, timeoutMs: verifyMs }),
    close,
    [Symbol.asyncDispose]: close,
  }
}
