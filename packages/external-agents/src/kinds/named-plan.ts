import type { Change } from '@gangway/home'
import type { ArtifactBase } from '../artifact.js'
import type { FactFate, FateReason } from '../fact.js'
import { ImportFailure, type PlannedArtifact, type TargetView } from '../kind.js'
import { allDropped } from './fate-list.js'

/** Where a named artifact would go. */
export interface NamedTarget {
  /** By which a selection names it. */
  readonly name: string
  readonly path: string
  /** What the record calls the target, when that is not `name`. */
  readonly label?: string
}

/** The plan of an artifact that was left alone by its source or could not be read; undefined for all others. */
export function planUnusable(artifact: ArtifactBase, target: NamedTarget): PlannedArtifact | undefined {
  if (artifact.notTaken) return planSkipped(artifact, target, artifact.notTaken)
  if (!artifact.problem) return undefined
  const { subErrorType, message } = artifact.problem
  const fates = allDropped(artifact.facts, { code: subErrorType.replaceAll('_', '-'), message })
  return { ...base(artifact, target), outcome: { type: 'failed', problem: artifact.problem }, fates }
}

/** An artifact that stays where it is, with all its facts. */
export function planSkipped(artifact: ArtifactBase, target: NamedTarget, reason: FateReason): PlannedArtifact {
  return { ...base(artifact, target), outcome: { type: 'skipped', reason }, fates: allDropped(artifact.facts, reason) }
}

/** An artifact that is written by `changes`, or is there already when there are none. */
export function planChanges(
  artifact: ArtifactBase,
  target: NamedTarget,
  changes: readonly Change[],
  fates: readonly FactFate[],
): PlannedArtifact {
  const outcome = changes.length > 0 ? { type: 'change' as const, changes } : { type: 'nothing' as const }
  return { ...base(artifact, target), outcome, fates }
}

/** @throws ImportFailure when nothing can be made at `path` */
export function refuseBlocked(path: string, view: TargetView, itemType: PlannedArtifact['itemType']): void {
  const problem = view.blockedBecause(path)
  if (problem) throw new ImportFailure({ ...problem, itemType })
}

/** @throws ImportFailure when nothing can be made in `folder`, which need not exist */
export function refuseClosed(folder: string, view: TargetView, itemType: PlannedArtifact['itemType']): void {
  refuseBlocked(`${folder}/new`, view, itemType)
}

function base(artifact: ArtifactBase, target: NamedTarget): Omit<PlannedArtifact, 'outcome' | 'fates'> {
  return {
    itemType: artifact.itemType,
    name: target.name,
    source: target.name,
    target: target.label ?? target.name,
    sourcePath: artifact.path,
    targetPath: target.path,
    environment: [],
  }
}
