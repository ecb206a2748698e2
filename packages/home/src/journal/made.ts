import { lstatSync } from 'node:fs'
import { stagePath } from '../changes/copy-tree.js'
import { digestOf, readIfThere } from '../files/digest.js'
import type { LoadedJournal } from './load.js'
import type { RecordedChange } from './record.js'

/** Whether a change was made, by its record or, where a crash cut that short, by what is on the disk. Reads the disk. */
export function wasMade(journal: LoadedJournal, index: number): boolean {
  if (journal.applied.has(index)) return true
  const change = journal.begin.changes[index]
  if (!change) return false
  if (change.type === 'copyTree') return treeWasMade(journal, change, index)
  const now = readIfThere(change.target)
  if (now === undefined || isAsBefore(journal, change, now)) return false
  const digest = digestOf(now)
  return digestsLeft(journal, index).has(digest) || isPlannedLater(journal, index, digest)
}

/** The digests that a change may have left in its file: as noted just before writing, and as planned. */
export function digestsLeft(journal: LoadedJournal, index: number): ReadonlySet<string> {
  const planned = journal.begin.changes[index]?.after
  const noted = journal.writing.get(index)?.map(({ digest }) => digest) ?? []
  return new Set(planned === undefined ? noted : [...noted, planned])
}

/** The digests of a tree's files, by absolute path: as noted just before the rename, else as planned. Reads the disk. */
export function treeDigests(journal: LoadedJournal, index: number): ReadonlyMap<string, string> {
  const noted = journal.writing.get(index)
  if (noted) return new Map(noted.map(({ path, digest }) => [path, digest]))
  const planned = journal.begin.changes[index]?.tree ?? []
  return new Map(
    planned.flatMap(({ path, digest, source }) => {
      const known = digest ?? sourceDigest(source)
      return known === undefined ? [] : [[path, known] as const]
    }),
  )
}

function treeWasMade(journal: LoadedJournal, change: RecordedChange, index: number): boolean {
  if (lstatSync(stagePath(change.target, change.stageId), { throwIfNoEntry: false })) return false
  if (!lstatSync(change.target, { throwIfNoEntry: false })?.isDirectory()) return false
  return [...treeDigests(journal, index)].every(([path, digest]) => {
    const now = readIfThere(path)
    return now !== undefined && digestOf(now) === digest
  })
}

/** What was planned for a later change of the same file builds upon this one. */
function isPlannedLater({ begin }: LoadedJournal, index: number, digest: string): boolean {
  const target = begin.changes[index]?.target
  return begin.changes.slice(index + 1).some((change) => change.target === target && change.after === digest)
}

function isAsBefore(journal: LoadedJournal, change: RecordedChange, now: Uint8Array): boolean {
  return journal.begin.files.some(({ target, digest }) => target === change.target && digest === digestOf(now))
}

function sourceDigest(source: string | undefined): string | undefined {
  const bytes = source === undefined ? undefined : readIfThere(source)
  return bytes && digestOf(bytes)
}
