import type * as protocol from '@gangway/protocol'

/** The wire shapes the import command reads, under the short names this folder uses. */
export type { MigrationItem, MigrationItemType } from '@gangway/protocol'
/** The single artifacts of an item, by name. */
export type MigrationDetails = protocol.MigrationDetails
/** What could not be read, and where. */
export type ImportWarning = protocol.ExternalAgentConfigWarning
/** One thing that arrived. */
export type SuccessRecord = protocol.ExternalAgentConfigImportItemTypeSuccess
/** One thing, or one whole item, that could not be brought over. */
export type FailureRecord = protocol.ExternalAgentConfigImportItemTypeFailure
/** One thing that was left alone, and why. */
export type SkippedRecord = protocol.ExternalAgentConfigImportItemSkipped
/** Results of one kind. */
export type ItemResult = protocol.ExternalAgentConfigImportItemResult
/** Results of one step: one item of the request. */
export type StepResult = protocol.ExternalAgentConfigImportStepResult
/** How far the conversations of an item are. */
export type SessionProgress = protocol.ExternalAgentConfigImportSessionProgress
/** A plan: items, files with their diffs, and the account. */
export type Preview = protocol.ExternalAgentConfigImportPreviewResponse
/** One item of a plan. */
export type PreviewItem = protocol.ExternalAgentConfigImportPreviewItem
/** One thing in an item of a plan. */
export type PreviewArtifact = protocol.ExternalAgentConfigImportPreviewArtifact
/** One file that a plan writes. */
export type PreviewFile = protocol.ExternalAgentConfigImportPreviewFile
/** Every statement of the source with its fate, and the counts. */
export type Account = protocol.ExternalAgentConfigImportAccount
/** One statement of the source with its fate. */
export type AccountFact = protocol.ExternalAgentConfigImportFact
/** A variable to export, and what needs it. */
export type EnvironmentNeed = protocol.ExternalAgentConfigImportEnvironment
/** Every import that has ended, and what can be undone. */
export type Histories = protocol.ExternalAgentConfigImportHistoriesReadResponse
/** What was taken back. */
export type UndoResult = protocol.ExternalAgentConfigImportUndoResponse
/** Whether what was brought over works. */
export type VerifyResult = protocol.ExternalAgentConfigImportVerifyResponse
