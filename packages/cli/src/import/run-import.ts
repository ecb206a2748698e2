import { resolve } from 'node:path'
import { ExitCode, UsageError } from '../exit-codes.js'
import { codexHomeOf, userHomeOf } from '../session/codex-home.js'
import { type ImportSession, openImportSession, type Scope } from '../session/import-session.js'
import { onInterrupt } from '../terminal/interrupt.js'
import type { Terminal } from '../terminal/terminal.js'
import { defaultFolders } from './default-folders.js'
import { endLines } from './end-view.js'
import type { ImportOptions } from './import-options.js'
import { type ImportStatus, importDocument } from './json-document.js'
import { jsonSurface } from './json-surface.js'
import { type ImportEnd, performImport } from './perform-import.js'
import { shortVerification } from './records/verify-view.js'
import { terminalSurface } from './terminal-surface.js'
import { viewOf } from './view.js'
import type { VerifyResult } from './wire.js'

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
  const write = options.yes !== false && !options.dryRun
  const codexHome = codexHomeOf(options, terminal)
  const view = viewOf(terminal)
  const surface = options.json
    ? jsonSurface(terminal, { ...view, style: terminal.errorStyle }, write)
    : terminalSurface(terminal, view, { ask, write })
  const interrupt = onInterrupt(terminal)
  try {
    await using session = await openImportSession({ codexHome, env: terminal.env })
    const request = {
      scope: scopeOf(options, terminal),
      kinds: options.kinds,
      plan: { onConflict: options.onConflict, copySecrets: options.copySecrets },
      expectedDigest: typeof options.yes === 'string' ? options.yes : undefined,
    }
    const end = await performImport(session, request, surface, interrupt.signal)
    const verification = await verificationOf(end, session, interrupt.signal)
    terminal.print(
      options.json
        ? [JSON.stringify({ ...importDocument(end), verification }, null, 2)]
        : [...endLines(end, codexHome, view), ...(verification ? shortVerification(verification, view) : [])],
    )
    return exitCodeOf(end)
  } finally {
    interrupt.release()
  }
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

function scopeOf(options: ImportOptions, terminal: Terminal): Scope {
  const cwds = options.homeOnly
    ? []
    : options.cwds.length > 0
      ? options.cwds
      : defaultFolders(terminal.cwd, userHomeOf(terminal))
  return {
    includeHome: true,
    cwds: cwds.map((cwd) => resolve(terminal.cwd, cwd)),
    migrationSource: options.from,
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
