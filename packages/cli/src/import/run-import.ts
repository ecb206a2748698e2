import { resolve } from 'node:path'
import { ExitCode, UsageError } from '../exit-codes.js'
import { codexHomeOf, userHomeOf } from '../session/codex-home.js'
import { type ImportSession, openImportSession, type Scope } from '../session/import-session.js'
import { onInterrupt } from '../terminal/interrupt.js'
import type { Terminal } from '../terminal/terminal.js'
import { defaultFolders } from './default-folders.js'
import { endLines } from './end-view.js'
import { type ImportOptions, knownSources } from './import-options.js'
import { type ImportStatus, importDocument } from './json-document.js'
import { jsonSurface } from './json-surface.js'
import { type ImportEnd, performImport } from './perform-import.js'
import { shortVerification } from './records/verify-view.js'
import { terminalSurface } from './terminal-surface.js'
import { viewOf } from './view.js'
import type { VerifyResult } from './wire.js'
import { askScopes, rememberFound } from './wizard/ask-scopes.js'

/**
 * Runs `gangway import`: looks, asks, plans, writes and reports, or prints one JSON document.
 *
 * @returns the exit code
 * @throws UsageError when nobody can be asked and no option says what to do
 */
export async function runImport(options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const ask = !options.json && !options.dryRun && options.yes === false
  if (ask && !terminal.interactive) {
    throw new UsageError(
      'import: there is no terminal to ask on; use --yes to write, or --dry-run or --json to see the plan',
    )
  }
  const codexHome = codexHomeOf(options, terminal)
  const interrupt = onInterrupt(terminal)
  const ends: ImportEnd[] = []
  const documents: object[] = []
  try {
    await using opened = await openImportSession({ codexHome, env: terminal.env })
    const session = ask ? rememberFound(opened) : opened
    const { signal } = interrupt
    const whole = options.from.map((from) => scopeOf(options, from, terminal))
    const scopes = ask ? await askScopes(session, whole, options, terminal, signal) : whole
    for (const scope of scopes) {
      const from = scope.migrationSource
      if (scopes.length > 1 && !options.json) terminal.print([`From ${nameOf(from)}:`])
      const { end, document } = await runOne({ options, scope, codexHome, ask, terminal, session, signal })
      ends.push(end)
      documents.push(scopes.length > 1 ? { from, ...document } : document)
      if (end.status === 'interrupted') break
    }
    if (options.json) {
      terminal.print([JSON.stringify(scopes.length > 1 ? { imports: documents } : documents[0], null, 2)])
    }
    return scopes.length === 0 ? ExitCode.interrupted : worstOf(ends)
  } finally {
    interrupt.release()
  }
}

/** What one agent's things are brought over with. */
interface OneRun {
  readonly options: ImportOptions
  readonly scope: Scope
  readonly codexHome: string
  readonly ask: boolean
  readonly terminal: Terminal
  readonly session: ImportSession
  readonly signal: AbortSignal
}

async function runOne(run: OneRun): Promise<{ readonly end: ImportEnd; readonly document: object }> {
  const { options, scope, codexHome, ask, terminal, session, signal } = run
  const write = options.yes !== false && !options.dryRun
  const view = viewOf(terminal)
  const surface = options.json
    ? jsonSurface(terminal, { ...view, style: terminal.errorStyle }, write)
    : terminalSurface(terminal, view, { ask, write })
  const request = {
    scope,
    kinds: options.kinds,
    plan: { onConflict: options.onConflict, copySecrets: options.copySecrets },
    expectedDigest: typeof options.yes === 'string' ? options.yes : undefined,
  }
  const end = await performImport(session, request, surface, signal)
  const verification = await verificationOf(end, session, signal)
  if (!options.json) {
    terminal.print([...endLines(end, codexHome, view), ...(verification ? shortVerification(verification, view) : [])])
  }
  return { end, document: { ...importDocument(end), verification } }
}

function nameOf(from: string): string {
  return knownSources.find(({ id }) => id === from)?.name ?? from
}

/** Of several agents: there was something when one had something; what went wrong with one went wrong. */
function worstOf(ends: readonly ImportEnd[]): ExitCode {
  const order: readonly ImportStatus[] = ['interrupted', 'failed', 'stale', 'completed', 'planned', 'nothing']
  return exitCodeOf({ status: order.find((status) => ends.some((end) => end.status === status)) ?? 'nothing' })
}

/** What came over is looked at; that this cannot be done is no failure of the import. */
async function verificationOf(
  end: ImportEnd,
  session: ImportSession,
  signal: AbortSignal,
): Promise<VerifyResult | null> {
  if (end.importId === null || end.results === null || end.status === 'interrupted') return null
  try {
    return await session.verify(end.importId, false, signal)
  } catch {
    return null
  }
}

function scopeOf(options: ImportOptions, from: string, terminal: Terminal): Scope {
  const cwds = options.homeOnly
    ? []
    : options.cwds.length > 0
      ? options.cwds
      : defaultFolders(terminal.cwd, userHomeOf(terminal))
  return {
    includeHome: true,
    cwds: cwds.map((cwd) => resolve(terminal.cwd, cwd)),
    migrationSource: from,
    ...maxSessionsOf(options),
    ...(options.maxSessionAgeDays !== undefined && { maxSessionAgeDays: options.maxSessionAgeDays }),
  }
}

/** Conversations that nobody wants are not looked for. */
function maxSessionsOf({ kinds, maxSessions }: ImportOptions): Pick<Scope, 'maxSessions'> {
  if (kinds !== undefined && !kinds.has('SESSIONS')) return { maxSessions: 0 }
  return maxSessions === undefined ? {} : { maxSessions }
}

const exitCodes: { readonly [status in ImportStatus]: ExitCode } = {
  planned: ExitCode.done,
  completed: ExitCode.done,
  failed: ExitCode.failed,
  nothing: ExitCode.nothing,
  stale: ExitCode.stale,
  interrupted: ExitCode.interrupted,
}

/** The exit code that an end stands for. */
export function exitCodeOf(end: Pick<ImportEnd, 'status'>): ExitCode {
  return exitCodes[end.status]
}
