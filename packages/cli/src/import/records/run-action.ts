import { ServerError } from '@gangway/client'
import { importActions } from '../../commands/commands.js'
import { ExitCode, UsageError } from '../../exit-codes.js'
import { codexHomeOf } from '../../session/codex-home.js'
import { type ImportSession, openImportSession } from '../../session/import-session.js'
import { onInterrupt } from '../../terminal/interrupt.js'
import { suggestion } from '../../terminal/nearest.js'
import type { Terminal } from '../../terminal/terminal.js'
import { viewOf } from '../view.js'
import { listedImports, listLines } from './list-view.js'
import { undoLines } from './undo-view.js'
import { verificationLines } from './verify-view.js'

/** What a person asked `gangway import list|undo|verify` for, as the command line gives it. */
export interface ImportActionOptions {
  readonly action: string
  readonly importId: string | undefined
  readonly json?: boolean
  readonly yes?: boolean | string
  readonly dryRun?: boolean
  readonly startServers?: boolean
  readonly codexHome?: string
}

/**
 * Runs `gangway import list`, `undo` or `verify`, and prints what came of it, or one JSON document.
 *
 * @returns the exit code: 1 when something is broken, or was refused
 * @throws UsageError for an unknown action, a missing id, and when nobody can be asked
 */
export async function runImportAction(options: ImportActionOptions, terminal: Terminal): Promise<ExitCode> {
  const { action, importId, codexHome } = options
  if (!importActions.some((known) => known === action)) {
    throw new UsageError(
      `import: unknown action ${action}; known: ${importActions.join(', ')}${suggestion(action, importActions)}`,
    )
  }
  if (action === 'undo' && importId === undefined)
    throw new UsageError('import undo: which import? See: gangway import list')
  const asks = action === 'undo' && options.yes === undefined && options.dryRun !== true
  if (asks && !terminal.interactive && options.json !== true) {
    throw new UsageError(
      'import undo: there is no terminal to ask on; use --yes to undo, or --dry-run to see what it would do',
    )
  }
  const interrupt = onInterrupt(terminal)
  try {
    const home = codexHomeOf({ codexHome }, terminal)
    await using session = await openImportSession({ codexHome: home, env: terminal.env })
    if (action === 'list') return await list(session, options, terminal)
    if (action === 'verify') return await verify(session, options, terminal, interrupt.signal)
    return await undo(session, importId ?? '', options, terminal)
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    if (options.json === true) terminal.print([JSON.stringify({ error: { message: error.message } }, null, 2)])
    else terminal.printError(`gangway: ${error.message}\n`)
    return ExitCode.failed
  } finally {
    interrupt.release()
  }
}

async function list(session: ImportSession, { json }: ImportActionOptions, terminal: Terminal): Promise<ExitCode> {
  const imports = listedImports(await session.histories())
  terminal.print(json === true ? [JSON.stringify({ imports }, null, 2)] : listLines(imports, viewOf(terminal)))
  return ExitCode.done
}

async function verify(
  session: ImportSession,
  { importId, json, startServers }: ImportActionOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const result = await session.verify(importId ?? null, startServers === true, signal)
  terminal.print(json === true ? [JSON.stringify(result, null, 2)] : verificationLines(result, viewOf(terminal)))
  return result.counts.broken > 0 ? ExitCode.failed : ExitCode.done
}

/** Shows what an undo would do before it asks; with `--json`, only `--yes` writes. */
async function undo(
  session: ImportSession,
  importId: string,
  { json, yes, dryRun }: ImportActionOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const view = viewOf(terminal)
  const print = (result: Awaited<ReturnType<ImportSession['undo']>>) => {
    terminal.print(json === true ? [JSON.stringify(result, null, 2)] : undoLines(result, view))
  }
  if (dryRun !== true && yes !== undefined) {
    print(await session.undo(importId, false))
    return ExitCode.done
  }
  const planned = await session.undo(importId, true)
  print(planned)
  if (dryRun === true || json === true || planned.status !== 'planned') return ExitCode.done
  const { confirm, isCancel } = await import('@clack/prompts')
  const answer = await confirm({ message: 'Take it back?' })
  if (isCancel(answer) || !answer) return ExitCode.interrupted
  print(await session.undo(importId, false))
  return ExitCode.done
}
