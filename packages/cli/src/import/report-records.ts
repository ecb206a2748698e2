import type {
  FailureRecord,
  ItemResult,
  MigrationItemType,
  PreviewArtifact,
  PreviewItem,
  SkippedRecord,
  SuccessRecord,
} from './wire.js'

/** The records of an import, each handed out once, to the artifact that it is about. */
export class Records {
  readonly #successes: Set<SuccessRecord>
  readonly #failures: Set<FailureRecord>
  readonly #skipped: Set<SkippedRecord>

  constructor(results: readonly ItemResult[]) {
    this.#successes = new Set(results.flatMap((result) => result.successes))
    this.#failures = new Set(results.flatMap((result) => result.rawErrors))
    this.#skipped = new Set(results.flatMap((result) => result.skipped))
  }

  /** The success of an artifact, if it has one. */
  takeSuccess(item: PreviewItem, artifact: PreviewArtifact): SuccessRecord | undefined {
    return take(
      this.#successes,
      (record) =>
        isOf(record, item) &&
        record.source === artifact.source &&
        // Where a conversation goes is known when it is there.
        (artifact.targetPath === '' || (record.targetPath ?? artifact.targetPath) === artifact.targetPath),
    )
  }

  /** The failure of an artifact, found by its name, path or message. */
  takeFailure(item: PreviewItem, artifact: PreviewArtifact): FailureRecord | undefined {
    const names = new Set([artifact.source, artifact.sourcePath])
    return take(
      this.#failures,
      (record) => isOf(record, item) && (names.has(record.source ?? '') || record.message === artifact.error?.message),
    )
  }

  /** Why an artifact was skipped, if it was. */
  takeSkipped(item: PreviewItem, artifact: PreviewArtifact): SkippedRecord | undefined {
    return take(
      this.#skipped,
      (record) =>
        isOf(record, item) &&
        (record.source === artifact.source ||
          (record.sourcePath !== null && record.sourcePath === artifact.sourcePath)),
    )
  }

  /** Failures that no artifact has taken. */
  unusedFailures(result: ItemResult): readonly FailureRecord[] {
    return result.rawErrors.filter((record) => this.#failures.has(record))
  }
}

function isOf(
  record: { readonly itemType: MigrationItemType; readonly cwd?: string | null | undefined },
  item: PreviewItem,
): boolean {
  if (record.itemType !== item.itemType) return false
  // Of a conversation the record has the folder that it took place in.
  return record.itemType === 'SESSIONS' || (record.cwd ?? '') === (item.cwd ?? '')
}

function take<T>(records: Set<T>, matches: (record: T) => boolean): T | undefined {
  for (const record of records) {
    if (!matches(record)) continue
    records.delete(record)
    return record
  }
  return undefined
}
