import { randomUUID } from 'node:crypto'
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { HomeError } from '../errors.js'
import { withLock } from '../files/lock.js'
import { isRunning, thisProcess } from '../files/process-identity.js'
import { syncFolder } from '../files/write-atomic.js'
import type { HomeLayout } from '../layout.js'
import { hasActiveWriter } from '../threads/active-writer.js'
import { clearUp } from './clear-up.js'
import { ContentStore } from './content-store.js'
import { journalFolder } from './folder.js'
import { type LoadedJournal, loadJournal } from './load.js'
import { performUndo } from './perform-undo.js'
import { planImportReversal } from './plan-import.js'
import { planUndoReversal } from './plan-return.js'
import { linesFile } from './record.js'
import type { KeptPath, ReversalReport, ReversedThread } from './report.js'
import type { ReversalPlan } from './reversal-plan.js'
import { hasImportedThreads } from './threads.js'
import { loadUndos, type UndoLine, type UndoRecord, type UndoStep, undoFile, undoOf } from './undo-record.js'

export interface ReverseOptions {
  /** Only says what would become of each path. Writes nothing. Default false. */
  readonly dryRun?: boolean
  /** Why a thread must stay as it is, or undefined. Default: threads that a running Codex has open stay. */
  readonly keepThread?: (threadId: string) => string | undefined
  /** Called when the undo is on record, before its first step; and again when one that a crash cut short goes on. */
  readonly beginning?: (undo: UndoRecord) => void | Promise<void>
  /** Called after the last step, before the undo is noted as finished: after a crash it is called again. */
  readonly ending?: (undo: UndoRecord) => void | Promise<void>
}

/**
 * Undoes an import, finished or not, or an undo: what nobody touched since is byte for byte as before; where somebody did,
 * only what the import wrote is taken out, or the file is kept and named. Threads that it made are archived.
 *
 * The undo is on record before its first step. One that was cut short by a crash is finished by the next call; a second call
 * changes nothing. Writes to disk; takes the lock of every file it restores.
 *
 * @throws HomeError `JOURNAL` when there is no such journal, it is damaged, or the import still runs in another process
 */
export async function reverseImport(
  layout: HomeLayout,
  importId: string,
  options: ReverseOptions = {},
): Promise<ReversalReport> {
  const folder = journalFolder(layout, importId)
  if (options.dryRun === true) return preview(layout, folder, importId, options)
  return withLock(join(layout.locksDir, 'undo.lock'), () => reverse(layout, folder, importId, options))
}

async function reverse(
  layout: HomeLayout,
  folder: string,
  importId: string,
  options: ReverseOptions,
): Promise<ReversalReport> {
  const undos = loadUndos(layout)
  const already = undoOf(importId, undos)
  if (already) return alreadyUndone(importId, already)
  const journal = checked(folder, importId, undos)
  if (journal) clearUp(journal)
  const cutShort = undos.findLast((undo) => undo.reverses === importId && undo.state === 'interrupted')
  if (cutShort) await perform(layout, cutShort, options)
  const plan = planOf(layout, folder, importId, undos, options)
  if (cutShort && plan.steps.length === 0) return reportOf(importId, cutShort, 'undone')
  if (plan.steps.length === 0) return { ...empty(importId), kept: plan.kept }
  const undo = begin(layout, importId, plan)
  const kept = await perform(layout, undo, options)
  return withKept(reportOf(importId, undo, 'undone'), kept)
}

function preview(layout: HomeLayout, folder: string, importId: string, options: ReverseOptions): ReversalReport {
  const undos = loadUndos(layout)
  const already = undoOf(importId, undos)
  if (already) return alreadyUndone(importId, already)
  checked(folder, importId, undos)
  const plan = planOf(layout, folder, importId, undos, options)
  if (plan.steps.length === 0) return { ...empty(importId), kept: plan.kept }
  return { ...reportOf(importId, plan, 'planned'), undoId: null }
}

/** @throws HomeError `JOURNAL` when nothing is known of it, or it still runs in another process */
function checked(folder: string, importId: string, undos: readonly UndoRecord[]): LoadedJournal | undefined {
  if (byId(importId, undos)) return undefined
  const journal = loadJournal(folder)
  if (!journal && !hasImportedThreads(folder)) {
    throw new HomeError('JOURNAL', `there is no journal of import ${importId}`)
  }
  if (
    journal?.state === 'interrupted' &&
    journal.begin.process.pid !== process.pid &&
    isRunning(journal.begin.process)
  ) {
    throw new HomeError('JOURNAL', `import ${importId} still runs in process ${journal.begin.process.pid}`)
  }
  return journal
}

