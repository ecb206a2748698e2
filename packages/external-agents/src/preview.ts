import { type FilePreview, previewChanges } from '@gangway/home/editing'
import { accountOf, environmentOf } from './accounting.js'
import type { ImportProblem } from './fact.js'
import { withoutRefused } from './feasible.js'
import type { ImportPlan, PlannedItem } from './import-plan.js'
import type { PlannedArtifact } from './kind.js'
import { failureRecord } from './problems.js'
import { unifiedDiff } from './unified-diff.js'
import type { PreviewArtifact, PreviewFile, PreviewItem, PreviewResult } from './wire.js'
import { unitsOf, type WorkUnit, workOf } from './work.js'

/** A plan as it is shown: items and artifacts, each file with its diff, the account of facts. Reads the disk. */
export async function previewPlan(plan: ImportPlan, digest: string): Promise<PreviewResult> {
  const { changes, result, refused } = withoutRefused(unitsOf(workOf(plan)), previewChanges)
  const units = [...changes.keys()]
  const files: PreviewFile[] = []
  for (const file of result ?? []) files.push(await shownFile(file, units))
  return {
    digest,
    items: plan.items.map((item) => shownItem(item, refused)),
    files,
    account: accountOf(plan),
    environment: environmentOf(plan),
    warnings: plan.warnings,
  }
}

async function shownFile(
  { path, status, before, after, changes }: FilePreview,
  units: readonly WorkUnit[],
): Promise<PreviewFile> {
  const owners = changes.flatMap((index) => units[index]?.owners ?? []).map(({ artifact }) => artifact)
  const names = new Set(owners.map(({ name }) => name))
  const isText = typeof before !== 'object' && typeof after !== 'object'
  return {
    path,
    status,
    diff: isText ? await unifiedDiff(path, before, after ?? '') : '',
    binary: !isText,
    itemType: owners[0]!.itemType,
    name: names.size === 1 ? owners[0]!.name : null,
  }
}

function shownItem(planned: PlannedItem, refused: ReadonlyMap<PlannedArtifact, ImportProblem>): PreviewItem {
  const { item, artifacts, problems, impossible } = planned
  const cwd = item.cwd ?? null
  const found = impossible ?? problems[0]
  return {
    itemType: item.itemType,
    description: item.description,
    cwd,
    artifacts: artifacts.map((artifact) => shownArtifact(artifact, cwd, refused.get(artifact))),
    error: found ? failureRecord(found, cwd) : null,
  }
}

function shownArtifact(
  artifact: PlannedArtifact,
  cwd: string | null,
  refused: ImportProblem | undefined,
): PreviewArtifact {
  const { name, source, target, sourcePath, targetPath, outcome } = artifact
  const problem = refused ?? (outcome.type === 'failed' ? outcome.problem : undefined)
  return {
    name,
    source,
    target,
    sourcePath,
    targetPath,
    outcome: problem ? 'failed' : outcome.type === 'later' ? 'change' : outcome.type,
    reason: outcome.type === 'skipped' ? outcome.reason : null,
    error: problem ? failureRecord(problem, cwd) : null,
  }
}
