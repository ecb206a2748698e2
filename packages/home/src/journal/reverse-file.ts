import { rmSync } from 'node:fs'
import { HomeError, NotAFileError } from '../errors.js'
import { digestOf, readIfThere } from '../files/digest.js'
import { writeFileAtomic } from '../files/write-atomic.js'
import type { LoadedJournal } from './load.js'
import { digestsLeft } from './made.js'
import type { RecordedFile } from './record.js'
import type { OpenReport } from './report.js'

/** Gives a file back its old content, if it still holds what the import left. Writes to disk. Call under the file's lock. */
export function reverseFile(journal: LoadedJournal, file: RecordedFile, report: OpenReport): void {
  const { target, digest } = file
  const wasReached = indexesOf(journal, target).some(
    (index) => journal.writing.has(index) || journal.applied.has(index),
  )
  const now = contentOf(target)
  if (now === 'no file') {
    kept(report, target, 'it is no file any more')
    return
  }
  const nowDigest = now === undefined ? null : digestOf(now)
  if (nowDigest === digest) return

  const isOurs =
    nowDigest !== null && indexesOf(journal, target).some((index) => digestsLeft(journal, index).has(nowDigest))
  if (!isOurs) {
    if (wasReached) kept(report, target, nowDigest === null ? 'it was removed since' : 'it was changed since')
    return
  }
  if (digest === null) {
    rmSync(target)
    report.removed.push(target)
    return
  }
  const before = journal.blobs.get(digest)
  if (!before) throw new HomeError('JOURNAL', `${journal.folder} is damaged: the content of ${target} is missing`)
  writeFileAtomic(target, before, { expected: nowDigest, durable: true })
  report.restored.push(target)
}

function indexesOf({ begin }: LoadedJournal, target: string): number[] {
  return begin.changes.flatMap((change, index) =>
    change.target === target && change.type !== 'copyTree' ? [index] : [],
  )
}

function kept(report: OpenReport, path: string, reason: string): void {
  report.kept.push({ path, reason })
}

function contentOf(target: string): Buffer | 'no file' | undefined {
  try {
    return readIfThere(target)
  } catch (error) {
    if (error instanceof NotAFileError) return 'no file'
    throw error
  }
}