function planOf(
  layout: HomeLayout,
  folder: string,
  importId: string,
  undos: readonly UndoRecord[],
  { keepThread }: ReverseOptions,
): ReversalPlan {
  const undo = byId(importId, undos)
  if (undo) return planUndoReversal(folder, undo)
  const guard = (threadId: string) => {
    if (hasActiveWriter(layout, threadId)) return 'another program has this thread open'
    return keepThread?.(threadId)
  }
  return planImportReversal(layout, folder, guard)
}

/** Puts the undo on record, durably, with every content that it needs. */
function begin(layout: HomeLayout, importId: string, plan: ReversalPlan): UndoRecord {
  const undoId = randomUUID()
  const folder = journalFolder(layout, undoId)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { steps, merged, kept } = plan
  const about = { undoId, reverses: importId, startedAtMs: Date.now(), process: thisProcess() }
  // Says that somebody is at work here, so that nobody clears the folder up.
  writeLine(folder, { type: 'preparing', process: about.process })
  const store = new ContentStore(folder)
  for (const [digest, content] of plan.contents) {
    if ('copyOf' in content) store.keepFile(content.copyOf, digest)
    else store.keep(content)
  }
  writeLine(folder, { type: 'begin', version: 1, ...about, steps, merged, kept })
  syncFolder(folder)
  syncFolder(layout.journalDir)
  return { ...about, steps, merged, kept, state: 'interrupted' }
}

async function perform(layout: HomeLayout, undo: UndoRecord, options: ReverseOptions): Promise<KeptPath[]> {
  await options.beginning?.(undo)
  const folder = join(layout.journalDir, undo.undoId)
  const kept = await performUndo(layout, undo, new ContentStore(folder))
  await options.ending?.(undo)
  writeLine(folder, { type: 'finished', atMs: Date.now() })
  markImport(layout, undo)
  return kept
}

function writeLine(folder: string, line: UndoLine): void {
  const descriptor = openSync(join(folder, undoFile), 'a', 0o600)
  try {
    writeSync(descriptor, `${JSON.stringify(line)}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Says in the journal of the import, which this is all about in the end, whether what it made is there now. */
function markImport(layout: HomeLayout, { reverses }: UndoRecord): void {
  const undos = loadUndos(layout)
  let importId = reverses
  for (let undo = byId(importId, undos); undo; undo = byId(importId, undos)) importId = undo.reverses
  const path = join(layout.journalDir, importId, linesFile)
  const type = undoOf(importId, undos) ? 'reversed' : 'returned'
  if (existsSync(path)) appendFileSync(path, `${JSON.stringify({ type, atMs: Date.now() })}\n`)
}

function byId(id: string, undos: readonly UndoRecord[]): UndoRecord | undefined {
  return undos.find(({ undoId }) => undoId === id)
}

function empty(importId: string): ReversalReport {
  return { importId, undoId: null, status: 'nothing', restored: [], removed: [], merged: [], kept: [], threads: [] }
}

function alreadyUndone(importId: string, { undoId }: UndoRecord): ReversalReport {
  return { ...empty(importId), undoId, status: 'alreadyUndone' }
}

function reportOf(
  importId: string,
  done: Pick<UndoRecord, 'steps' | 'merged' | 'kept'> & { readonly undoId?: string },
  status: ReversalReport['status'],
): ReversalReport {
  const { merged, kept } = done
  const paths = done.steps.flatMap((step) => (step.type === 'path' ? [step] : []))
  const restored = paths.filter(({ path, after }) => after !== null && !merged.includes(path))
  const removed = paths.filter(({ after }) => after === null)
  return {
    importId,
    undoId: done.undoId ?? null,
    status,
    restored: restored.map(({ path }) => path),
    removed: removed.map(({ path }) => path),
    merged,
    kept,
    threads: done.steps.flatMap(threadOf),
  }
}

function withKept(report: ReversalReport, kept: readonly KeptPath[]): ReversalReport {
  const left = new Set(kept.map(({ path }) => path))
  const isDone = (path: string) => !left.has(path)
  return {
    ...report,
    restored: report.restored.filter(isDone),
    removed: report.removed.filter(isDone),
    merged: report.merged.filter(isDone),
    threads: report.threads.filter(({ path }) => isDone(path)),
    kept: [...report.kept, ...kept],
  }
}

function threadOf(step: UndoStep): ReversedThread[] {
  if (step.type === 'path') return []
  if (step.type === 'length')
    return [{ path: step.path, targetPath: step.path, action: step.after < step.before ? 'cut' : 'extended' }]
  const isAway = step.to.includes('archived_sessions')
  return [{ path: step.from, targetPath: step.to, action: isAway ? 'archived' : 'returned' }]
}
