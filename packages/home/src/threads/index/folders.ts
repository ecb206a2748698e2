import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../../files/digest.js'
import type { HomeLayout } from '../../layout.js'

/** A folder as it was when it was last read. */
interface KnownFolder {
  readonly modifiedNs: bigint
  /** Changed so shortly before it was read that a second change would leave the same time. */
  readonly isRacy: boolean
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

/** What a look at the folders found. */
export interface FolderLook {
  /** Rollout files that were not there at the last look. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** `sessions/YYYY/MM/DD`, and one level more for what other programs may have made. */
const maxDepth = 4
/** File systems tell times apart by 10 ms or, the oldest ones, by 2 s. */
const racyMs = 2_500

/**
 * The rollout files of a home. After the first look only folders whose time has changed are read again: adding,
 * renaming and removing a file changes the time of its folder, appending to one does not.
 */
export class RolloutFolders {
  readonly #layout: HomeLayout
  #known = new Map<string, KnownFolder>()
  #files = new Set<string>()

  constructor(layout: HomeLayout) {
    this.#layout = layout
  }

  /** Every rollout file, as of the last look. */
  get files(): ReadonlySet<string> {
    return this.#files
  }

  /** Every folder that holds a rollout file, as of the last look. */
  get foldersWithFiles(): string[] {
    return [...this.#known].filter(([, folder]) => folder.files.length > 0).map(([path]) => path)
  }

  /** The rollout files of a folder, as of the last look. */
  filesIn(folder: string): readonly string[] {
    return this.#known.get(folder)?.files ?? []
  }

  /** Looks at the disk. A folder that cannot be read counts as empty. */
  look(): FolderLook {
    const known = new Map<string, KnownFolder>()
    this.#visit(this.#layout.sessionsDir, 0, known)
    this.#visit(this.#layout.archivedSessionsDir, maxDepth, known)
    if (isSame(known, this.#known)) return { added: [], removed: [] }

    const files = new Set([...known.values()].flatMap((folder) => folder.files))
    const added = [...files].filter((path) => !this.#files.has(path))
    const removed = [...this.#files].filter((path) => !files.has(path))
    this.#known = known
    this.#files = files
    return { added, removed }
  }

  #visit(path: string, depth: number, into: Map<string, KnownFolder>): void {
    const folder = this.#folder(path)
    if (!folder) return
    into.set(path, folder)
    if (depth < maxDepth) for (const child of folder.folders) this.#visit(child, depth + 1, into)
  }

  #folder(path: string): KnownFolder | undefined {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stats?.isDirectory()) return undefined
    const before = this.#known.get(path)
    if (before && before.modifiedNs === stats.mtimeNs && !before.isRacy) return before
    const isRacy = Date.now() - Number(stats.mtimeNs / 1_000_000n) < racyMs
    return { modifiedNs: stats.mtimeNs, isRacy, ...entriesOf(path) }
  }
}

function isSame(left: ReadonlyMap<string, KnownFolder>, right: ReadonlyMap<string, KnownFolder>): boolean {
  if (left.size !== right.size) return false
  for (const [path, folder] of left) if (right.get(path) !== folder) return false
  return true
}

function entriesOf(path: string): { folders: string[]; files: string[] } {
  const folders: string[] = []
  const files: string[] = []
  for (const entry of readEntries(path)) {
    const child = join(path, entry.name)
    if (isFolder(entry, child)) folders.push(child)
    else if (isRolloutName(entry.name)) files.push(child)
  }
  return { folders, files }
}

function isFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory()
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function isRolloutName(name: string): boolean {
  return name.startsWith('rollout-') && name.endsWith('.jsonl')
}

function readEntries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return []
    throw error
  }
}
