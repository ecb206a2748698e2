import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '@gangway/home'
import { asRecord, type LogRecord } from '../../reading/sessions/record.js'
import type { SessionLogFile } from './find.js'
import type { LogScan } from './log-scan.js'

/** Raised when a scan says something else than before: what older programs kept is then made anew. */
const FORMAT = 1

/** How long ago, in milliseconds, a log must have changed for its time to prove that it has not changed again since. */
const SETTLED_AFTER_MS = 50

interface Entry {
  readonly size: number
  /** Decimal: the times of files do not fit a number. */
  readonly modifiedNs: string
  readonly scan: LogScan
}

/**
 * What scans of logs have found, by path, size and file time, kept in `session-summaries.json` of our own folder in a Codex
 * home. A file that is broken or of another format counts for nothing.
 */
export class SummaryCache {
  readonly #path: string
  #entries: Map<string, Entry> | undefined
  #hasNews = false

  /** @param folder our own folder in the Codex home; read when first asked, made by {@link save} */
  constructor(folder: string) {
    this.#path = join(folder, 'session-summaries.json')
  }

  /** What is known of the log as it is now. */
  get(file: SessionLogFile): LogScan | undefined {
    const entry = this.#known().get(file.path)
    if (entry?.size !== file.sizeBytes || entry.modifiedNs !== String(file.modifiedNs)) return undefined
    return entry.scan
  }

  /** @param scannedAtMs when the scan began, by `Date.now()` */
  set(file: SessionLogFile, scan: LogScan, scannedAtMs: number): void {
    if (Number(file.modifiedNs / 1_000_000n) > scannedAtMs - SETTLED_AFTER_MS) return
    this.#known().set(file.path, { size: file.sizeBytes, modifiedNs: String(file.modifiedNs), scan })
    this.#hasNews = true
  }

  /** Forgets logs that are gone. */
  keepOnly(paths: ReadonlySet<string>): void {
    for (const path of this.#known().keys()) {
      if (paths.has(path)) continue
      this.#known().delete(path)
      this.#hasNews = true
    }
  }

  /** Writes what is new, if anything is. Gives false when that could not be done: the next program then scans again. */
  save(): boolean {
    if (!this.#hasNews) return true
    try {
      const entries = Object.fromEntries(this.#known())
      writeFileAtomic(this.#path, `${JSON.stringify({ format: FORMAT, entries })}\n`, { mode: 0o600 })
      this.#hasNews = false
      return true
    } catch {
      return false
    }
  }

  #known(): Map<string, Entry> {
    this.#entries ??= readEntries(this.#path)
    return this.#entries
  }
}

function readEntries(path: string): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  try {
    const document = asRecord(JSON.parse(readFileSync(path, 'utf8')))
    const kept = document?.format === FORMAT ? asRecord(document.entries) : undefined
    for (const [log, value] of Object.entries(kept ?? {})) if (isEntry(value)) entries.set(log, value)
  } catch {
    // Not there, or broken: everything is scanned again.
  }
  return entries
}

function isEntry(value: unknown): value is Entry {
  const entry = asRecord(value)
  const scan = asRecord(entry?.scan)
  return typeof entry?.size === 'number' && typeof entry.modifiedNs === 'string' && scan !== undefined && isScan(scan)
}

function isScan(scan: LogRecord): boolean {
  return (
    [scan.cwd, scan.gitBranch, scan.title, scan.continuedIn, scan.helperOf].every(isTextOrNull) &&
    [scan.firstMessageMs, scan.lastMessageMs].every((time) => time === null || typeof time === 'number') &&
    typeof scan.hasMessage === 'boolean' &&
    typeof scan.hasUserMessage === 'boolean' &&
    Array.isArray(scan.mcpServers) &&
    scan.mcpServers.every((server) => typeof server === 'string') &&
    Array.isArray(scan.repairs) &&
    scan.repairs.every((repair) => typeof asRecord(repair)?.code === 'string')
  )
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}
