/** The wire shapes the import command reads. One place that names them. */
export type MigrationItemType =
  | 'AGENTS_MD'
  | 'CONFIG'
  | 'SKILLS'
  | 'PLUGINS'
  | 'MCP_SERVER_CONFIG'
  | 'SUBAGENTS'
  | 'HOOKS'
  | 'COMMANDS'
  | 'MEMORY'
  | 'SESSIONS'
export interface NamedDetail {
  readonly name: string
}
export interface MigrationItem {
  readonly itemType: MigrationItemType
  readonly description: string
  readonly cwd?: string | null
  readonly details?: MigrationDetails | null
}
export interface MigrationDetails {
  readonly plugins?: readonly unknown[]
  readonly skills?: readonly NamedDetail[]
  readonly sessions?: readonly unknown[]
  readonly mcpServers?: readonly NamedDetail[]
  readonly hooks?: readonly NamedDetail[]
  readonly subagents?: readonly NamedDetail[]
  readonly commands?: readonly NamedDetail[]
}
export interface ImportWarning {
  readonly path: string | null
  readonly message: string
  readonly line: number | null
  readonly column: number | null
}
export interface Reason {
  readonly code: string
  readonly message: string
}
export interface FailureRecord {
  readonly itemType: MigrationItemType
  readonly errorType: string | null
  readonly subErrorType: string | null
  readonly failureStage: string
  readonly message: string
  readonly cwd: string | null
  readonly source: string | null
}
export interface SuccessRecord {
  readonly itemType: MigrationItemType
  readonly cwd: string | null
  readonly source: string | null
  readonly target: string | null
  readonly title: string | null
  readonly sourcePath: string | null
  readonly targetPath: string | null
}
export interface SkippedRecord {
  readonly itemType: MigrationItemType
  readonly cwd: string | null
  readonly source: string | null
  readonly reason: string
  readonly message: string
  readonly sourcePath: string | null
  readonly targetPath: string | null
}
export interface PreviewArtifact {
  readonly name: string | null
  readonly source: string
  readonly target: string
  readonly sourcePath: string
  readonly targetPath: string
  readonly outcome: 'change' | 'nothing' | 'skipped' | 'failed'
  readonly reason: Reason | null
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
  readonly reason: Reason | null
  readonly action: string | null
  readonly target: string | null
  readonly itemType: MigrationItemType
  readonly name: string | null
}
export interface Account {
  readonly facts: readonly AccountFact[]
  readonly counts: {
    readonly mapped: number
    readonly rewritten: number
    readonly dropped: number
    readonly needsAction: number
  }
}
export interface EnvironmentNeed {
  readonly name: string
  readonly usedBy: readonly string[]
}
export interface Preview {
  readonly digest: string
  readonly items: readonly PreviewItem[]
  readonly files: readonly PreviewFile[]
  readonly account: Account
  readonly environment: readonly EnvironmentNeed[]
  readonly warnings: readonly ImportWarning[]
}
export interface ItemResult {
  readonly itemType: MigrationItemType
  readonly successCount: number
  readonly errorCount: number
  readonly successes: readonly SuccessRecord[]
  readonly rawErrors: readonly FailureRecord[]
  readonly skipped: readonly SkippedRecord[]
}
export interface StepResult extends ItemResult {
  readonly description: string
  readonly cwd: string | null
}
