import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** Where a path leads, links followed, seen from the folder that it must not leave. */
export type Destination =
  | {
      readonly type: 'file' | 'directory' | 'other'
      readonly realPath: string
      readonly viaLink: boolean
      readonly stats: Stats
    }
  | { readonly type: 'outside' | 'loop' | 'broken' | 'missing'; readonly viaLink: boolean }
  | { readonly type: 'unreadable'; readonly viaLink: boolean; readonly code: string }

/** Whether `path` is `folder` or below it. Both absolute; nothing is looked up. */
export function isInside(path: string, folder: string): boolean {
  if (path === folder) return true
  const below = relative(folder, path)
  return below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}

/**
 * Follows paths without leaving a folder. Remembers where folders lead, so use one for one pass over the files and then
 * a new one.
 */
export class Contained {
  readonly #real = new Map<string, RealFolder>()

  /** Where `path` leads. Every link on the way counts; what it leads to is looked at, and not opened. */
  follow(path: string, root: string): Destination {
    const wanted = resolve(path)
    const top = resolve(root)
    if (!isInside(wanted, top)) return { type: 'outside', viaLink: false }
    const realRoot = this.#realFolder(top)
    if (realRoot.path === undefined) return notThere(realRoot.code)
    if (wanted === top) return this.#look(realRoot.path, realRoot.path)
    const parent = this.#realFolder(dirname(wanted))
    if (parent.path === undefined) return notThere(parent.code)
    if (!isInside(parent.path, realRoot.path)) return { type: 'outside', viaLink: true }
    return this.#look(join(parent.path, basename(wanted)), realRoot.path)
  }

  /** Where the link `name` in `folder` leads; a folder that one came through already is a `loop`. */
  followLink(folder: string, name: string, root: string): Destination {
    const destination = this.follow(join(folder, name), root)
    if (destination.type !== 'directory') return destination
    for (let step = resolve(folder); isInside(step, resolve(root)); step = dirname(step)) {
      const real = this.#realFolder(step).path
      if (real !== undefined && isInside(real, destination.realPath)) return { type: 'loop', viaLink: true }
      if (step === dirname(step)) break
    }
    return destination
  }

  #look(path: string, realRoot: string): Destination {
    let viaLink = false
    try {
      const stats = lstatSync(path, { throwIfNoEntry: false })
      if (!stats) return { type: 'missing', viaLink }
      if (!stats.isSymbolicLink()) return { type: typeOf(stats), realPath: path, viaLink, stats }
      viaLink = true
      const realPath = realpathSync.native(path)
      if (!isInside(realPath, realRoot)) return { type: 'outside', viaLink }
      const target = statSync(realPath)
      return { type: typeOf(target), realPath, viaLink, stats: target }
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      if (viaLink && (code === 'ENOENT' || code === 'ENOTDIR')) return { type: 'broken', viaLink }
      return { ...notThere(code), viaLink }
    }
  }

  #realFolder(path: string): RealFolder {
    const known = this.#real.get(path) ?? realFolder(path)
    this.#real.set(path, known)
    return known
  }
}

type RealFolder = { readonly path: string } | { readonly path: undefined; readonly code: string }

function realFolder(path: string): RealFolder {
  try {
    return { path: realpathSync.native(path) }
  } catch (error) {
    return { path: undefined, code: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}

function notThere(code: string): Destination {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { type: 'missing', viaLink: false }
  return code === 'ELOOP' ? { type: 'loop', viaLink: true } : { type: 'unreadable', viaLink: false, code }
}

function typeOf(stats: Stats): 'file' | 'directory' | 'other' {
  if (stats.isFile()) return 'file'
  return stats.isDirectory() ? 'directory' : 'other'
}
