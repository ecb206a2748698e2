import { existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type HomeLayout, readThreadHead, withLock, writeFileAtomic } from '@gangway/home'
import { loadUndos, type UndoRecord, undoOf } from '@gangway/home/editing'
import { formatLedger, type Ledger, type LedgerRecord, ledgerFile, parseLedger } from './ledger.js'
import { readThreadTail } from './thread-tail.js'

/** In the folder of an undo: what the ledger said of the sessions whose threads it archived. */
const savedFile = 'ledger.json'
/** In the folder of an import: archived threads of sessions that it brings over once more. */
const asideFolder = 'undone'

/** Held by whoever brings sessions over, or takes their threads back. */
export function sessionImportLock(layout: HomeLayout): string {
  return join(layout.locksDir, 'session-import.lock')
}

/**
 * Before the threads of an undo go: the ledger no longer says that their sessions came over, so that they can come again. What
 * it said is kept beside the undo. Writes to disk. May be called twice.
 */
export async function forgetSessions(layout: HomeLayout, undo: UndoRecord): Promise<void> {
  const gone = new Set(movesOf(undo).flatMap(({ from, to }) => (isArchive(layout, to) ? [idOf(from)] : [])))
  if (gone.size === 0) return
  await changeLedger(layout, (ledger) => {
    const records = ledger.records.filter((record) => gone.has(record.imported_thread_id))
    if (records.length === 0) return ledger
    const saved = join(layout.journalDir, undo.undoId, savedFile)
    writeFileAtomic(saved, formatLedger({ records: [...savedIn(saved), ...records] }), { mode: 0o600 })
    return { ...ledger, records: ledger.records.filter((record) => !gone.has(record.imported_thread_id)) }
  })
}

/**
 * After the threads of an undo went or came back: the ledger says of each what is true now. Writes to disk. May be called twice.
 */
export async function rememberSessions(layout: HomeLayout, undo: UndoRecord): Promise<void> {
  const back = new Set(movesOf(undo).flatMap(({ to }) => (!isArchive(layout, to) && existsSync(to) ? [idOf(to)] : [])))
  const lengths = new Map(undo.steps.flatMap((step) => (step.type === 'length' ? [[idOf(step.path), step.path]] : [])))
  if (back.size + lengths.size === 0) return
  const saved = savedIn(join(layout.journalDir, undo.reverses, savedFile))
  await changeLedger(layout, (ledger) => {
    const known = new Set(ledger.records.map((record) => record.source_path))
    const returned = saved.filter((one) => back.has(one.imported_thread_id) && !known.has(one.source_path))
    const records = [...ledger.records, ...returned].map((record) => {
      const path = lengths.get(record.imported_thread_id)
      const mark = path === undefined || !existsSync(path) ? undefined : readThreadTail(path)?.mark
      // Nobody knows what time the log had: it is looked into once more.
      return mark ? { ...record, content_sha256: mark.sha256, source_modified_at: null } : record
    })
    return { ...ledger, records }
  })
}

/**
 * Before sessions are brought over once more: threads that an undo archived, and that nobody touched since, make room. They
 * go to the import's own folder. Call it while no other program imports sessions. Writes to disk.
 */
export function makeRoomForSessions(layout: HomeLayout, importId: string, paths: readonly string[]): void {
  const undos = loadUndos(layout)
  const wanted = new Set(paths)
  const archived = undos
    .filter((undo) => undo.state === 'finished' && undoOf(undo.undoId, undos) === undefined)
    .flatMap((undo) => movesOf(undo).filter(({ to }) => isArchive(layout, to)))
    .filter(({ to, bytes }) => statSync(to, { throwIfNoEntry: false })?.size === bytes)
  for (const { to } of archived) {
    const source = readThreadHead(to).provenance?.source_path
    if (source === undefined || !isOfSession(source, wanted)) continue
    const aside = join(layout.journalDir, importId, asideFolder, basename(to))
    mkdirSync(dirname(aside), { recursive: true, mode: 0o700 })
    renameSync(to, aside)
  }
}

/** Logs of helper agents stand in a folder named for the session, or in its own log. */
function isOfSession(source: string, paths: ReadonlySet<string>): boolean {
  if (paths.has(source)) return true
  for (const path of paths) {
    if (source.startsWith(`${path}#`) || source.startsWith(`${path.replace(/\.jsonl$/, '')}/`)) return true
  }
  return false
}

function movesOf({ steps }: UndoRecord) {
  return steps.filter((step) => step.type === 'move')
}

function isArchive(layout: HomeLayout, path: string): boolean {
  return dirname(path) === layout.archivedSessionsDir
}

/** The id at the end of a rollout's name. */
function idOf(path: string): string {
  return basename(path, '.jsonl').slice(-36)
}

/** A ledger that cannot be read is left to the next import, which puts it in order. */
async function changeLedger(layout: HomeLayout, change: (ledger: Ledger) => Ledger): Promise<void> {
  const path = join(layout.root, ledgerFile)
  await withLock(join(layout.locksDir, 'external_agent_session_imports.lock'), () => {
    const ledger = ledgerAt(path)
    const next = ledger && change(ledger)
    if (ledger && next && next !== ledger) writeFileAtomic(path, formatLedger(next))
  })
}

function savedIn(path: string): readonly LedgerRecord[] {
  return ledgerAt(path)?.records ?? []
}

function ledgerAt(path: string): Ledger | undefined {
  if (!existsSync(path)) return undefined
  try {
    return parseLedger(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
