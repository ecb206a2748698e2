import { type Change, JsonEditRefused, type MergeJson, type MergeToml, TomlEditRefused } from '@gangway/home'
import { previewChanges } from '@gangway/home/editing'
import type { ImportProblem } from './fact.js'
import type { PlannedArtifact } from './kind.js'
import { problemOf } from './problems.js'
import { isMerge, reduced, type WorkUnit } from './work.js'

/** What came of trying changes together. */
export interface Feasible<T> {
  /** What each unit does, without what was refused. In order; `result` speaks of these. */
  readonly changes: ReadonlyMap<WorkUnit, Change>
  /** Undefined when nothing is left. */
  readonly result: T | undefined
  /** Why an artifact cannot be done over what is there now. */
  readonly refused: ReadonlyMap<PlannedArtifact, ImportProblem>
}

/**
 * Tries `attempt` with the changes of all units; when it refuses one, without that one, until it accepts the rest. Of a
 * joined merge that an editor refuses, only the parts are left out that it refuses alone.
 *
 * An error that names no path of theirs refuses them all.
 */
export function withoutRefused<T>(units: readonly WorkUnit[], attempt: (changes: readonly Change[]) => T): Feasible<T> {
  const refused = new Map<PlannedArtifact, ImportProblem>()
  const changes = new Map(units.map((unit) => [unit, unit.change]))
  while (changes.size > 0) {
    try {
      return { changes, result: attempt([...changes.values()]), refused }
    } catch (error) {
      for (const unit of guiltyUnits(changes, error)) {
        const parts = refusedParts(unit, error)
        for (const [artifact, reason] of parts) refused.set(artifact, reason)
        const rest = reduced(unit, (artifact) => !refused.has(artifact))
        if (rest && parts.size < unit.owners.length) changes.set(unit, rest)
        else changes.delete(unit)
      }
    }
  }
  return { changes, result: undefined, refused }
}

/** Those that are about the path the error names: those of them that are refused alone, else the last; all without a path. */
function guiltyUnits(changes: ReadonlyMap<WorkUnit, Change>, error: unknown): readonly WorkUnit[] {
  const path = pathOf(error)
  const about = [...changes.keys()].filter(({ change }) => change.path === path)
  if (about.length === 0) return [...changes.keys()]
  if (about.length === 1) return about
  const alone = about.filter((unit) => errorOf(() => previewChanges([changes.get(unit)!])) !== undefined)
  return alone.length > 0 ? alone : about.slice(-1)
}

/** Which owners of a unit are to blame: all, or of a joined merge those whose part is refused alone. */
function refusedParts(unit: WorkUnit, error: unknown): ReadonlyMap<PlannedArtifact, ImportProblem> {
  const all = new Map(unit.owners.map(({ artifact }) => [artifact, problemOf(artifact.itemType, error)]))
  const isRefusedEdit = error instanceof TomlEditRefused || error instanceof JsonEditRefused
  if (!isRefusedEdit || !isMerge(unit.change) || unit.owners.length < 2) return all
  const guilty = new Map<PlannedArtifact, ImportProblem>()
  for (const { artifact, patch } of unit.owners) {
    const reason = errorOf(() => previewChanges([{ ...(unit.change as MergeToml | MergeJson), patch: patch ?? {} }]))
    if (reason !== undefined) guilty.set(artifact, problemOf(artifact.itemType, reason))
  }
  return guilty.size > 0 ? guilty : all
}

function errorOf(attempt: () => unknown): unknown {
  try {
    attempt()
    return undefined
  } catch (error) {
    return error ?? new Error('refused')
  }
}

function pathOf(error: unknown): unknown {
  const named = error as { path?: unknown; file?: unknown } | null
  return named?.path ?? named?.file
}
