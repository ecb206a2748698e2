import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Image, imageAt, isTheSame } from './image.js'
import type { LoadedJournal } from './load.js'
import { treeDigests, wasMade } from './made.js'
import { replacedFolder } from './record.js'
import type { OpenPlan } from './reversal-plan.js'

/**
 * Plans that the files of a copied tree go which are as the import left them, and that what the tree replaced comes back.
 * Reads the disk.
 *
 * @param undone imports before this one that were undone since, the latest first
 */
export function planTree(
  journal: LoadedJournal,
  index: number,
  undone: readonly LoadedJournal[],
  plan: OpenPlan,
): void {
  const change = journal.begin.changes[index]
  if (!change) return
  const { target } = change
  const replaced = join(journal.folder, replacedFolder, String(index))
  const old = imageAt(replaced)
  if (old === null && (change.replaces || !wasMade(journal, index))) return
  const keptBefore = plan.kept.length
  const images: Images = new Map()
  const isGone = takeAway(target, treeDigests(journal, index), images, plan)
  if (old !== null) {
    const before = whatStoodThere(replaced, target, undone)
    if (isGone && plan.kept.length === keptBefore) {
      if (before !== undefined) putBack(before, target, images, plan)
    } else plan.kept.push({ path: target, reason: `it was changed since; what was there before is in ${replaced}` })
  }
  for (const [path, { before, after }] of images) {
    if (!isTheSame(before, after)) plan.steps.push({ type: 'path', path, before, after })
  }
}

/** Where that is which stood at `target` before the import: not what an import had made that was undone since, but what stood there before that. */
function whatStoodThere(replaced: string, target: string, undone: readonly LoadedJournal[]): string | undefined {
  let path = replaced
  for (const earlier of undone) {
    const index = earlier.begin.changes.findIndex((change) => change.type === 'copyTree' && change.target === target)
    if (index === -1 || !isAsMade(path, path, target, treeDigests(earlier, index))) continue
    path = join(earlier.folder, replacedFolder, String(index))
    if (imageAt(path) === null) return undefined
  }
  return path
}

/** Whether every file below `path` is one that a tree at `target` was made of. */
function isAsMade(path: string, root: string, target: string, digests: ReadonlyMap<string, string>): boolean {
  const image = imageAt(path)
  if (image?.type === 'file') return digests.get(target + path.slice(root.length)) === image.digest
  if (image?.type !== 'folder') return false
  return readdirSync(path).every((name) => isAsMade(join(path, name), root, target, digests))
}

type Images = Map<string, { readonly before: Image; after: Image }>

/** Depth first, so that folders that are empty in the end go too. Gives whether nothing is left at `path`. */
function takeAway(path: string, digests: ReadonlyMap<string, string>, images: Images, plan: OpenPlan): boolean {
  const before = imageAt(path)
  if (before === null) return true
  if (before.type === 'folder') {
    const areGone = readdirSync(path)
      .sort()
      .map((name) => takeAway(join(path, name), digests, images, plan))
    if (!areGone.every(Boolean)) return false
  } else if (before.type !== 'file' || digests.get(path) !== before.digest) {
    plan.kept.push({ path, reason: digests.has(path) ? 'it was changed since' : 'it was added since' })
    return false
  } else plan.contents.set(before.digest, { copyOf: path })
  images.set(path, { before, after: null })
  return true
}

function putBack(from: string, path: string, images: Images, plan: OpenPlan): void {
  const after = imageAt(from)
  if (after === null || after.type === 'other') return
  const there = images.get(path)
  if (there) there.after = after
  else images.set(path, { before: null, after })
  if (after.type === 'file') plan.contents.set(after.digest, { copyOf: from })
  if (after.type !== 'folder') return
  for (const name of readdirSync(from).sort()) putBack(join(from, name), join(path, name), images, plan)
}
