import { isDeepStrictEqual } from 'node:util'
import type { Change, MergeJson, MergeToml, Table } from '@gangway/home'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import type { PlannedArtifact } from './kind.js'
import { canJoin, joinPatches } from './merge-patch.js'

/** One change that will be made, for all artifacts that need it. */
export interface WorkUnit {
  readonly change: Change
  /** Those that fail if it fails. For a merge: what each of them wants merged, in order. */
  readonly owners: { readonly artifact: PlannedArtifact; readonly patch?: Table }[]
}

/** What is to be done for one item of the request. */
export interface ItemWork {
  readonly item: PlannedItem
  /** To be made now, in this order. What an earlier item makes already is not here. */
  readonly units: readonly WorkUnit[]
  /** Everything an artifact stands on, also what an earlier item makes. */
  readonly needs: ReadonlyMap<PlannedArtifact, readonly WorkUnit[]>
}

/**
 * The changes of a plan as they will be made: equal ones once, merges of one item into one file joined, files before the
 * documents that name them.
 */
export function workOf(plan: ImportPlan): readonly ItemWork[] {
  const made = new Map<string, WorkUnit[]>()
  return plan.items.map((item) => itemWork(item, made))
}

/** Every unit of a plan, in the order in which they are made. */
export function unitsOf(work: readonly ItemWork[]): WorkUnit[] {
  return work.flatMap(({ units }) => units)
}

/** The merge of only those parts that `keep` says, or undefined when none is left. Other changes stay as they are. */
export function reduced(unit: WorkUnit, keep: (artifact: PlannedArtifact) => boolean): Change | undefined {
  const owners = unit.owners.filter(({ artifact }) => keep(artifact))
  if (owners.length === 0) return undefined
  if (!isMerge(unit.change) || owners.length === unit.owners.length) return unit.change
  return { ...unit.change, patch: joined(owners) }
}

export function isMerge(change: Change): change is MergeToml | MergeJson {
  return change.type === 'mergeToml' || change.type === 'mergeJson'
}

function itemWork(item: PlannedItem, made: Map<string, WorkUnit[]>): ItemWork {
  const files: WorkUnit[] = []
  const groups: MergeGroup[] = []
  const wanted = new Map<PlannedArtifact, (WorkUnit | MergeGroup)[]>()
  for (const artifact of item.impossible ? [] : item.artifacts) {
    if (artifact.outcome.type !== 'change') continue
    const list = artifact.outcome.changes.map((change) =>
      isMerge(change) ? mergeGroup(change, artifact, groups) : fileUnit(change, artifact, made, files),
    )
    wanted.set(artifact, list)
  }
  const units = new Map<WorkUnit | MergeGroup, WorkUnit>(groups.map((group) => [group, joinedUnit(group)]))
  const needs = new Map<PlannedArtifact, readonly WorkUnit[]>()
  for (const [artifact, list] of wanted)
    needs.set(
      artifact,
      list.map((one) => units.get(one) ?? (one as WorkUnit)),
    )
  return { item, units: [...files, ...units.values()], needs }
}

/** Merges into one file that can be one edit. */
interface MergeGroup {
  readonly first: MergeToml | MergeJson
  readonly owners: { readonly artifact: PlannedArtifact; readonly patch: Table }[]
}

/** The last group for the file, if the change can be joined to all of it, or a new one. */
function mergeGroup(change: MergeToml | MergeJson, artifact: PlannedArtifact, groups: MergeGroup[]): MergeGroup {
  const last = groups.findLast(({ first }) => first.type === change.type && first.path === change.path)
  const fits = last?.owners.every(({ patch }) => canJoin(patch, change.patch))
  const group = last && fits ? last : { first: change, owners: [] }
  if (group !== last) groups.push(group)
  group.owners.push({ artifact, patch: change.patch })
  return group
}

function joinedUnit({ first, owners }: MergeGroup): WorkUnit {
  return { change: { ...first, patch: joined(owners) }, owners }
}

/** The unit that makes `change`, for this artifact too; an equal one that is there already, or a new one. */
function fileUnit(
  change: Change,
  artifact: PlannedArtifact,
  made: Map<string, WorkUnit[]>,
  files: WorkUnit[],
): WorkUnit {
  const there = made.get(change.path) ?? []
  const known = there.find((unit) => isDeepStrictEqual(unit.change, change))
  if (known) {
    known.owners.push({ artifact })
    return known
  }
  const unit: WorkUnit = { change, owners: [{ artifact }] }
  made.set(change.path, [...there, unit])
  files.push(unit)
  return unit
}

function joined(owners: WorkUnit['owners']): Table {
  return owners.map(({ patch }) => patch ?? {}).reduce(joinPatches)
}
