import { basename, dirname, join } from 'node:path'
import type { FateReason } from '../../../fact.js'
import type { SessionSummary } from '../../../session.js'
import { Pace } from '../../reading/sessions/pace.js'
import { DesktopManifests } from './connectors.js'
import { byTimeThenPath, findLogs, isHelperLog, type SessionLogFile } from './find.js'
import type { LogScan } from './log-scan.js'
import { scanLog } from './scan-log.js'
import { Surroundings, summaryOf } from './summarise.js'
import type { SummaryCache } from './summary-cache.js'

/** What the reference looks for when the caller asks for nothing else. Source: reference 0.169.0, import-sessions 2. */
export const REFERENCE_LIMITS = { maxSessions: 50, maxSessionAgeDays: 30 } as const

/** Which sessions are wanted. Everything absent is without limit. */
export interface SessionQuery {
  /** By the file's time, in whole days before `nowMs`. */
  readonly maxAgeDays?: number
  /** Sessions in all, over all pages. Files that are not counted: unusable ones, and those that `accepts` refuses. */
  readonly maxCount?: number
  /** Sessions on this page, at least 1. */
  readonly limit?: number
  /** `nextCursor` of the page before. */
  readonly cursor?: string
  /** Leaves sessions out before they are counted, e.g. those that were brought over already. */
  readonly accepts?: (summary: SessionSummary) => boolean
  readonly nowMs?: number
  /** Ends the work. */
  readonly signal?: AbortSignal
}

export interface SessionPage {
  /** Newest first by the file's time, to the nanosecond, then by path. */
  readonly sessions: readonly SessionSummary[]
  /** Logs met on the way that give nothing to bring over: each has `unusable`. */
  readonly unusable: readonly SessionSummary[]
  /** What was not looked into (links that leave the folder, unreadable files), and why. On every page. */
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
  /** For the next page; null when there is none. */
  readonly nextCursor: string | null
}

export interface SessionsOptions {
  /** Claude Code's own folder. Absolute; need not exist. */
  readonly configDir: string
  /** Claude Desktop's folders, see `desktopFolders`. */
  readonly desktopFolders: readonly string[]
  readonly cache?: SummaryCache
}

/**
 * The sessions of Claude Code, newest first, as far as detect needs them. Works in slices of a few milliseconds; the cache,
 * when there is one, is saved at the end.
 *
 * @throws RangeError for a cursor that is none, or a limit that is no whole number of at least 1
 */
export async function listSessions(options: SessionsOptions, query: SessionQuery = {}): Promise<SessionPage> {
  if (query.limit !== undefined && !(query.limit >= 1))
    throw new RangeError(`limit must be at least 1, got ${query.limit}`)
  query.signal?.throwIfAborted()
  const found = await findLogs(options.configDir, query.signal ? { signal: query.signal } : {})
  const listing = new Listing(options, query, found.files, found.leftOut)
  const helpers = await listing.helperLogs(found.helperLogs)
  const page = await listing.page(helpers)
  options.cache?.keepOnly(new Set([...found.files, ...helpFiles(found.helperLogs)].map((file) => file.path)))
  options.cache?.save()
  return page
}

function helpFiles(helperLogs: ReadonlyMap<string, readonly string[]>): { path: string }[] {
  return [...helperLogs.values()].flat().map((path) => ({ path }))
}

/** What is known of some logs, and how it is found out. */
export class Listing {
  readonly #pace: Pace
  readonly #leftOut: { path: string; reason: FateReason }[]
  readonly #paths: ReadonlySet<string>

  constructor(
    readonly options: SessionsOptions,
    readonly query: SessionQuery,
    readonly files: readonly SessionLogFile[],
    leftOut: readonly { readonly path: string; readonly reason: FateReason }[],
  ) {
    this.#pace = new Pace(query.signal)
    this.#leftOut = [...leftOut]
    this.#paths = new Set(files.map((file) => file.path))
  }

