import { ServerError, TransportError } from '@gangway/client'
import type { ImportSession, PlanOptions, Scope } from '../session/import-session.js'
import { completeItems } from './complete-items.js'
import type { ImportStatus } from './json-document.js'
import { ofKinds } from './selection.js'
import type {
  ImportWarning,
  ItemResult,
  MigrationItem,
  MigrationItemType,
  Preview,
  SessionProgress,
  StepResult,
} from './wire.js'
import type { ForeignSession } from './wizard/session-choice.js'

/** Who is shown an import and decides about it: a person at a terminal, a program that reads JSON, a demonstration. */
export interface ImportSurface {
  /** What was found, before anything is chosen; and the conversations that came over already. */
  found(items: readonly MigrationItem[], warnings: readonly ImportWarning[], arrived: readonly ForeignSession[]): void
  /** The items to plan; null to stop. */
  pick(items: readonly MigrationItem[]): Promise<readonly MigrationItem[] | null>
  planned(preview: Preview): void
  /** Whether to write the plan. `stop`: the person has called it off. */
  approve(preview: Preview): Promise<'write' | 'leave' | 'stop'>
  /** One step is done; `step` counts from 1 to `steps`. */
  progressed(result: StepResult, step: number, steps: number): void
  /** Some conversations are done, or work goes on: several times a second. */
  sessionsProgressed(result: StepResult, progress: SessionProgress): void
  /** Nothing more is written. */
  ended?(): void
}

/** What is looked at and how it is planned. */
export interface ImportRequest {
  readonly scope: Scope
  readonly kinds: ReadonlySet<MigrationItemType> | undefined
  readonly plan: PlanOptions
  /** Refuse every plan with another digest. */
  readonly expectedDigest: string | undefined
}

/** How it ended, and everything that is known by then. */
export interface ImportEnd {
  readonly status: ImportStatus
  readonly preview: Preview | null
  readonly warnings: readonly ImportWarning[]
  /** Of the completed notification; of the steps that were seen when it was interrupted; null when nothing has run. */
  readonly results: readonly ItemResult[] | null
  readonly importId: string | null
  readonly error: string | null
}

/**
 * Detects, lets the surface pick, plans, lets it approve, imports.
 *
 * Never throws for what the server refuses: that is an end with status `failed`. Nothing is written before `approve`
 * says `write`. `signal` ends it before writing at once; during writing it asks the server to stop, which reports what was done.
 *
 * @throws whatever the surface throws
 */
export async function performImport(
  session: ImportSession,
  request: ImportRequest,
  surface: ImportSurface,
  signal: AbortSignal,
): Promise<ImportEnd> {
  const known: Known = { preview: null, warnings: [], results: null, importId: null, error: null }
  try {
    signal.throwIfAborted()
    const detected = await session.detect(request.scope, signal)
    known.warnings = detected.warnings
    const items = ofKinds(detected.items, request.kinds)
    surface.found(items, detected.warnings, detected.arrived)
    // Detect leaves out what is already there: with a policy for that, there may be something to do all the same.
    const mayReplace = request.plan.onConflict !== 'default' && request.plan.onConflict !== 'skip'
    if (items.length === 0 && !mayReplace) {
      const told = new Set(detected.warnings.map(({ message }) => message))
      const blocked = await blockedBy(session, request, signal)
      known.warnings = [...detected.warnings, ...blocked.filter(({ message }) => !told.has(message))]
      return end('nothing', known)
    }
    const picked = items.length === 0 ? items : await surface.pick(items)
    if (picked === null) return end('interrupted', known)
    if (picked.length === 0 && items.length > 0) return end('nothing', known)
    const planned = completeItems(picked, items, request.scope, request.kinds)
    const preview = await session.preview(planned, request.scope, request.plan, signal)
    if (items.length === 0 && !hasWork(preview)) return end('nothing', known)
    known.preview = preview
    if (request.expectedDigest !== undefined && request.expectedDigest !== preview.digest) {
      known.error = `the plan's digest is ${preview.digest}, not ${request.expectedDigest}: nothing was written`
      return end('stale', known)
    }
    surface.planned(preview)
    const answer = await surface.approve(preview)
    if (answer !== 'write') return end(answer === 'leave' ? 'planned' : 'interrupted', known)
    signal.throwIfAborted()
    return await write(session, request, planned, surface, signal, known)
  } catch (error) {
    if (signal.aborted) return end('interrupted', known)
    if (!isServerRefusal(error)) throw error
    known.error = error.message
    return end(isStale(error) ? 'stale' : 'failed', known)
  }
}

/** Detect offers nothing for a target that cannot be written: that is told, and not taken for having nothing. */
async function blockedBy(
  session: ImportSession,
  { scope, kinds, plan }: ImportRequest,
  signal: AbortSignal,
): Promise<readonly ImportWarning[]> {
  const { items } = await session.preview(completeItems([], [], scope, kinds), scope, plan, signal)
  const blocked = items.flatMap(({ error, artifacts }) => [
    ...(error === null ? [] : [{ path: null, message: error.message }]),
    ...artifacts.flatMap(({ error, sourcePath: path }) => (error === null ? [] : [{ path, message: error.message }])),
  ])
  return blocked.map((one) => ({ ...one, line: null, column: null }))
}

function hasWork(preview: Preview): boolean {
  return preview.items.some(
    (item) => item.error !== null || item.artifacts.some((artifact) => artifact.outcome === 'change'),
  )
}

interface Known {
  preview: Preview | null
  warnings: readonly ImportWarning[]
  results: readonly ItemResult[] | null
  importId: string | null
  error: string | null
}

function end(status: ImportStatus, known: Known): ImportEnd {
  return { status, ...known }
}

async function write(
  session: ImportSession,
  request: ImportRequest,
  items: readonly MigrationItem[],
  surface: ImportSurface,
  signal: AbortSignal,
  known: Known,
): Promise<ImportEnd> {
  const steps: StepResult[] = []
  const digest = known.preview?.digest ?? null
  const run = await session.start(items, request.scope, request.plan, digest, signal)
  known.importId = run.importId
  known.results = steps
  const others = items.filter(({ itemType }) => itemType !== 'SESSIONS').length
  let done = 0
  try {
    for await (const { result, sessions } of run.steps()) {
      steps.push(result)
      if (sessions) surface.sessionsProgressed(result, sessions)
      else if (result.itemType !== 'SESSIONS') surface.progressed(result, ++done, others)
    }
  } finally {
    surface.ended?.()
  }
  known.results = await run.completed
  if (signal.aborted) return end('interrupted', known)
  const failed = known.results.some((result) => result.errorCount > 0)
  return end(failed ? 'failed' : 'completed', known)
}

/** A failure that the server, or the connection to it, gave as its answer. */
function isServerRefusal(error: unknown): error is Error {
  return error instanceof ServerError || error instanceof TransportError
}

function isStale(error: Error): boolean {
  const data: unknown = error instanceof ServerError ? error.data : undefined
  return typeof data === 'object' && data !== null && 'reason' in data && data.reason === 'stalePlan'
}
