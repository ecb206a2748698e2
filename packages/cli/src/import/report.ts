import { kindOrder } from './kind-names.js'
import { factsByArtifact } from './report-facts.js'
import { Records } from './report-records.js'
import type {
  AccountFact,
  FailureRecord,
  ItemResult,
  MigrationItemType,
  Preview,
  PreviewArtifact,
  PreviewItem,
} from './wire.js'

/** What became of one artifact. `notRun`: the import ended before its turn. */
export type ArtifactStatus = 'arrived' | 'nothing' | 'skipped' | 'failed' | 'notRun'

/** One artifact of the plan with its result and the fate of everything it says. */
export interface ReportArtifact {
  readonly itemType: MigrationItemType
  readonly cwd: string | null
  /** As a person calls it: its name, else the path it was read from. */
  readonly name: string
  readonly sourcePath: string
  readonly targetPath: string
  readonly status: ArtifactStatus
  /** Why it was skipped or failed. */
  readonly message: string | null
  readonly facts: readonly AccountFact[]
}

/** All there is to say about one kind. */
export interface ReportKind {
  readonly itemType: MigrationItemType
  readonly artifacts: readonly ReportArtifact[]
  /** Failures that belong to no single artifact, such as a target file that does not parse. */
  readonly failures: readonly FailureRecord[]
  /** Statements that belong to no artifact of the plan. */
  readonly facts: readonly AccountFact[]
}

/** How often each thing happened. `arrived`, `skipped`, `failed` count things, the others single statements in them. */
export interface ReportCounts {
  readonly arrived: number
  readonly unchanged: number
  readonly skipped: number
  readonly failed: number
  readonly rewritten: number
  readonly dropped: number
  readonly needsAction: number
}

/**
 * Joins a plan with what its import reported, kind by kind in the order of `kindNames`.
 *
 * @param results of the completed notification, or of the steps that were seen when it was interrupted;
 *   null while nothing has run: then what the plan wants to change counts as `notRun`
 */
export function joinReport(preview: Preview, results: readonly ItemResult[] | null): readonly ReportKind[] {
  const owned = factsByArtifact(preview)
  const claimed = new Set([...owned.values()].flat())
  const stray = preview.account.facts.filter((fact) => !claimed.has(fact))
  const kinds = new Map<MigrationItemType, { artifacts: ReportArtifact[]; failures: FailureRecord[] }>()
  const entry = (itemType: MigrationItemType) => {
    const existing = kinds.get(itemType)
    if (existing !== undefined) return existing
    const made = { artifacts: [], failures: [] }
    kinds.set(itemType, made)
    return made
  }
  const records = new Records(results ?? [])
  for (const item of preview.items) {
    const kind = entry(item.itemType)
    for (const artifact of item.artifacts) {
      kind.artifacts.push(reportArtifact(item, artifact, owned.get(artifact) ?? [], records))
    }
    if (item.error !== null && results === null) kind.failures.push(item.error)
  }
  for (const result of results ?? []) entry(result.itemType).failures.push(...records.unusedFailures(result))
  for (const fact of stray) entry(fact.itemType)
  return [...kinds]
    .map(([itemType, kind]) => ({
      itemType,
      ...kind,
      facts: stray.filter((fact) => fact.itemType === itemType),
    }))
    .sort((a, b) => kindOrder(a.itemType) - kindOrder(b.itemType))
}

/** Counts of one kind, or of several together. */
export function countReport(kinds: readonly ReportKind[]): ReportCounts {
  const artifacts = kinds.flatMap((kind) => kind.artifacts)
  const facts = kinds.flatMap((kind) => [...kind.facts, ...kind.artifacts.flatMap((artifact) => artifact.facts)])
  const withStatus = (status: ArtifactStatus) => artifacts.filter((artifact) => artifact.status === status).length
  const withFate = (fate: AccountFact['fate']) => facts.filter((fact) => fact.fate === fate).length
  return {
    arrived: withStatus('arrived'),
    unchanged: withStatus('nothing'),
    skipped: withStatus('skipped'),
    failed: withStatus('failed') + kinds.reduce((sum, kind) => sum + kind.failures.length, 0),
    rewritten: withFate('rewritten'),
    dropped: withFate('dropped'),
    needsAction: withFate('needs-action'),
  }
}

function reportArtifact(
  item: PreviewItem,
  artifact: PreviewArtifact,
  facts: readonly AccountFact[],
  records: Records,
): ReportArtifact {
  const base = {
    itemType: item.itemType,
    cwd: item.cwd,
    name: artifact.name ?? artifact.source,
    sourcePath: artifact.sourcePath,
    targetPath: artifact.targetPath,
    facts,
  }
  const success = records.takeSuccess(item, artifact)
  if (success !== undefined) {
    return { ...base, targetPath: success.targetPath ?? artifact.targetPath, status: 'arrived', message: null }
  }
  const failure = records.takeFailure(item, artifact)
  const error = failure ?? artifact.error ?? item.error
  if (error !== null && error !== undefined) return { ...base, status: 'failed', message: error.message }
  const skipped = records.takeSkipped(item, artifact)
  // What the person stopped before its turn was not skipped for a reason of its own.
  if (skipped?.reason === 'cancelled') return { ...base, status: 'notRun', message: null }
  if (skipped !== undefined) return { ...base, status: 'skipped', message: skipped.message }
  switch (artifact.outcome) {
    case 'skipped':
    case 'failed':
    case 'nothing':
      return { ...base, status: artifact.outcome, message: artifact.reason?.message ?? null }
    case 'change':
      return { ...base, status: 'notRun', message: null }
  }
}
