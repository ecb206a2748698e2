import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { HomeLayout } from '../../layout.js'
import { readThreadHead } from '../model/read-head.js'
import type { ThreadHead } from '../model/thread-head.js'
import { parseRolloutName } from '../rollout/name.js'
import type { TimeSlices } from '../time-slices.js'
import { FolderWatch } from './folder-watch.js'
import { RolloutFolders } from './folders.js'
import { HeadStore } from './head-store.js'

/** Heads that are written to the database in one go. */
const batchSize = 250
const filesBetweenLooks = 16

/** How many files a look read, and how many are gone. */
export interface LookReport {
  readonly read: number
  readonly removed: number
}

/**
 * The heads of all rollout files of a home, kept true to the disk.
 *
 * A file is read again when its time or size is another. Files come and go with the time of their folder; what is
 * appended to a file is seen by watching its folder where the system tells of that, else by looking at each file.
 */
export class FileTable {
  readonly #layout: HomeLayout
  readonly #store: HeadStore
  readonly #watch = new FolderWatch()
  #folders: RolloutFolders
  #heads = new Map<string, ThreadHead>()
  /** Files that cannot be read as threads, with their time: not tried again before they change. */
  #unreadable = new Map<string, bigint>()
  /** Folders watched since the last sweep: what came before the watch is seen by one more look at each file. */
  readonly #watchedSinceSweep = new Set<string>()
  #unsaved: ThreadHead[] = []
  #isLoaded = false
  #version = 0
  #frontierMs: number | null = null

  constructor(layout: HomeLayout, env: { readonly [name: string]: string | undefined }) {
    this.#layout = layout
    this.#folders = new RolloutFolders(layout)
    this.#store = new HeadStore(layout, env)
  }

  get heads(): Iterable<ThreadHead> {
    return this.#heads.values()
  }

  get size(): number {
    return this.#heads.size
  }

  /** Another number whenever a head is another. */
  get version(): number {
    return this.#version
  }

  /** While the first look goes on: threads whose file is named for a later time are all known. Else null. */
  get frontierMs(): number | null {
    return this.#frontierMs
  }

  get degradation(): string | null {
    return this.#store.degradation
  }

  /**
   * Looks at the disk and reads what is new or changed, youngest files first.
   *
   * @param sweep also look at each file in folders that are not watched
   */
  async look(sweep: boolean, slices: TimeSlices): Promise<LookReport> {
    const remembered = this.#isLoaded ? [] : await this.#load(slices)
    const { added, removed } = this.#folders.look()
    const present = this.#folders.files
    const gone = [...removed, ...remembered.filter((path) => !present.has(path))]
    for (const path of gone) this.#remove(path)

    const doubtful = new Set([...added, ...this.#watch.takeWritten().filter((path) => present.has(path))])
    if (sweep) for (const path of this.#filesToSweep()) doubtful.add(path)
    const read = await this.#readChanged([...doubtful].sort().reverse(), remembered.length === 0, slices)
    this.#save(gone)
    return { read, removed: gone.length }
  }

  /** Looks at these files. @param all also at those whose changes the system tells of */
  refresh(paths: readonly string[], all: boolean): void {
    for (const path of paths) if (all || !this.#isTold(dirname(path))) this.#readIfChanged(path)
    this.#save([])
  }

  /** Has the system tell of appends, in as many folders as it can. */
  watch(): void {
    for (const folder of this.#folders.foldersWithFiles) {
      if (this.#watch.add(folder)) this.#watchedSinceSweep.add(folder)
    }
  }

  /** Forgets everything, on disk too. */
  clear(): void {
    this.#store.clear()
    this.#folders = new RolloutFolders(this.#layout)
    this.#heads = new Map()
    this.#unreadable = new Map()
    this.#isLoaded = true
    this.#version++
  }

  /** Idempotent. */
  close(): void {
    this.#watch.close()
    this.#store.close()
  }

  async #load(slices: TimeSlices): Promise<string[]> {
    for (const heads of this.#store.load()) {
      for (const head of heads) this.#heads.set(head.path, head)
      if (slices.isUp) await slices.breathe()
    }
    this.#isLoaded = true
    this.#version++
    return [...this.#heads.keys()]
  }

  #filesToSweep(): string[] {
    const folders = this.#folders.foldersWithFiles.filter((folder) => !this.#isTold(folder))
    this.#watchedSinceSweep.clear()
    return folders.flatMap((folder) => this.#folders.filesIn(folder))
  }

  #isTold(folder: string): boolean {
    return this.#watch.covers(folder) && !this.#watchedSinceSweep.has(folder)
  }

  async #readChanged(paths: readonly string[], isFirst: boolean, slices: TimeSlices): Promise<number> {
    let read = 0
    try {
      for (const [at, path] of paths.entries()) {
        if (isFirst) this.#frontierMs = parseRolloutName(path)?.startedAt.getTime() ?? this.#frontierMs
        if (this.#readIfChanged(path)) read++
        if (at % filesBetweenLooks !== 0 || !slices.isUp) continue
        if (this.#unsaved.length >= batchSize) this.#save([])
        await slices.breathe()
      }
    } finally {
      this.#frontierMs = null
    }
    return read
  }

  #readIfChanged(path: string): boolean {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stats?.isFile()) {
      this.#remove(path)
      return false
    }
    const known = this.#heads.get(path)
    if (known && known.modifiedNs === stats.mtimeNs && known.sizeBytes === Number(stats.size)) return false
    if (this.#unreadable.get(path) === stats.mtimeNs) return false
    this.#read(path, stats.mtimeNs)
    return true
  }

  #read(path: string, modifiedNs: bigint): void {
    try {
      const head = readThreadHead(path)
      this.#heads.set(path, head)
      this.#unreadable.delete(path)
      this.#unsaved.push(head)
    } catch {
      // No thread, or not to be read by us: it is in no list, and tried again when it changes.
      this.#heads.delete(path)
      this.#unreadable.set(path, modifiedNs)
    }
    this.#version++
  }

  #remove(path: string): void {
    if (this.#heads.delete(path)) this.#version++
    this.#unreadable.delete(path)
  }

  #save(gone: readonly string[]): void {
    this.#store.save(this.#unsaved, gone)
    this.#unsaved = []
  }
}
