import type { MigrationItemType } from '@gangway/protocol'
import type { ConflictPolicy } from './kind.js'

/** An artifact of an item, by the name it has in the target. */
export interface NamedMigration {
  readonly name: string
}

/** What an item consists of. Lists of other types are empty; on input any may be missing. */
export interface MigrationDetails {
  readonly plugins?: readonly unknown[]
  readonly skills?: readonly NamedMigration[]
  readonly sessions?: readonly unknown[]
  readonly mcpServers?: readonly NamedMigration[]
  readonly hooks?: readonly NamedMigration[]
  readonly subagents?: readonly NamedMigration[]
  readonly commands?: readonly NamedMigration[]
  readonly memory?: readonly string[]
}

/** One thing that `detect` offers and `import` takes. Source: reference 0.169.0, ExternalAgentConfigMigrationItem. */
export interface MigrationItem {
  readonly itemType: MigrationItemType
  readonly description: string
  /** Null, absent or `''`: the person's home. */
  readonly cwd?: string | null
  /** Null or absent: everything of that type. */
  readonly details?: MigrationDetails | null
}

export interface DetectParams {
  readonly includeHome?: boolean
  readonly cwds?: readonly string[] | null
  readonly migrationSource?: string | null
}

/** A file that could not be read as it should, or something that will not come over for a reason worth saying early. */
export interface ImportWarning {
  readonly path: string | null
  readonly message: string
  readonly line: number | null
  readonly column: number | null
}

export interface DetectResult {
  readonly items: readonly MigrationItem[]
  readonly connectors: readonly never[]
  readonly warnings: readonly ImportWarning[]
}

export interface PreviewParams {
  readonly migrationItems: readonly MigrationItem[]
  readonly migrationSource?: string | null
  readonly onConflict?: ConflictPolicy | null
  readonly copySecrets?: boolean | null
}

export interface ImportParams extends PreviewParams {
  readonly source?: string | null
  readonly providerId?: string | null
  /** `request` (default): an item that cannot be done at all fails the call before anything is written. `item`: it is a failure of that item. */
  readonly failureMode?: 'request' | 'item' | null
  /** Digest of a preview: refused when the plan is no longer the same. */
  readonly planDigest?: string | null
}

/** Source: reference 0.169.0, ExternalAgentConfigImportItemTypeSuccess; the two paths are ours. */
export interface SuccessRecord {
  readonly itemType: MigrationItemType
  readonly cwd: string | null
  readonly source: string | null
  readonly target: string | null
  readonly title: string | null
  readonly sourcePath: string | null
  readonly targetPath: string | null
}

/** Source: reference 0.169.0, ExternalAgentConfigImportItemTypeFailure. */
export interface FailureRecord {
  readonly itemType: MigrationItemType
  readonly errorType: string | null
  readonly subErrorType: string | null
  readonly failureStage: string
  readonly message: string
  readonly cwd: string | null
  readonly source: string | null
}

/** Something that was selected and not brought over, for a stated reason that is not an error. Ours. */
export interface SkippedRecord {
  readonly itemType: MigrationItemType
  readonly cwd: string | null
  readonly source: string | null
  readonly reason: string
  readonly message: string
  readonly sourcePath: string | null
  readonly targetPath: string | null
}

/** The projection released clients read. */
export interface ItemTypeResult {
  readonly itemType: MigrationItemType
  readonly successes: readonly SuccessRecord[]
  readonly failures: readonly FailureRecord[]
}

/** The projection with counts. */
export interface ItemResult {
  readonly itemType: MigrationItemType
  readonly successCount: number
  readonly errorCount: number
  readonly successes: readonly SuccessRecord[]
  readonly rawErrors: readonly FailureRecord[]
  readonly skipped: readonly SkippedRecord[]
}

/** The projection with counts, of one step: it says what just ran. */
export interface StepResult extends ItemResult {
  readonly description: string
  readonly cwd: string | null
}

export interface ImportProgress {
  readonly importId: string
  readonly itemTypeResults: readonly ItemTypeResult[]
  readonly itemResults: readonly StepResult[]
}

export interface ImportCompleted {
  readonly importId: string
  readonly itemTypeResults: readonly ItemTypeResult[]
  readonly itemResults: readonly ItemResult[]
}

export interface PreviewArtifact {
  readonly name: string | null
  readonly source: string
  readonly target: string
  readonly sourcePath: string
  readonly targetPath: string
  readonly outcome: 'change' | 'nothing' | 'skipped' | 'failed'
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly error: FailureRecord | null
}

export interface PreviewItem {
  readonly itemType: MigrationItemType
  readonly description: string
  readonly cwd: string | null
  readonly artifacts: readonly PreviewArtifact[]
  readonly error: FailureRecord | null
}

export interface PreviewFile {
  readonly path: string
  readonly status: 'create' | 'modify' | 'replace'
  /** Unified diff; `''` for a file that is not text. */
  readonly diff: string
  readonly binary: boolean
  readonly itemType: MigrationItemType
  readonly name: string | null
}

export interface AccountFact {
  readonly id: string
  readonly file: string
  readonly pointer: string
  readonly fate: 'mapped' | 'rewritten' | 'dropped' | 'needs-action'
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly action: string | null
  readonly target: string | null
  readonly itemType: MigrationItemType
  readonly name: string | null
}

export interface AccountCounts {
  readonly mapped: number
  readonly rewritten: number
  readonly dropped: number
  readonly needsAction: number
}

export interface Account {
  readonly facts: readonly AccountFact[]
  readonly counts: AccountCounts
}

export interface EnvironmentNeed {
  readonly name: string
  /** Names of the artifacts that need it. */
  readonly usedBy: readonly string[]
}

export interface PreviewResult {
  readonly digest: string
  readonly items: readonly PreviewItem[]
  readonly files: readonly PreviewFile[]
  readonly account: Account
  readonly environment: readonly EnvironmentNeed[]
  readonly warnings: readonly ImportWarning[]
}

export interface ImportHistory {
  readonly importId: string
  readonly providerId: string | null
  readonly completedAtMs: number
  readonly successes: readonly SuccessRecord[]
  readonly failures: readonly FailureRecord[]
}

export interface RecordHistoryParams {
  readonly providerId: string
  readonly itemTypeResults: readonly {
    readonly itemType: MigrationItemType
    readonly successes: readonly Partial<SuccessRecord>[]
    readonly failures: readonly Partial<FailureRecord>[]
  }[]
}
