import { HomeError, type HomeLayout, withLock } from '@gangway/home'
import { listJournals, type ReversalReport, type ReverseOptions, reverseImport } from '@gangway/home/editing'
import { RpcError, rpcCodes } from '@gangway/protocol'
import { forgetSessions, rememberSessions, sessionImportLock } from './kinds/sessions/undone-sessions.js'
import type { UndoParams, UndoResult } from './wire.js'

/** What an undo needs to know of the program that runs it. */
export interface UndoContext {
  readonly layout: HomeLayout
  /** Imports that this program is at work on. */
  readonly isRunning: (importId: string) => boolean
  readonly isThreadLoaded: (threadId: string) => boolean
}

/**
 * Takes an import back, or an undo. Writes to disk, unless `dryRun` says not to.
 *
 * @throws RpcError -32600 for an id that nothing is on record of, and for an import that still runs
 */
export async function undoImport({ importId, dryRun }: UndoParams, context: UndoContext): Promise<UndoResult> {
  const { layout, isRunning, isThreadLoaded } = context
  if (isRunning(importId)) throw refused(`import ${importId} still runs: stop it, or wait for its end`)
  const entry = listJournals(layout).find(({ id }) => id === importId)
  if (!entry) throw refused(`there is no import ${JSON.stringify(importId)} that could be undone`)
  const options: ReverseOptions = {
    keepThread: (threadId) => (isThreadLoaded(threadId) ? 'it is open in this server' : undefined),
    beginning: (undo) => forgetSessions(layout, undo),
    ending: (undo) => rememberSessions(layout, undo),
  }
  try {
    const planned = await reverseImport(layout, importId, { ...options, dryRun: true })
    if (dryRun === true || planned.status === 'alreadyUndone') return asResult(planned)
    const reverse = () => reverseImport(layout, importId, options)
    const hasThreads = planned.threads.length > 0
    return asResult(await (hasThreads ? withLock(sessionImportLock(layout), reverse) : reverse()))
  } catch (error) {
    if (error instanceof HomeError && error.code === 'JOURNAL') throw refused(error.message, error)
    throw error
  }
}

function asResult({ importId, undoId, status, restored, removed, merged, threads, kept }: ReversalReport): UndoResult {
  const files = Object.entries({ restored, removed, merged } as const).flatMap(([action, paths]) =>
    paths.map((path) => ({ path, action: action as 'restored' | 'removed' | 'merged' })),
  )
  return { importId, undoId, status, files, threads: [...threads], kept: [...kept] }
}

function refused(message: string, cause?: unknown): RpcError {
  return new RpcError(rpcCodes.invalidRequest, message, undefined, { cause })
}
