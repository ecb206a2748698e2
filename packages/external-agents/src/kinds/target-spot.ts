import type { FateReason } from '../fact.js'
import type { ConflictPolicy, TargetView } from '../kind.js'

/** What a path in the target has to say to something that wants to go there. */
export type Spot =
  | { readonly type: 'free'; readonly path: string }
  /** It is there already, exactly so. */
  | { readonly type: 'same'; readonly path: string }
  /** Something else is there, and the person wants it replaced. */
  | { readonly type: 'replace'; readonly path: string }
  | { readonly type: 'taken'; readonly path: string; readonly reason: FateReason }

/** What goes there, and what the person wants when the place is taken. */
export interface Wanted {
  readonly path: string
  readonly as: 'file' | 'directory'
  readonly onConflict: ConflictPolicy
  /** Whether what is at a path is what would be written. */
  isSame(path: string): boolean
  /** The path for a second try, from 1 on. */
  renamed(path: string, attempt: number): string
}

/** How many names are tried before a place counts as taken. */
const MAX_ATTEMPTS = 50

/** Finds where something may go under the person's policy. What cannot be merged is skipped by default. */
export function findSpot(wanted: Wanted, view: TargetView): Spot {
  const first = look(wanted, wanted.path, view)
  if (first.type !== 'taken') return first
  if (wanted.onConflict === 'overwrite') return { type: 'replace', path: wanted.path }
  if (wanted.onConflict !== 'rename') return first
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const next = look(wanted, wanted.renamed(wanted.path, attempt), view)
    if (next.type !== 'taken') return next
  }
  return first
}

function look(wanted: Wanted, path: string, view: TargetView): Spot {
  const kind = view.kindOf(path)
  if (kind === 'missing') return { type: 'free', path }
  if (kind === wanted.as && wanted.isSame(path)) return { type: 'same', path }
  return { type: 'taken', path, reason: whyTaken(path, kind, wanted.as) }
}

function whyTaken(path: string, kind: 'file' | 'directory' | 'other', as: Wanted['as']): FateReason {
  if (kind === as) return { code: 'target-exists', message: `${path} is there already, and is different` }
  const word = { file: 'a file', directory: 'a folder', other: 'neither a file nor a folder' }[kind]
  return {
    code: `target-is-${kind === 'directory' ? 'folder' : kind}`,
    message: `${path} is in the way: it is ${word}`,
  }
}
