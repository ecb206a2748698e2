import type * as protocol from '@gangway/protocol'

/** The wire shapes the import command reads, under the short names this folder uses. */
export type { MigrationItem, MigrationItemType } from '@gangway/protocol'
export type MigrationDetails = protocol.MigrationDetails
export type ImportWarning = protocol.ExternalAgentConfigWarning
export type SuccessRecord = protocol.ExternalAgentConfigImportItemTypeSuccess
export type FailureRecord = protocol.ExternalAgentConfigImportItemTypeFailure
export type SkippedRecord = protocol.ExternalAgentConfigImportItemSkipped
export type ItemResult = protocol.ExternalAgentConfigImportItemResult
export type StepResult = protocol.ExternalAgentConfigImportStepResult
export type Preview = protocol.ExternalAgentConfigImportPreviewResponse
export type PreviewItem = protocol.ExternalAgentConfigImportPreviewItem
export type PreviewArtifact = protocol.ExternalAgentConfigImportPreviewArtifact
export type PreviewFile = protocol.ExternalAgentConfigImportPreviewFile
export type Account = protocol.ExternalAgentConfigImportAccount
export type AccountFact = protocol.ExternalAgentConfigImportFact
export type EnvironmentNeed = protocol.ExternalAgentConfigImportEnvironment
