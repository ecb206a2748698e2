import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { compareBytes } from '../../../byte-order.js'
import { isInside } from '../../../contained.js'
import type { FateReason } from '../../../fact.js'
import type { Pace } from '../../reading/sessions/pace.js'

/** A transcript on disk, not yet looked into. */
export interface TranscriptFile {
  /** Real path. */
  readonly path: string
  /** Below the folder as it was asked for. */
  readonly listedPath: string
  readonly sizeBytes: number
  readonly modifiedNs: bigint
}

/** What stands below the folder of projects. */
export interface FoundTranscripts {
  readonly files: readonly TranscriptFile[]
  readonly leftOut: readonly { readonly path: string; readonly reason: FateReason }[]
}

const MAX_DEPTH = 16

/**
 * All transcripts: `<root>/<project>/agent-transcripts/**` but nothing of helpers, which stand in `subagents`. Each file once;
 * links that leave the folder are not followed. Source: reference 0.169.0, import-sessions 2b.
 *
 * @throws the reason of the signal of `pace`
 */
export async function findTranscripts(root: string, pace: Pace): Promise<FoundTranscripts> {
  const search = new Search(root, pace)
  for (const project of search.entries(root)) {
    await search.enter(join(root, project.name, 'agent-transcripts'), 0)
  }
  return search
}

/** Transcripts of the helpers of a conversation, in byte order: beside it, where it has a folder of its own. */
export function helperTranscripts(path: string): readonly string[] {
  if (basename(dirname(path)) !== basename(path, '.jsonl')) return []
  const folder = join(dirname(path), 'subagents')
  return (
    attempt(() => readdirSync(folder, { withFileTypes: true }))
      .value?.filter((entry) => entry.isFile() && isTranscript(entry.name))
      .map((entry) => join(folder, entry.name))
      .sort(compareBytes) ?? []
  )
}

/** A file as it is now. @throws the file system's error */
export function transcriptAt(path: string, listedPath = path): TranscriptFile {
  const real = realpathSync.native(path)
  const stats = statSync(real, { bigint: true })
  return { path: real, listedPath, sizeBytes: Number(stats.size), modifiedNs: stats.mtimeNs }
}

function isTranscript(name: string): boolean {
  return name.endsWith('.jsonl') && name !== '.jsonl'
}

class Search implements FoundTranscripts {
  readonly files: TranscriptFile[] = []
  readonly leftOut: { path: string; reason: FateReason }[] = []
  readonly #seen = new Set<string>()
  readonly #realRoot: string

  constructor(
    readonly root: string,
    readonly pace: Pace,
  ) {
    this.#realRoot = attempt(() => realpathSync.native(root)).value ?? root
  }

  async enter(folder: string, depth: number): Promise<void> {
    const real = attempt(() => realpathSync.native(folder)).value
    if (real === undefined || this.#seen.has(real) || depth > MAX_DEPTH) return
    this.#seen.add(real)
    if (!isInside(real, this.#realRoot)) return this.#leave(folder, 'link-outside-root', LEAVES)
    for (const entry of this.entries(real)) {
      if (this.pace.isOver()) await this.pace.rest()
      const path = join(real, entry.name)
      const stats = entry.isSymbolicLink() ? attempt((): Stats => statSync(path)).value : entry
      if (stats?.isDirectory() && entry.name !== 'subagents') await this.enter(path, depth + 1)
      else if (isTranscript(entry.name)) this.#take(path)
    }
  }

  entries(folder: string): readonly Dirent[] {
    const { value, code } = attempt(() => readdirSync(folder, { withFileTypes: true }))
    if (code !== undefined && code !== 'ENOENT' && code !== 'ENOTDIR') {
      this.#leave(folder, 'unreadable', `cannot be read (${code})`)
    }
    return [...(value ?? [])].sort((a, b) => compareBytes(a.name, b.name))
  }

  #take(path: string): void {
    const { value: file, code } = attempt(() => transcriptAt(path))
    if (file && this.#seen.has(file.path)) return
    if (!file) this.#leave(path, 'unreadable', `cannot be read (${code})`)
    else if (!isInside(file.path, this.#realRoot)) this.#leave(path, 'link-outside-root', LEAVES)
    else if (!attempt(() => statSync(file.path)).value?.isFile()) this.#leave(path, 'not-a-file', 'is no regular file')
    else this.#add(file)
  }

  #add(file: TranscriptFile): void {
    this.#seen.add(file.path)
    this.files.push({ ...file, listedPath: join(this.root, relative(this.#realRoot, file.path)) })
  }

  #leave(path: string, code: string, why: string): void {
    this.leftOut.push({ path, reason: { code, message: `${path} ${why}` } })
  }
}

const LEAVES = 'is a link that leads out of the folder of projects; it was not followed'

function attempt<T>(look: () => T): { readonly value?: T; readonly code?: string } {
  try {
    return { value: look() }
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}
