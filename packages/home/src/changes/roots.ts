import { lstatSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path'
import { OutsideRootError } from '../errors.js'
import { throughLinks } from '../files/write-atomic.js'
import type { Change } from './change.js'

/** A folder that may be written to. */
export interface TargetRoot {
  /** Absolute; need not exist. */
  readonly path: string
  /** The person's own folder: links in it that lead elsewhere (kept in a dotfiles repository, say) are followed. Default false: refused. */
  readonly linksMayLeave?: boolean
}

/** Refuses a change that would write outside every root, by its path or through a link. Reads the disk. @throws OutsideRootError */
export function assertInsideRoots(change: Change, roots: readonly (string | TargetRoot)[]): void {
  const { path } = change
  if (!isAbsolute(path) || normalize(path) !== path)
    throw new OutsideRootError(path, 'the path is not absolute and plain')
  const around = roots.map(asRoot).filter((root) => isBelow(path, root.path))
  if (around.length === 0) throw new OutsideRootError(path, 'it is in none of the folders that may be written to')
  if (change.type === 'copyTree') assertPlainTree(change.path, change)
  if (!around.some((root) => root.linksMayLeave || leadsInside(change, root.path, knownPaths(roots)))) {
    throw new OutsideRootError(path, 'a link leads out of the folder that may be written to')
  }
}

function asRoot(root: string | TargetRoot): TargetRoot {
  return typeof root === 'string' ? { path: root } : root
}

function isBelow(path: string, root: string): boolean {
  // Enough when `path` is plain: it then has no `..` that could lead back out.
  if (path.startsWith(root + sep) && path.length > root.length + 1) return true
  const way = relative(root, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function leadsInside(change: Change, root: string, known: Map<string, string>): boolean {
  const target = change.type === 'copyTree' ? change.path : throughLinks(change.path)
  return isBelow(join(knownRealPath(dirname(target), known), 'x'), knownRealPath(root, known))
}

/** Real paths already found, for as long as one list of roots is used: an import looks at the same few folders again and again. */
const knownByRoots = new WeakMap<readonly (string | TargetRoot)[], Map<string, string>>()

function knownPaths(roots: readonly (string | TargetRoot)[]): Map<string, string> {
  const known = knownByRoots.get(roots) ?? new Map<string, string>()
  knownByRoots.set(roots, known)
  return known
}

function knownRealPath(path: string, known: Map<string, string>): string {
  const real = known.get(path) ?? realPathOf(path)
  known.set(path, real)
  return real
}

/** The real path of something that need not be there: that of its deepest parent that is, and the rest as written. */
function realPathOf(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    const parent = dirname(path)
    if (parent === path) throw error
    const isDangling = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()
    if (isDangling) return realPathOf(throughLinks(path))
    return join(realPathOf(parent), path.slice(parent.length))
  }
}

/** An empty part, `.`, `..`, or a NUL. */
const NOT_PLAIN = /(?:^|\/)\.{0,2}(?:\/|$)|\0/

function assertPlainTree(path: string, { files, folders = [] }: Extract<Change, { type: 'copyTree' }>): void {
  for (const name of [...files.map((file) => file.relativePath), ...folders]) {
    if (NOT_PLAIN.test(name) || (sep === '\\' && /[\\:]/.test(name))) {
      throw new OutsideRootError(join(path, 'x'), `${JSON.stringify(name)} is no plain path below it`)
    }
  }
}