  around(helpers: ReadonlyMap<string, readonly string[]>): Surroundings {
    const manifests = new DesktopManifests(this.options.desktopFolders)
    return new Surroundings(manifests, helpers, (path) => this.#paths.has(path))
  }

  /** Adds logs of helper agents that stand beside the sessions, as older versions wrote them. */
  async helperLogs(below: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, readonly string[]>> {
    const all = new Map(below)
    for (const file of this.files) {
      if (!isHelperLog(file.path)) continue
      const scan = await this.#attempt(file)
      if (!scan || scan.helperOf === null) continue
      const parent = join(dirname(file.path), `${basename(scan.helperOf)}.jsonl`)
      if (parent !== file.path) all.set(parent, [...(all.get(parent) ?? []), file.path])
    }
    return all
  }

  async page(helpers: ReadonlyMap<string, readonly string[]>): Promise<SessionPage> {
    const { query } = this
    const around = this.around(helpers)
    const start = query.cursor === undefined ? undefined : readCursor(query.cursor)
    let counted = start?.counted ?? 0
    const sessions: SessionSummary[] = []
    const unusable: SessionSummary[] = []
    const page = (nextCursor: string | null): SessionPage => ({
      sessions,
      unusable,
      leftOut: this.#leftOut,
      nextCursor,
    })
    for (const file of this.#candidates(start)) {
      if (counted >= (query.maxCount ?? Infinity)) return page(null)
      if (this.#pace.isOver()) await this.#pace.rest()
      const scan = await this.#attempt(file)
      if (!scan) continue
      const summary = summaryOf(file, scan, around)
      if (summary.unusable) unusable.push(summary)
      else if (query.accepts?.(summary) ?? true) {
        if (sessions.length >= (query.limit ?? Infinity)) return page(writeCursor(sessions.at(-1)!, counted))
        sessions.push(summary)
        counted += 1
      }
    }
    return page(null)
  }

  async scan(file: SessionLogFile): Promise<LogScan> {
    const known = this.options.cache?.get(file)
    if (known) return known
    const scannedAtMs = Date.now()
    const scan = await scanLog(file.path, file.sizeBytes, this.#pace)
    this.options.cache?.set(file, scan, scannedAtMs)
    return scan
  }

  #candidates(start: Cursor | undefined): readonly SessionLogFile[] {
    const { maxAgeDays, nowMs = Date.now() } = this.query
    // Whole seconds, as the reference counts.
    const nowSeconds = BigInt(Math.floor(nowMs / 1000))
    const oldestNs = maxAgeDays === undefined ? undefined : (nowSeconds - BigInt(maxAgeDays) * 86_400n) * 1_000_000_000n
    return this.files.filter(
      (file) => (oldestNs === undefined || file.modifiedNs >= oldestNs) && (!start || byTimeThenPath(start, file) < 0),
    )
  }

  async #attempt(file: SessionLogFile): Promise<LogScan | undefined> {
    try {
      return await this.scan(file)
    } catch (error) {
      if (this.query.signal?.aborted) throw error
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      if (!this.#leftOut.some((left) => left.path === file.path)) {
        const message = `${file.path} cannot be read (${code})`
        this.#leftOut.push({ path: file.path, reason: { code: 'unreadable', message } })
      }
      return undefined
    }
  }
}

/** The last session of a page, and how many there were up to it. */
interface Cursor {
  readonly modifiedNs: bigint
  readonly listedPath: string
  readonly counted: number
}

function writeCursor(last: SessionSummary, counted: number): string {
  return Buffer.from(JSON.stringify([String(last.modifiedNs), last.listedPath, counted])).toString('base64url')
}

function readCursor(cursor: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [modified, listedPath, counted] = Array.isArray(value) ? value : []
    if (typeof modified === 'string' && typeof listedPath === 'string' && typeof counted === 'number') {
      return { modifiedNs: BigInt(modified), listedPath, counted }
    }
  } catch {
    // Said below.
  }
  throw new RangeError(`not a cursor of sessions: "${cursor}"`)
}
