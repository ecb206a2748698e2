import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'

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
  if (isPlain(path) && isPlain(folder)) return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
  const below = relative(folder, path)
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)
}

/**
 * Follows paths without leaving a folder. Remembers where folders lead, so use one for one pass over the files and then
 * a new one.
 */
export class Contained {
  readonly #real = new Map<string, RealFolder>()

  /** Where `path` leads. Every link on the way counts; what it leads to is looked at, and not opened. */
  follow(path: string, root: string): Destination {
    const wanted = plain(path)
    const top = plain(root)
    if (!isInside(wanted, top)) return { type: 'outside', viaLink: false }
    const realRoot = this.#realFolder(top)
    if (realRoot.path === undefined) return notThere(realRoot.code)
    if (wanted === top) return look(realRoot.path, realRoot.path)
    const slash = wanted.lastIndexOf(sep)
    const parent = this.#realFolder(wanted.slice(0, slash) || sep)
    if (parent.path === undefined) return notThere(parent.code)
    if (!isInside(parent.path, realRoot.path)) return { type: 'outside', viaLink: true }
    return look(parent.path + wanted.slice(slash), realRoot.path)
  }

  /** Where the link `path` leads; a folder that one came through already is a `loop`. */
  followLink(path: string, root: string): Destination {
    const destination = this.follow(path, root)
    if (destination.type !== 'directory') return destination
    const top = plain(root)
    for (let step = dirname(plain(path)); isInside(step, top); step = dirname(step)) {
      const real = this.#realFolder(step).path
      if (real !== undefined && isInside(real, destination.realPath)) return { type: 'loop', viaLink: true }
      if (step === dirname(step)) break
    }
    return destination
  }

  /** The real path of a folder that a list of its parent has shown to be one, and no link. */
  knownFolder(path: string): string | undefined {
    return this.#real.get(path)?.path
  }

  /** A list of `parentRealPath` has shown that `path` is a folder in it, and no link. */
  learnFolder(path: string, parentRealPath: string, name: string): void {
    this.#real.set(path, { path: parentRealPath + sep + name })
  }

  #realFolder(path: string): RealFolder {
    const known = this.#real.get(path) ?? realFolder(path)
    this.#real.set(path, known)
    return known
  }
}

type RealFolder = { readonly path: string } | { readonly path: undefined; readonly code: string }

/** What `path` is, when its folder is a real path already. */
function look(path: string, realRoot: string): Destination {
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

function plain(path: string): string {
  return isPlain(path) ? path : resolve(path)
}

/** An absolute path without empty parts, `.` and `..`, on a system with `/` between parts: nothing to resolve. */
function isPlain(path: string): boolean {
  return sep === '/' && path.startsWith('/') && !/\/(?:\.{0,2}(?:\/|$))/.test(path)
}
