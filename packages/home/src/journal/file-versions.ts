import { HomeError } from '../errors.js'
import { digestOf } from '../files/digest.js'
import { type TextFormat, unmerge } from '../merge/unmerge.js'
import { formatOf } from './join-begins.js'
import type { LoadedJournal } from './load.js'
import type { RecordedFile } from './record.js'

/** A file right before and right after an import. */
export interface ImportedVersions {
  /** Undefined: there was no file. */
  readonly before: Buffer | undefined
  /** Undefined: the journal does not hold it. */
  readonly after: Buffer | undefined
  readonly format: TextFormat
  /** The import wrote the file whole where there was none: without what it wrote nothing is left of it. */
  readonly isWhole: boolean
}

/**
 * What a file held around an import, by its journal; less what earlier imports had written that were undone since.
 *
 * @param undone the latest first
 * @throws HomeError `JOURNAL` when a content is missing
 */
export function versionsOf(
  journal: LoadedJournal,
  file: RecordedFile,
  undone: readonly LoadedJournal[],
): ImportedVersions {
  return undone.reduce(
    (versions, earlier) => {
      const other = earlier.begin.files.find(({ target }) => target === file.target)
      return other ? without(versions, recorded(earlier, other), file.target) : versions
    },
    recorded(journal, file),
  )
}

/** Indexes of the changes of a file that is written by itself. */
export function changesOf({ begin }: LoadedJournal, target: string): number[] {
  return begin.changes.flatMap((change, index) =>
    change.target === target && change.type !== 'copyTree' ? [index] : [],
  )
}

function recorded(journal: LoadedJournal, { target, digest }: RecordedFile): ImportedVersions {
  const before = digest === null ? undefined : journal.blobs.get(digest)
  if (digest !== null && !before) {
    throw new HomeError('JOURNAL', `${journal.folder} is damaged: the content of ${target} is missing`)
  }
  const indexes = changesOf(journal, target)
  const types = indexes.map((index) => journal.begin.changes[index]?.type)
  const last = indexes.findLast((index) => journal.writing.has(index))
  const left = last === undefined ? undefined : journal.writing.get(last)?.[0]?.digest
  const after = left === undefined ? undefined : journal.blobs.get(left)
  return { before, after, format: formatOf(target, types), isWhole: digest === null && types.includes('writeFile') }
}

function without(versions: ImportedVersions, earlier: ImportedVersions, file: string): ImportedVersions {
  const { after: made } = earlier
  if (!made) return versions
  const less = (bytes: Buffer | undefined): Buffer | undefined => {
    if (!bytes || digestOf(bytes) === digestOf(made)) return bytes && earlier.before
    const unmerged = unmerge(versions.format, { before: earlier.before, after: made, now: bytes }, file)
    return unmerged ? Buffer.from(unmerged.text) : bytes
  }
  const before = less(versions.before)
  return { ...versions, before, after: less(versions.after), isWhole: versions.isWhole || (!before && earlier.isWhole) }
}
