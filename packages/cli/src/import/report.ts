import { sep } from 'node:path'
import { kindOrder } from './kind-names.js'
import type {
  AccountFact,
  FailureRecord,
  ItemResult,
  MigrationItemType,
  Preview,
  PreviewArtifact,
  PreviewItem,
  SkippedRecord,
  SuccessRecord,
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

/** Gives each fact to the artifact of its type and name that it most likely belongs to. */
function factsByArtifact(preview: Preview): ReadonlyMap<PreviewArtifact, readonly AccountFact[]> {
  const byName = new Map<string, Owner[]>()
  for (const item of preview.items) {
    for (const artifact of item.artifacts) {
      append(byName, nameKey(item.itemType, artifact.name), { item, artifact })
    }
  }
  const found = new Map<PreviewArtifact, AccountFact[]>()
  for (const fact of preview.account.facts) {
    const candidates = byName.get(nameKey(fact.itemType, fact.name)) ?? []
    const [best] = [...candidates].sort((a, b) => closeness(fact, b) - closeness(fact, a))
    if (best !== undefined) append(found, best.artifact, fact)
  }
  return found
}

interface Owner {
  readonly item: PreviewItem
  readonly artifact: PreviewArtifact
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

function nameKey(itemType: MigrationItemType, name: string | null): string {
  return JSON.stringify([itemType, name])
}

/** In its own file or folder first, then in its repository, the inner one before the outer; then at home. */
function closeness(fact: AccountFact, { item, artifact }: Owner): number {
  if (isWithin(fact.file, artifact.sourcePath)) return Number.MAX_SAFE_INTEGER
  if (item.cwd === null) return 0
  return isWithin(fact.file, item.cwd) ? item.cwd.length : -1
}

function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
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
  if (success !== undefined) return { ...base, status: 'arrived', message: null }
  const failure = records.takeFailure(item, artifact)
  const error = failure ?? artifact.error ?? item.error
  if (error !== null && error !== undefined) return { ...base, status: 'failed', message: error.message }
  const skipped = records.takeSkipped(item, artifact)
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

/** The records of an import, each handed out once. */
class Records {
  readonly #successes: Set<SuccessRecord>
  readonly #failures: Set<FailureRecord>
  readonly #skipped: Set<SkippedRecord>

  constructor(results: readonly ItemResult[]) {
    this.#successes = new Set(results.flatMap((result) => result.successes))
    this.#failures = new Set(results.flatMap((result) => result.rawErrors))
    this.#skipped = new Set(results.flatMap((result) => result.skipped))
  }

  takeSuccess(item: PreviewItem, artifact: PreviewArtifact): SuccessRecord | undefined {
    return take(
      this.#successes,
      (record) =>
        isOf(record, item) &&
        record.source === artifact.source &&
        (record.targetPath ?? artifact.targetPath) === artifact.targetPath,
    )
  }

  takeFailure(item: PreviewItem, artifact: PreviewArtifact): FailureRecord | undefined {
    const names = new Set([artifact.source, artifact.sourcePath])
    return take(
      this.#failures,
      (record) => isOf(record, item) && (names.has(record.source ?? '') || record.message === artifact.error?.message),
    )
  }

  takeSkipped(item: PreviewItem, artifact: PreviewArtifact): SkippedRecord | undefined {
    return take(
      this.#skipped,
      (record) =>
        isOf(record, item) &&
        (record.source === artifact.source ||
          (record.sourcePath !== null && record.sourcePath === artifact.sourcePath)),
    )
  }

  unusedFailures(result: ItemResult): readonly FailureRecord[] {
    return result.rawErrors.filter((record) => this.#failures.has(record))
  }
}

function isOf(
  record: { readonly itemType: MigrationItemType; readonly cwd?: string | null | undefined },
  item: PreviewItem,
): boolean {
  return record.itemType === item.itemType && (record.cwd ?? '') === (item.cwd ?? '')
}

function take<T>(records: Set<T>, matches: (record: T) => boolean): T | undefined {
  for (const record of records) {
    if (!matches(record)) continue
    records.delete(record)
    return record
  }
  return undefined
}
