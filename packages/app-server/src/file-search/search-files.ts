import { basename, resolve } from 'node:path'
import type { FuzzyFileSearchResponse } from '@gangway/protocol'
import { FileIndex } from './file-index.js'
import { type Match, matchPath } from './score.js'

type Found = FuzzyFileSearchResponse['files'][number]

/** How many are given. Source: reference 0.169.0. */
const maxFound = 50
/** How many roots are kept ready. */
const maxRoots = 8

/** Finds files below roots by parts of their paths. Roots that were searched last are kept ready. */
export class FileSearch {
  readonly #indexes = new Map<string, FileIndex>()

  /** The best first. Nothing is found by an empty query. Reads the disk. @param isOff whether nobody waits any more */
  async find(query: string, roots: readonly string[], isOff: () => boolean = () => false): Promise<Found[]> {
    const wanted = query.trim().toLowerCase()
    if (wanted === '') return []
    const found: Found[] = []
    // What scores less than all that will be given need not be kept.
    let floor = 0
    for (const root of roots) {
      const entries = await this.#index(resolve(root)).entries()
      if (isOff()) return []
      for (const { path, lower, isFolder } of entries) {
        const match = matchPath(path, lower, wanted)
        if (match === undefined || match.score < floor) continue
        found.push(foundOf(root, path, isFolder, match))
        if (found.length === maxFound * 8) floor = keepBest(found)
      }
    }
    keepBest(found)
    return found
  }

  #index(root: string): FileIndex {
    const index = this.#indexes.get(root) ?? new FileIndex(root)
    this.#indexes.delete(root)
    this.#indexes.set(root, index)
    const oldest = this.#indexes.keys().next().value
    if (this.#indexes.size > maxRoots && oldest !== undefined) this.#indexes.delete(oldest)
    return index
  }
}

function foundOf(root: string, path: string, isFolder: boolean, { score, indices }: Match): Found {
  return { root, path, match_type: isFolder ? 'directory' : 'file', file_name: basename(path), score, indices }
}

/** Sorts, and cuts what will not be given. @returns the lowest score that may still be given */
function keepBest(found: Found[]): number {
  found.sort((one, other) => other.score - one.score || compare(one.path, other.path))
  found.length = Math.min(found.length, maxFound)
  return found[maxFound - 1]?.score ?? 0
}

/** A shorter path first, then by its letters: what is nearer is likelier meant. */
function compare(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1)
}
