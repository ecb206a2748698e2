import type { HomeLayout } from '../../layout.js'
import { type ReadThreadOptions, readThread, type StoredThread } from '../model/read-thread.js'
import type { ThreadHead } from '../model/thread-head.js'
import type { FileOf } from '../model/thread-lines.js'
import { ThreadPages } from '../model/thread-pages.js'
import { readThreadText } from '../text/thread-text.js'
import { TimeSlices } from '../time-slices.js'
import { FileTable } from './file-table.js'
import { NameTable } from './name-table.js'
import type { ThreadPage, ThreadQuery, ThreadRecord, ThreadSearch, ThreadSearchPage, ThreadSortKey } from './query.js'
import { fileIdOf, recordsOf } from './records.js'
import { findInThread, snippetOf } from './search-text.js'
import { pageOf, pageSize, selectThreads, sortNewestFirst } from './select.js'

export interface ThreadIndexOptions {
  /** `CODEX_SQLITE_HOME` moves `gangway.sqlite` out of the Codex home. */
  readonly env?: { readonly [name: string]: string | undefined }
}

/** What a refresh found. */
export interface RefreshReport {
  readonly threads: number
  readonly read: number
  readonly removed: number
  readonly elapsedMs: number
}

/** Everything that is made of the heads, for as long as none of them is another. */
interface View {
  readonly version: number
  readonly byId: ReadonlyMap<string, ThreadRecord>
  readonly records: readonly ThreadRecord[]
  readonly sorted: Map<ThreadSortKey, readonly ThreadRecord[]>
}

/** A file named for a local time may tell of a time zone on the other side of the world. */
const zoneSlackMs = 27 * 3_600_000
/** A page is made anew when a thread on it turns out to have changed; that often, and then it is given as it is. */
const maxPageTries = 3
/** Threads whose places of turns are remembered. */
const maxOpenPages = 16

/**
 * All threads of a home, found quickly: kept in memory, remembered in `gangway.sqlite`, and true to the files.
 *
 * The files decide: what is gone from the disk is gone here, what another program drops in appears with the next call.
 * The first call reads what is not remembered, youngest first; a list that goes by creation is answered as soon as its
 * page is sure.
 */
export class ThreadIndex {
  readonly #files: FileTable
  readonly #names: NameTable
  #view: View | undefined
  /** By path, the one used last at the end. */
  readonly #pages = new Map<string, ThreadPages>()
  readonly #closing = new AbortController()
  #looking: Promise<RefreshReport> | undefined
  /** The look after the one that is under way, and whether it looks at each file. */
  #nextLook: Promise<RefreshReport> | undefined
  #nextSweeps = false

  /** Loads nothing and reads nothing yet: the first call does. */
  static open(layout: HomeLayout, options: ThreadIndexOptions = {}): ThreadIndex {
    return new ThreadIndex(layout, options.env ?? {})
  }

  private constructor(layout: HomeLayout, env: { readonly [name: string]: string | undefined }) {
    this.#files = new FileTable(layout, env)
    this.#names = new NameTable(layout)
  }

  /** Why there is no `gangway.sqlite`, in words to show; null when there is. Without it each process reads the files once. */
  get degradation(): string | null {
    return this.#files.degradation
  }

