import { lstatSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { HomeLayout } from '../layout.js'
import { imageAt } from './image.js'
import { type LoadedJournal, loadJournal } from './load.js'
import { planFile } from './plan-file.js'
import { planTree } from './plan-tree.js'
import type { OpenPlan, ReversalPlan } from './reversal-plan.js'
import { planThreads, type ThreadGuard } from './threads.js'
import { undoneImportsBefore } from './undone-imports.js'

/** Plans to undo the import whose journal is in `folder`, as the disk is now. Reads the disk, writes nothing. */
export function planImportReversal(layout: HomeLayout, folder: string, guard: ThreadGuard): ReversalPlan {
  const plan: OpenPlan = { steps: [], contents: new Map(), merged: [], kept: [] }
  planThreads(layout, folder, plan, guard)
  const journal = loadJournal(folder)
  if (!journal) return plan
  const undone = undoneImportsBefore(layout, journal)
  for (let index = journal.begin.changes.length - 1; index >= 0; index--) {
    if (journal.begin.changes[index]?.type === 'copyTree') planTree(journal, index, undone, plan)
  }
  const planned = new Set(plan.steps.flatMap((step) => (step.type === 'path' ? [step.path] : [])))
  for (const file of journal.begin.files.toReversed())
    if (!planned.has(file.target)) planFile(journal, file, undone, plan)
  planEmptyFolders([journal, ...undone], plan)
  return plan
}

/** The folders that the import, or one before that was undone, made go when nothing is left in them. */
function planEmptyFolders([journal, ...undone]: readonly LoadedJournal[], plan: OpenPlan): void {
  const gone = new Set(plan.steps.flatMap((step) => (step.type === 'path' && step.after === null ? [step.path] : [])))
  const others = undone.flatMap(({ begin }) => begin.missingFolders).filter((path) => hasOneBelow(gone, path))
  const folders = new Set([...(journal?.begin.missingFolders ?? []), ...others])
  for (const path of [...folders].sort((a, b) => b.length - a.length)) {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) continue
    if (!readdirSync(path).every((name) => gone.has(join(path, name)))) continue
    gone.add(path)
    plan.steps.push({ type: 'path', path, before: imageAt(path), after: null })
  }
}

function hasOneBelow(paths: ReadonlySet<string>, folder: string): boolean {
  return [...paths].some((path) => path.startsWith(folder + sep))
}
