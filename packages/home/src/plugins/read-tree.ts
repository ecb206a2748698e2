import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TreeFile } from '../changes/change.js'
import { PluginError } from './plugin-error.js'

/** How much of a stranger's files is taken. */
export interface TreeLimits {
  readonly maxFiles: number
  readonly maxBytes: number
  /** What to do about links and the like. `leave`: they are not part of the tree. */
  readonly links: 'refuse' | 'leave'
}

/** For one plugin. */
export const pluginLimits: TreeLimits = { maxFiles: 10_000, maxBytes: 128 * 1024 * 1024, links: 'refuse' }

/** For a whole marketplace, of which only single plugins are ever used. */
export const marketplaceLimits: TreeLimits = { maxFiles: 50_000, maxBytes: 512 * 1024 * 1024, links: 'leave' }

/** Deeper than any plugin; far from what ends a recursive walk. */
const maxDepth = 64

/** The files of a folder, as a copy takes them. */
export interface Tree {
  readonly files: readonly TreeFile[]
  readonly folders: readonly string[]
  /** Links and the like that are not part of it. */
  readonly leftOut: readonly string[]
}

/**
 * Every file below `root`, in the order of their names, without what `git` keeps for itself. Opens none of them, and
 * follows no link. Reads the disk.
 *
 * @throws PluginError `unsafe` for links, sockets, devices and odd names; `too-large`; `not-found`
 */
export function readTree(root: string, limits: TreeLimits): Tree {
  const stats = lstatSync(root, { throwIfNoEntry: false })
  if (!stats) throw new PluginError('not-found', 'path does not exist or is not a directory')
  if (stats.isSymbolicLink()) throw new PluginError('unsafe', `${root} is a link`)
  if (!stats.isDirectory()) throw new PluginError('not-found', 'path does not exist or is not a directory')
  const walk = new Walk(root, limits)
  walk.folder('', 0)
  return walk
}

class Walk implements Tree {
  readonly files: TreeFile[] = []
  readonly folders: string[] = []
  readonly leftOut: string[] = []
  #bytes = 0

  constructor(
    readonly root: string,
    readonly limits: TreeLimits,
  ) {}

  folder(below: string, depth: number): void {
    if (depth > maxDepth) throw new PluginError('too-large', `${below} is nested deeper than ${maxDepth} folders`)
    const entries = readdirSync(join(this.root, below), { withFileTypes: true })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries) this.#entry(entry, below === '' ? entry.name : `${below}/${entry.name}`, depth)
  }

  #entry(entry: Dirent, path: string, depth: number): void {
    if (entry.name === '.git') return
    if (/[\\\p{Cc}\ufffd]/u.test(entry.name)) this.#odd(path, 'has a name that is no plain file name')
    else if (entry.isDirectory()) {
      this.folders.push(path)
      this.folder(path, depth + 1)
    } else if (entry.isFile()) this.#file(path)
    else this.#odd(path, entry.isSymbolicLink() ? 'is a link' : 'is neither a file nor a folder')
    if (this.files.length + this.folders.length > this.limits.maxFiles)
      throw new PluginError('too-large', `it has more than the ${this.limits.maxFiles} files that are taken`)
  }

  #file(relativePath: string): void {
    const source = join(this.root, relativePath)
    const { size, mode } = lstatSync(source)
    this.#bytes += size
    if (this.#bytes > this.limits.maxBytes)
      throw new PluginError('too-large', `it has more than the ${this.limits.maxBytes} bytes that are taken`)
    // Nobody but the person may write, and nothing is set-uid.
    this.files.push({ relativePath, source, mode: (mode & 0o111) !== 0 ? 0o755 : 0o644 })
  }

  #odd(path: string, what: string): void {
    if (this.limits.links === 'refuse')
      throw new PluginError('unsafe', `${JSON.stringify(path)} ${what}, which is not taken`)
    this.leftOut.push(path)
  }
}