  /** A page of threads, true to the disk as of this call. @throws HomeError `BAD_CURSOR`, in the reference's words */
  async list(query: ThreadQuery = {}): Promise<ThreadPage> {
    const key = query.sortKey ?? 'created_at'
    const early = await this.#untilSure(query)
    if (early) return early
    for (let tries = 1; ; tries++) {
      const page = pageOf(selectThreads(this.#sorted(key), query), query)
      if (tries === maxPageTries || !this.#haveChanged(page.threads, false)) return page
    }
  }

  /** As {@link list}, for threads whose name or conversation holds a text, whatever its case. */
  async search(search: ThreadSearch): Promise<ThreadSearchPage> {
    const { searchTerm, signal, ...query } = search
    signal?.throwIfAborted()
    await this.#look(sweepsFor(query.sortKey))
    const slices = new TimeSlices(signal)
    const wanted = pageSize(query) + 1
    const found: ThreadRecord[] = []
    const snippets = new Map<string, string>()
    for (const record of selectThreads(this.#sorted(query.sortKey ?? 'created_at'), query)) {
      if (slices.isUp) await slices.breathe()
      const inHead = snippetOf(record.name ?? '', searchTerm) ?? snippetOf(record.preview, searchTerm)
      const snippet = inHead ?? (await findIfThere(record.path, searchTerm, slices))
      if (snippet === undefined) continue
      found.push(record)
      if (found.length === wanted) break
      snippets.set(record.id, snippet)
    }
    return { ...pageOf(found, query), snippets }
  }

  /** One thread, archived or not, true to the disk as of this call; undefined when there is none. */
  async get(threadId: string): Promise<ThreadRecord | undefined> {
    await this.#look(false)
    for (let tries = 1; ; tries++) {
      const record = this.#current().byId.get(threadId)
      if (!record || tries === maxPageTries || !this.#haveChanged([record], true)) return record
    }
  }

  /** The head of every file, true to the disk as of this call: also of those that a younger file of their thread stands for. */
  async heads(): Promise<readonly ThreadHead[]> {
    await this.#look(false)
    return [...this.#files.heads]
  }

  /** A thread with its whole conversation, also where that begins in other files; undefined when there is none. */
  async read(
    threadId: string,
    options: Omit<ReadThreadOptions, 'fileOf'> = {},
  ): Promise<(StoredThread & { readonly record: ThreadRecord }) | undefined> {
    const record = await this.get(threadId)
    if (!record) return undefined
    const thread = await readThread(record.path, { ...options, fileOf: this.#fileOf() })
    return { ...thread, record }
  }

  /** As `read`, with the turns as JSON text; undefined when there is no such thread, `turns` is null when only `read` will do. */
  async readText(
    threadId: string,
    options: Omit<ReadThreadOptions, 'fileOf'> = {},
  ): Promise<{ readonly record: ThreadRecord; readonly turns: readonly Buffer[] | null } | undefined> {
    const record = await this.get(threadId)
    if (!record) return undefined
    const text = await readThreadText(record.path, { ...options, fileOf: this.#fileOf() })
    return { record, turns: text?.turns ?? null }
  }

  /** A thread to be read a few turns at a time, true to the disk as of this call; undefined when there is none. */
  async pages(threadId: string, signal?: AbortSignal): Promise<ThreadPages | undefined> {
    const record = await this.get(threadId)
    if (!record) return undefined
    const known = this.#pages.get(record.path)
    this.#pages.delete(record.path)
    if (known) await known.update(signal)
    const pages =
      known ?? (await ThreadPages.open(record.path, { fileOf: this.#fileOf(), ...(signal ? { signal } : {}) }))
    this.#pages.set(record.path, pages)
    for (const path of this.#pages.keys()) if (this.#pages.size > maxOpenPages) this.#pages.delete(path)
    return pages
  }

  /** Looks at the disk now, at each file. Calls at the same time share one look. */
  async refresh(): Promise<RefreshReport> {
    return this.#look(true)
  }

  /** Forgets everything and reads all files again. */
  async rebuild(): Promise<RefreshReport> {
    await this.#looking?.catch(() => {})
    this.#files.clear()
    return this.#look(true)
  }

  /** Idempotent. A look under way is given up; who waits for it is told so. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('the thread index is closed'))
    await this.#looking?.catch(() => {})
    this.#files.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** While the first look goes on: the page as soon as what is still to be read cannot be on it. Else nothing. */
  async #untilSure(query: ThreadQuery): Promise<ThreadPage | undefined> {
    let isDone = false
    const done = this.#look(sweepsFor(query.sortKey)).finally(() => {
      isDone = true
    })
    // When the page is sure early nobody waits for the rest; its failure shows with the next call.
    done.catch(() => {})
    const canBeSure = sweepsFor(query.sortKey) === false && query.sortDirection !== 'asc' && !query.archived
    let knownAtLastTry = 0
    while (canBeSure && query.ancestorThreadId === undefined && !isDone) {
      await Promise.race([done, new TimeSlices().breathe()])
      const { frontierMs, size } = this.#files
      if (frontierMs === null) break
      if (size < knownAtLastTry * 1.5 + 32) continue
      knownAtLastTry = size
      const page = pageOf(selectThreads(this.#sorted('created_at'), query), query)
      const last = page.threads.at(-1)
      if (page.nextCursor !== null && last && last.createdAtMs >= frontierMs + zoneSlackMs) return page
    }
    await done
    return undefined
  }

  /** One look at a time. Calls that come during one share the next, since the disk may have changed since it began. */
  #look(sweep: boolean): Promise<RefreshReport> {
    const running = this.#looking
    if (!running) return this.#startLook(sweep)
    this.#nextSweeps ||= sweep
    this.#nextLook ??= running
      .catch(() => {})
      .then(() => {
        this.#nextLook = undefined
        const sweeps = this.#nextSweeps
        this.#nextSweeps = false
        return this.#startLook(sweeps)
      })
    return this.#nextLook
  }

  async #startLook(sweep: boolean): Promise<RefreshReport> {
    this.#looking = this.#lookNow(sweep)
    try {
      return await this.#looking
    } finally {
      this.#looking = undefined
    }
  }

  async #lookNow(sweep: boolean): Promise<RefreshReport> {
    const started = performance.now()
    const slices = new TimeSlices(this.#closing.signal)
    // What the system has to tell of files written to arrives between two turns of the event loop.
    await slices.breathe()
    if (sweep) await slices.breathe()
    const { read, removed } = await this.#files.look(sweep, slices)
    this.#files.watch()
    return { threads: this.#files.size, read, removed, elapsedMs: performance.now() - started }
  }

  #sorted(key: ThreadSortKey): readonly ThreadRecord[] {
    const { records, sorted } = this.#current()
    const known = sorted.get(key)
    if (known) return known
    const made = sortNewestFirst(records, key)
    sorted.set(key, made)
    return made
  }

  #current(): View {
    const named = this.#names.look()
    if (this.#view && !named && this.#view.version === this.#files.version) return this.#view
    const records = recordsOf(this.#files.heads, (id) => this.#names.get(id))
    const byId = new Map(records.map((record) => [record.id, record]))
    this.#view = { version: this.#files.version, byId, records, sorted: new Map() }
    return this.#view
  }

  #fileOf(): FileOf {
    const paths = new Map(Array.from(this.#files.heads, (head) => [fileIdOf(head), head.path]))
    return (fileId) => paths.get(fileId)
  }

  #haveChanged(records: readonly ThreadRecord[], all: boolean): boolean {
    const { version } = this.#files
    this.#files.refresh(
      records.map(({ path }) => path),
      all,
    )
    return this.#files.version !== version
  }
}

/** Lists that go by the time of the last change need it of every file; the others need it of what they show. */
function sweepsFor(key: ThreadSortKey = 'created_at'): boolean {
  return key !== 'created_at'
}

async function findIfThere(path: string, term: string, slices: TimeSlices): Promise<string | undefined> {
  try {
    return await findInThread(path, term, slices)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
