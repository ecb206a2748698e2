import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ContentStore } from './content-store.js'
import { holdsTheSame, imageAt, isTheSame } from './image.js'
import type { OpenPlan, PlannedContent, ReversalPlan } from './reversal-plan.js'
import { contentFolder, type PathStep, type UndoRecord, type UndoStep } from './undo-record.js'

/** Plans to undo an undo: each of its steps the other way round, the last one first, where the disk is as it left it. Reads the disk. */
export function planUndoReversal(folder: string, undo: UndoRecord): ReversalPlan {
  const plan: OpenPlan = { steps: [], contents: new Map(), merged: [], kept: [] }
  for (const step of undo.steps.toReversed()) {
    const turned = turnedRound(step)
    const reason = whatKeeps(turned)
    if (reason === 'done') continue
    if (reason !== undefined) {
      plan.kept.push({ path: placeOf(turned), reason })
      continue
    }
    plan.steps.push(turned)
    for (const digest of digestsOf(turned)) plan.contents.set(digest, contentIn(folder, digest))
  }
  return plan
}

/** Where a step finds what it changes. */
export function placeOf(step: UndoStep): string {
  return step.type === 'move' ? step.from : step.path
}

/** `done`: there is nothing to do; another text: why the step cannot be made; undefined: it can. Reads the disk. */
export function whatKeeps(step: UndoStep): string | undefined {
  switch (step.type) {
    case 'path':
      return whatKeepsPath(step)
    case 'move': {
      const [from, to] = [sizeOf(step.from), sizeOf(step.to)]
      if (from === undefined) return to === undefined ? 'it was removed since' : 'done'
      if (to !== undefined) return `${step.to} is there already`
      return from === step.bytes ? undefined : 'somebody went on in this thread'
    }
    case 'length': {
      const size = sizeOf(step.path)
      if (size === step.after) return 'done'
      if (size === undefined) return 'it was removed since'
      return size === step.before ? undefined : 'somebody went on in this thread'
    }
    default:
      return step satisfies never
  }
}

function whatKeepsPath({ path, before, after }: PathStep): string | undefined {
  const now = imageAt(path)
  if (isTheSame(now, after)) return 'done'
  if (holdsTheSame(now, before)) return undefined
  if (holdsTheSame(now, after)) return 'done'
  if (now === null) return 'it was removed since'
  return before === null ? 'there is something else now' : 'it was changed since'
}

function turnedRound(step: UndoStep): UndoStep {
  if (step.type === 'move') return { ...step, from: step.to, to: step.from }
  return { ...step, before: step.after, after: step.before } as UndoStep
}

function digestsOf(step: UndoStep): string[] {
  if (step.type === 'move') return []
  if (step.type === 'length') return [step.tail]
  return [step.before, step.after].flatMap((image) => (image?.type === 'file' ? [image.digest] : []))
}

function contentIn(folder: string, digest: string): PlannedContent {
  const path = join(folder, contentFolder, digest)
  return existsSync(path) ? { copyOf: path } : new ContentStore(folder).read(digest)
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}
