import { statSync } from 'node:fs'
import { ChangeConflict, NotAFileError } from '../errors.js'
import { digestOf, readIfThere } from '../files/digest.js'
import { throughLinks } from '../files/write-atomic.js'
import { unmerge } from '../merge/unmerge.js'
import { changesOf, type ImportedVersions, versionsOf } from './file-versions.js'
import type { LoadedJournal } from './load.js'
import { digestsLeft } from './made.js'
import type { RecordedFile } from './record.js'
import type { OpenPlan } from './reversal-plan.js'

/**
 * Plans that a file gets back what it held before: as it was where nobody went on in it, else without what the import wrote,
 * else not at all. Reads the disk.
 *
 * @param undone imports before this one that were undone since, the latest first
 */
export function planFile(
  journal: LoadedJournal,
  file: RecordedFile,
  undone: readonly LoadedJournal[],
  plan: OpenPlan,
): void {
  const now = standingAt(file.target)
  if (typeof now === 'string') {
    plan.kept.push({ path: file.target, reason: now })
    return
  }
  if ((now?.digest ?? null) === file.digest) return
  const versions = versionsOf(journal, file, undone)
  if (now && versions.before && now.digest === digestOf(versions.before)) return
  if (now && isOurs(journal, file.target, now.digest, versions)) planOld(file, now, versions, plan)
  else if (!wasReached(journal, file.target)) return
  else if (now) planUnmerged(file, now, versions, plan)
  else if (versions.before) plan.kept.push({ path: file.target, reason: 'it was removed since' })
}

/** A file as it is. */
interface StandingFile {
  /** Where links at its place lead. */
  readonly path: string
  readonly bytes: Buffer
  readonly digest: string
  readonly mode: number
}

/** The file at a path, or why there is none that could be given back. */
function standingAt(target: string): StandingFile | string | undefined {
  try {
    const path = throughLinks(target)
    const bytes = readIfThere(path)
    if (!bytes) return path === target ? undefined : 'it is a link to nothing now'
    return { path, bytes, digest: digestOf(bytes), mode: statSync(path).mode & 0o7777 }
  } catch (error) {
    if (error instanceof NotAFileError) return 'it is no file any more'
    if (error instanceof ChangeConflict) return error.reason
    throw error
  }
}

function planOld({ target }: RecordedFile, now: StandingFile, { before }: ImportedVersions, plan: OpenPlan): void {
  if (before || now.path === target) addStep(plan, now, before)
  else plan.kept.push({ path: target, reason: 'it was replaced by a link since' })
}

function planUnmerged(
  { target }: RecordedFile,
  now: StandingFile,
  { before, after, format, isWhole }: ImportedVersions,
  plan: OpenPlan,
): void {
  // Tables that somebody set further keys in would be half a thing without the rest; of prose what they wrote can stand alone.
  const isOneThing = isWhole && format !== 'text'
  const unmerged = after && !isOneThing ? unmerge(format, { before, after, now: now.bytes }, target) : undefined
  if (!unmerged) {
    plan.kept.push({ path: target, reason: 'it was changed since' })
    return
  }
  for (const key of unmerged.changedSince) plan.kept.push({ path: target, reason: `${key} was changed since` })
  const bytes = Buffer.from(unmerged.text)
  if (digestOf(bytes) === now.digest) return
  plan.merged.push(now.path)
  addStep(plan, now, before === undefined && unmerged.text.trim() === '' ? undefined : bytes)
}

function addStep(plan: OpenPlan, now: StandingFile, after: Buffer | undefined): void {
  const { path, digest, mode } = now
  plan.contents.set(digest, { copyOf: path })
  if (after) plan.contents.set(digestOf(after), after)
  const image = (one: string) => ({ type: 'file', digest: one, mode }) as const
  plan.steps.push({ type: 'path', path, before: image(digest), after: after ? image(digestOf(after)) : null })
}

function isOurs(journal: LoadedJournal, target: string, digest: string, { after }: ImportedVersions): boolean {
  if (after && digestOf(after) === digest) return true
  return changesOf(journal, target).some((index) => digestsLeft(journal, index).has(digest))
}

function wasReached(journal: LoadedJournal, target: string): boolean {
  return changesOf(journal, target).some((index) => journal.writing.has(index) || journal.applied.has(index))
}
