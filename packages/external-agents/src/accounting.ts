import type { ImportProblem } from './fact.js'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import type { PlannedArtifact } from './kind.js'
import { failureRecord, problemOf } from './problems.js'
import { resultOrder } from './registry.js'
import type {
  Account,
  AccountFact,
  EnvironmentNeed,
  FailureRecord,
  ItemResult,
  ItemTypeResult,
  MigrationItemType,
  SkippedRecord,
  StepResult,
  SuccessRecord,
} from './wire.js'

/** Both projections of one result. They always say the same. */
export interface Projections<R extends ItemResult = ItemResult> {
  readonly itemTypeResults: readonly ItemTypeResult[]
  readonly itemResults: readonly R[]
}

/**
 * What became of one item of the request.
 *
 * @param failed what went wrong while writing, by artifact; what failed in planning is known from the plan
 */
export function stepResult(planned: PlannedItem, failed: ReadonlyMap<PlannedArtifact, ImportProblem>): StepResult {
  const { item, artifacts, problems, impossible } = planned
  const cwd = item.cwd ?? null
  const successes: SuccessRecord[] = []
  const skipped: SkippedRecord[] = []
  const errors = [...(impossible ? [impossible] : []), ...problems]
  for (const artifact of impossible ? [] : artifacts) {
    const { outcome } = artifact
    const problem = outcome.type === 'failed' ? outcome.problem : failed.get(artifact)
    if (problem) errors.push(problem)
    else if (outcome.type === 'change') successes.push(success(artifact, cwd))
    else if (outcome.type !== 'later') skipped.push(skip(artifact, cwd))
  }
  const rawErrors = errors.map((error) => failureRecord(error, cwd))
  const counts = { successCount: successes.length, errorCount: rawErrors.length }
  return { itemType: item.itemType, description: item.description, cwd, ...counts, successes, rawErrors, skipped }
}

/** An item that the end of the work did not reach. */
export function stepNotDone(item: PlannedItem, error: unknown): StepResult {
  const impossible = problemOf(item.item.itemType, error)
  return stepResult({ ...item, artifacts: [], problems: [], impossible }, new Map())
}

/** One step in both projections. */
export function projectStep(step: StepResult): Projections<StepResult> {
  return { itemTypeResults: [typeResult(step)], itemResults: [step] }
}

/** All steps in both projections: one row for each type, in the fixed order, in each the records in the order of the steps. */
export function projectAll(steps: readonly StepResult[]): Projections {
  const itemResults = resultOrder
    .map((itemType) => steps.filter((step) => step.itemType === itemType))
    .filter((same) => same.length > 0)
    .map((same) => merged(same[0]!.itemType, same))
  return { itemTypeResults: itemResults.map(typeResult), itemResults }
}

/** Every fact of what was selected, with its fate, and how many ended how. */
export function accountOf(plan: ImportPlan): Account {
  const facts = plan.items.flatMap(({ artifacts }) => artifacts.flatMap(factsOf))
  const count = (fate: AccountFact['fate']) => facts.filter((fact) => fact.fate === fate).length
  const counts = {
    mapped: count('mapped'),
    rewritten: count('rewritten'),
    dropped: count('dropped'),
    needsAction: count('needs-action'),
  }
  return { facts, counts }
}

/** The variables that must be set, in the order in which they are first needed, each with the names that need it. */
export function environmentOf(plan: ImportPlan): EnvironmentNeed[] {
  const users = new Map<string, Set<string>>()
  for (const { artifacts } of plan.items) {
    for (const { environment, name, target } of artifacts) {
      for (const variable of environment) users.set(variable, (users.get(variable) ?? new Set()).add(name ?? target))
    }
  }
  return [...users].map(([name, usedBy]) => ({ name, usedBy: [...usedBy] }))
}

/**
 * Throws unless every fact that was read has exactly one fate, and every fate is that of a fact that was read. For tests.
 *
 * Items that cannot be done at all, and were not planned, have no fates.
 */
export function assertAccounted(plan: ImportPlan): void {
  for (const { item, facts, artifacts, notSelected, impossible } of plan.items) {
    if (impossible && artifacts.length === 0) continue
    const read = facts.map(({ id }) => id).sort()
    const fated = [...artifacts, ...notSelected].flatMap(({ fates }) => fates.map(({ fact }) => fact.id)).sort()
    const twice = [
      ...duplicates(read).map((id) => `read twice: ${id}`),
      ...duplicates(fated).map((id) => `two fates: ${id}`),
    ]
    const lost = read.filter((id) => !fated.includes(id)).map((id) => `no fate: ${id}`)
    const foreign = fated.filter((id) => !read.includes(id)).map((id) => `never read: ${id}`)
    const wrong = [...twice, ...lost, ...foreign]
    if (wrong.length > 0) throw new Error(`${item.itemType} at ${item.cwd ?? 'home'}: ${wrong.join('; ')}`)
  }
}

function merged(itemType: MigrationItemType, steps: readonly StepResult[]): ItemResult {
  const successes = steps.flatMap((step) => step.successes)
  const rawErrors = steps.flatMap((step) => step.rawErrors)
  const skipped = steps.flatMap((step) => step.skipped)
  const counts = { successCount: successes.length, errorCount: rawErrors.length }
  const facts = steps.flatMap((step) => step.facts ?? [])
  return { itemType, ...counts, successes, rawErrors, skipped, ...(facts.length > 0 && { facts }) }
}

function typeResult({ itemType, successes, rawErrors }: ItemResult): ItemTypeResult {
  return { itemType, successes, failures: rawErrors as readonly FailureRecord[] }
}

function success(
  { itemType, source, target, sourcePath, targetPath }: PlannedArtifact,
  cwd: string | null,
): SuccessRecord {
  return { itemType, cwd, source, target, title: null, sourcePath, targetPath }
}

function skip(artifact: PlannedArtifact, cwd: string | null): SkippedRecord {
  const { itemType, source, sourcePath, targetPath, outcome } = artifact
  const reason =
    outcome.type === 'skipped'
      ? outcome.reason
      : { code: 'already-there', message: `${targetPath} says all of it already` }
  return { itemType, cwd, source, reason: reason.code, message: reason.message, sourcePath, targetPath }
}

function factsOf({ fates, itemType, name }: PlannedArtifact): AccountFact[] {
  return fates.map((fate) => ({
    id: fate.fact.id,
    file: fate.fact.file,
    pointer: fate.fact.pointer,
    fate: fate.fate,
    reason: fate.reason ?? null,
    action: fate.fate === 'needs-action' ? fate.action : null,
    target: ('target' in fate ? fate.target : undefined) ?? null,
    itemType,
    name,
  }))
}

function duplicates(sorted: readonly string[]): string[] {
  return sorted.filter((id, index) => index > 0 && id === sorted[index - 1])
}
