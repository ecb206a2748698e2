import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { sep } from 'node:path'
import { compareBytes } from './byte-order.js'
import { Contained, type Destination } from './contained.js'
import { type Looks, signatureOf } from './looks.js'
import { parseSourceJson, readWhole } from './read-whole.js'
import type { Read, SourceEntry, SourceFiles, SourceText } from './source-files.js'
import { refusal, refused, refusedBySystem } from './source-refusal.js'
import type { CachedText, SourceTextCache } from './source-text-cache.js'

/** The largest text that is read: instructions and settings are far smaller, and everything read is held in memory. */
const MAX_TEXT_BYTES = 10 * 1024 * 1024

/** The largest JSON that is read: Claude Code keeps histories in the file that also names the servers. */
const MAX_JSON_BYTES = 64 * 1024 * 1024

/** How many entries of folders one pass lists, so that links cannot make a tree without end. */
const MAX_ENTRIES = 200_000

/**
 * {@link SourceFiles} of this machine's disk, for one pass over them: where folders lead is looked up once.
 *
 * Everything that is looked at is noted in `looks`. Reads are synchronous.
 */
export class SourceFilesOnDisk implements SourceFiles {
  readonly #contained = new Contained()
  /** Folders that a list has shown to be there, and no links. */
  readonly #listed = new Set<string>()
  #entries = 0

  constructor(
    readonly cache: SourceTextCache,
    readonly looks?: Looks,
  ) {}

  readText(path: string, root: string): Read<SourceText> {
    return this.#read(path, root, MAX_TEXT_BYTES).read
  }

  readJson(path: string, root: string): Read<unknown> {
    const entry = this.#read(path, root, MAX_JSON_BYTES)
    if (!entry.read.ok) return entry.read
    entry.json ??= parseSourceJson(entry.read.value)
    return entry.json
  }

  list(path: string, root: string): Read<readonly SourceEntry[]> {
    this.looks?.note(path)
    const listed = this.#listed.has(path) ? this.#contained.knownFolder(path) : undefined
    const destination = listed ? undefined : this.#contained.follow(path, root)
    if (destination?.type === 'missing') return { ok: true, value: [] }
    if (destination && destination.type !== 'directory') return refusal(path, destination)
    const realPath = listed ?? destination!.realPath
    try {
      const found = readdirSync(realPath, { withFileTypes: true })
      this.#entries += found.length
      if (this.#entries > MAX_ENTRIES) {
        return refused(path, 'too_many_files', `more than ${MAX_ENTRIES} files to look through`)
      }
      const entries = found.map((entry) => this.#entry(path, realPath, root, entry))
      return { ok: true, value: entries.sort((a, b) => compareBytes(a.name, b.name)) }
    } catch (error) {
      return refusedBySystem(path, error)
    }
  }

  #entry(folder: string, realFolder: string, root: string, entry: Dirent): SourceEntry {
    const { name } = entry
    const path = folder.endsWith(sep) ? folder + name : folder + sep + name
    if (name.includes('\ufffd') && !lstatSync(path, { throwIfNoEntry: false })) {
      return { name, path, type: 'unnamed', viaLink: false, mode: 0 }
    }
    if (entry.isFile()) return new PlainEntry(name, path, 'file')
    if (entry.isDirectory()) {
      this.#contained.learnFolder(path, realFolder, name)
      this.#listed.add(path)
      return new PlainEntry(name, path, 'directory')
    }
    this.looks?.note(path)
    const destination = this.#contained.followLink(path, root)
    const mode = 'stats' in destination ? destination.stats.mode & 0o777 : 0
    return { name, path, type: entryType(destination), viaLink: destination.viaLink, mode }
  }

  #read(path: string, root: string, maxBytes: number): CachedText {
    this.looks?.note(path)
    const destination = this.#contained.follow(path, root)
    if (destination.type !== 'file') return { read: refusal(path, destination) }
    const { size } = destination.stats
    if (size > maxBytes)
      return { read: refused(path, 'too_large', `${size} bytes, more than the ${maxBytes} that are read`) }
    const signature = `${path}:${signatureOf(destination.stats)}`
    const known = this.cache.get(destination.realPath, signature)
    return known ?? this.cache.set(destination.realPath, signature, readWhole(path, destination, maxBytes))
  }
}

/** A file or folder as its folder lists it. Its rights are looked up only when somebody asks. */
class PlainEntry implements SourceEntry {
  readonly viaLink = false

  constructor(
    readonly name: string,
    readonly path: string,
    readonly type: 'file' | 'directory',
  ) {}

  get mode(): number {
    return (lstatSync(this.path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777
  }
}

function entryType(destination: Destination): SourceEntry['type'] {
  if (destination.type === 'missing') return 'broken'
  return destination.type === 'unreadable' ? 'other' : destination.type
}
