import { compareBytes } from '../../byte-order.js'
import type { FateReason, ImportProblem } from '../../fact.js'
import type { SourceEntry, SourceFiles } from '../../source-files.js'

/** A file below the folder that was walked. */
export interface FoundFile {
  readonly name: string
  readonly path: string
  /** Below the folder, `/` between parts. */
  readonly relativePath: string
  /** Looked up when asked for. */
  readonly entry: SourceEntry
}

/** What a walk found below its folder, each list in byte order of the relative paths. */
export interface FoundFiles {
  readonly files: readonly FoundFile[]
  readonly folders: readonly string[]
  /** What is there and may not be taken: links that leave the root, loops, sockets, what lies too deep. */
  readonly leftOut: readonly { readonly path: string; readonly relativePath: string; readonly reason: FateReason }[]
  /** Folders that could not be listed. */
  readonly problems: readonly Omit<ImportProblem, 'itemType'>[]
}

export interface WalkOptions {
  /** Folders below the start that are entered. */
  readonly maxDepth: number
  /** Entries after which the walk stops and says so. */
  readonly maxEntries: number
  /** Which folders to enter. */
  readonly enters: (entry: SourceEntry) => boolean
  /** Which folders below the start hold nothing of interest, by what is in them. */
  readonly isForeign: (entries: readonly SourceEntry[]) => boolean
  /** Which files to list. */
  readonly takes: (name: string) => boolean
  /** Which links and other things that are not taken to report. Default: those with a name that `takes` takes. */
  readonly reports: (name: string) => boolean
}

/** For folders of documents: what is a document, and what may be a folder of them. */
export function mayHoldMarkdown(name: string): boolean {
  return name.endsWith('.md') || !name.includes('.')
}

/** Enough for any skill or commands folder; a link to a checkout of the world ends here. */
const DEFAULTS: Omit<WalkOptions, 'reports'> = {
  maxDepth: 16,
  maxEntries: 10_000,
  enters: () => true,
  isForeign: () => false,
  takes: () => true,
}

/** Lists everything below `folder`, following links that stay inside `root` and do not lead back to where one came from. */
export function walkFolder(
  folder: string,
  root: string,
  files: SourceFiles,
  options: Partial<WalkOptions> = {},
): FoundFiles {
  const reports = options.takes ?? DEFAULTS.takes
  const walk = new Walk(folder, root, files, { ...DEFAULTS, reports, ...options })
  walk.enter(folder, '', 0)
  walk.files.sort((a, b) => compareBytes(a.relativePath, b.relativePath))
  walk.folders.sort(compareBytes)
  return walk
}

class Walk implements FoundFiles {
  readonly files: FoundFile[] = []
  readonly folders: string[] = []
  readonly leftOut: { path: string; relativePath: string; reason: FateReason }[] = []
  readonly problems: Omit<ImportProblem, 'itemType'>[] = []
  #entries = 0

  constructor(
    readonly start: string,
    readonly root: string,
    readonly source: SourceFiles,
    readonly options: WalkOptions,
  ) {}

  enter(folder: string, prefix: string, depth: number): void {
    const listed = this.source.list(folder, this.root)
    if (!listed.ok) {
      this.problems.push(listed.problem)
      return
    }
    if (depth > 0 && this.options.isForeign(listed.value)) return
    for (const entry of listed.value) {
      this.#entries += 1
      if (this.#entries > this.options.maxEntries) {
        this.#stop()
        return
      }
      this.#take(entry, prefix + entry.name, depth)
    }
  }

  #take(entry: SourceEntry, relativePath: string, depth: number): void {
    const { name, path } = entry
    if (entry.type === 'file') {
      if (this.options.takes(name)) this.files.push({ name, path, relativePath, entry })
      return
    }
    if (entry.type !== 'directory') {
      if (this.options.reports(name)) this.leftOut.push({ path, relativePath, reason: reasonNotTaken(entry)! })
      return
    }
    if (!this.options.enters(entry)) return
    if (depth >= this.options.maxDepth) {
      const message = `${path} is more than ${this.options.maxDepth} folders deep`
      this.leftOut.push({ path, relativePath, reason: { code: 'too-deep', message } })
      return
    }
    this.folders.push(relativePath)
    this.enter(path, `${relativePath}/`, depth + 1)
  }

  /** Says once that there is more. */
  #stop(): void {
    if (this.leftOut.some((left) => left.reason.code === 'too-many-files')) return
    const message = `${this.start} holds more than ${this.options.maxEntries} entries`
    this.leftOut.push({ path: this.start, relativePath: '', reason: { code: 'too-many-files', message } })
  }
}

/** Why an entry that is neither file nor folder stays where it is; undefined for files and folders. */
export function reasonNotTaken(entry: Pick<SourceEntry, 'type' | 'path'>): FateReason | undefined {
  switch (entry.type) {
    case 'file':
    case 'directory':
      return undefined
    case 'outside':
      return {
        code: 'link-outside-root',
        message: `${entry.path} is a link that leads out of its root; it was not followed`,
      }
    case 'loop':
      return { code: 'link-loop', message: `${entry.path} is a link that leads back to a folder it is in` }
    case 'broken':
      return { code: 'link-broken', message: `${entry.path} is a link that leads nowhere` }
    case 'other':
      return { code: 'not-a-file', message: `${entry.path} is neither a file nor a folder` }
    case 'unnamed':
      return { code: 'name-not-utf8', message: `${entry.path}: its name is not valid UTF-8` }
    default:
      return entry.type satisfies never
  }
}
