import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { compareBytes } from '../../../byte-order.js'
import { isInside } from '../../../contained.js'
import type { FateReason } from '../../../fact.js'
import { Pace } from '../../reading/sessions/pace.js'

/** A log of Claude Code on disk, not yet looked into. */
export interface SessionLogFile {
  /** Real path. */
  readonly path: string
  /** Below the folder of sessions as it was asked for, links in it resolved. */
  readonly listedPath: string
  readonly sizeBytes: number
  /** Nanoseconds since the epoch. */
  readonly modifiedNs: bigint
}

/** What stands in the folder of sessions. */
export interface FoundLogs {
  /** The folder: `<configDir>/projects`. */
  readonly root: string
  /** Each file once, however many links lead to it: newest first, then by path. */
  readonly files: readonly SessionLogFile[]
  /** Real paths of helper agents' logs, by the path of the log beside whose folder they stand. */
  readonly helperLogs: ReadonlyMap<string, readonly string[]>
  /** Logs, or folders of logs, that were not taken, and why. */
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
}

/** Folders below `<session>/subagents` that are looked into. */
const HELPER_DEPTH = 3

/**
 * All logs below `<configDir>/projects`: one folder deep, as Claude Code writes them, and its helper agents' logs in
 * `<session>/subagents`. Nothing is opened; links that leave the folder are not followed.
 *
 * Reads the disk in slices; the signal ends the work.
 */
export async function findLogs(configDir: string, options: { signal?: AbortSignal } = {}): Promise<FoundLogs> {
  const search = new Search(join(configDir, 'projects'), new Pace(options.signal))
  await search.run()
  return search
}

class Search implements FoundLogs {
  readonly files: SessionLogFile[] = []
  readonly helperLogs = new Map<string, readonly string[]>()
  readonly leftOut: { path: string; reason: FateReason }[] = []
  readonly #seen = new Set<string>()
  #realRoot = ''

  constructor(
    readonly root: string,
    readonly pace: Pace,
  ) {}

  async run(): Promise<void> {
    const realRoot = this.#attempt(this.root, () => realpathSync.native(this.root))
    if (realRoot === undefined) return
    this.#realRoot = realRoot
    for (const folder of this.#entries(this.root)) {
      const path = join(this.root, folder.name)
      if (folder.isDirectory()) await this.#project(join(realRoot, folder.name))
      else if (folder.isSymbolicLink()) {
        const real = this.#followed(path)
        if (real && statSync(real).isDirectory()) await this.#project(real)
      }
    }
    this.files.sort(byTimeThenPath)
  }

  async #project(folder: string): Promise<void> {
    if (this.#seen.has(folder)) return
    this.#seen.add(folder)
    for (const entry of this.#entries(folder)) {
      if (this.pace.isOver()) await this.pace.rest()
      const path = join(folder, entry.name)
      if (entry.isDirectory()) this.#helpers(path)
      else if (entry.name.endsWith('.jsonl') && entry.name !== '.jsonl') this.#log(path, entry)
    }
  }

  #log(path: string, entry: Dirent): void {
    const real = entry.isSymbolicLink() ? this.#followed(path) : path
    if (real === undefined || this.#seen.has(real)) return
    const stats = this.#attempt(path, () => statSync(real, { bigint: true }))
    if (!stats) return
    if (!stats.isFile()) {
      this.#leave(path, 'not-a-file', 'is not a regular file')
      return
    }
    this.#seen.add(real)
    const listedPath = join(this.root, relative(this.#realRoot, real))
    this.files.push({ path: real, listedPath, sizeBytes: Number(stats.size), modifiedNs: stats.mtimeNs })
  }

  #helpers(sessionFolder: string): void {
    const found: string[] = []
    const enter = (folder: string, depth: number): void => {
      for (const entry of this.#entries(folder, true)) {
        const path = join(folder, entry.name)
        if (entry.isDirectory() && depth < HELPER_DEPTH) enter(path, depth + 1)
        else if (entry.isFile() && isHelperLog(path)) found.push(path)
        else if (entry.isSymbolicLink() && isHelperLog(path)) {
          const real = this.#followed(path)
          if (real) found.push(real)
        }
      }
    }
    enter(join(sessionFolder, 'subagents'), 0)
    if (found.length > 0) this.helperLogs.set(`${sessionFolder}.jsonl`, [...new Set(found)].sort(compareBytes))
  }

  /** Where a link leads, or undefined when that is nowhere or outside. */
  #followed(path: string): string | undefined {
    const real = this.#attempt(path, () => realpathSync.native(path))
    if (real === undefined || isInside(real, this.#realRoot)) return real
    this.#leave(path, 'link-outside-root', `is a link that leads out of ${this.root}; it was not followed`)
    return undefined
  }

  #entries(folder: string, mayBeMissing = false): readonly Dirent[] {
    const entries = this.#attempt(folder, () => readdirSync(folder, { withFileTypes: true }), mayBeMissing) ?? []
    return entries.sort((a, b) => compareBytes(a.name, b.name))
  }

  #attempt<T>(path: string, look: () => T, mayBeMissing = path === this.root): T | undefined {
    try {
      return look()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
      if (isMissing && mayBeMissing) return undefined
      if (isMissing) this.#leave(path, 'link-broken', 'is a link that leads nowhere')
      else if (code === 'ELOOP') this.#leave(path, 'link-loop', 'is a link that leads back to itself')
      else this.#leave(path, 'unreadable', `cannot be read (${code})`)
      return undefined
    }
  }

  #leave(path: string, code: string, why: string): void {
    this.leftOut.push({ path, reason: { code, message: `${path} ${why}` } })
  }
}

/** Whether the name is that of a helper agent's log. */
export function isHelperLog(path: string): boolean {
  const name = basename(path)
  return name.startsWith('agent-') && name.endsWith('.jsonl')
}

/** Newest first, to the nanosecond; files of one moment by the bytes of their paths. Source: reference 0.169.0. */
export function byTimeThenPath(
  a: Pick<SessionLogFile, 'modifiedNs' | 'listedPath'>,
  b: Pick<SessionLogFile, 'modifiedNs' | 'listedPath'>,
): number {
  if (a.modifiedNs !== b.modifiedNs) return a.modifiedNs > b.modifiedNs ? -1 : 1
  return compareBytes(a.listedPath, b.listedPath)
}
