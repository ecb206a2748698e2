import { z } from 'zod'
import { ImportJournal } from './import-undo.js'
import { ExternalAgentConfigMigrationItemType } from './migration-item.js'
import { experimental, i64, named, path, u32, u64 } from './named.js'

const ImportSuccess = named(
  'ExternalAgentConfigImportItemTypeSuccess',
  'One thing that was brought over.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    cwd: path.nullish().describe('The item’s `cwd`, as the request gave it.'),
    source: z.string().nullish().describe('Its name where it came from.'),
    target: z.string().nullish().describe('Its name where it is now.'),
    title: z.string().nullish().describe('Title of a conversation; null for other types.'),
    sourcePath: experimental(z.string().nullish(), 'Absolute path it was read from.'),
    targetPath: experimental(z.string().nullish(), 'Absolute path it was written to.'),
  }),
)

/** One thing that could not be brought over. */
export const ImportFailure = named(
  'ExternalAgentConfigImportItemTypeFailure',
  'One thing that could not be brought over.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    errorType: z.string().nullish(),
    subErrorType: z.string().nullish(),
    failureStage: z.string().describe('The step that failed.'),
    message: z.string(),
    cwd: path.nullish(),
    source: z.string().nullish(),
  }),
)

const ImportSkipped = named(
  'ExternalAgentConfigImportItemSkipped',
  'One thing that was left alone on purpose, and why.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    cwd: z.string().nullable(),
    source: z.string().nullable(),
    reason: z.string().describe('A stable code.'),
    message: z.string(),
    sourcePath: z.string().nullable(),
    targetPath: z.string().nullable(),
  }),
)

const TypeResult = named(
  'ExternalAgentConfigImportTypeResult',
  'What became of one item type.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    successes: z.array(ImportSuccess),
    failures: z.array(ImportFailure),
  }),
)

const SessionFactCount = named(
  'ExternalAgentConfigImportSessionFact',
  'What became of everything of one class in conversations, counted.',
  z.object({
    what: z.string().describe('The class, such as `reasoning`, `toolCall:command`, `record:sidechain`.'),
    fate: z.enum(['mapped', 'rewritten', 'dropped']),
    reason: named(
      'ExternalAgentConfigImportSessionFactReason',
      'Why it did not arrive as it was.',
      z.object({ code: z.string().describe('Stable, for programs.'), message: z.string().describe('For a person.') }),
    ).nullable(),
    count: u64,
  }),
)

const counted = {
  successCount: u64,
  errorCount: u64,
  successes: z.array(ImportSuccess),
  rawErrors: z.array(ImportFailure),
  skipped: z.array(ImportSkipped),
  facts: z
    .array(SessionFactCount)
    .optional()
    .describe('Of conversations, with their last step: what became of everything that was said and done in them.'),
}

const StepResult = named(
  'ExternalAgentConfigImportStepResult',
  'What became of one item of the request.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    description: z.string(),
    cwd: z.string().nullable(),
    ...counted,
  }),
)

const ItemResult = named(
  'ExternalAgentConfigImportItemResult',
  'What became of one item type, counted.',
  z.object({ itemType: ExternalAgentConfigMigrationItemType, ...counted }),
)

/** Params of `externalAgentConfig/import/progress`. */
export const ExternalAgentConfigImportProgressNotification = named(
  'ExternalAgentConfigImportProgressNotification',
  'One item of the request is done. Best effort.',
  z.object({
    importId: z.string(),
    itemTypeResults: z.array(TypeResult),
    itemResults: experimental(z.array(StepResult).optional(), 'The same step with its description and counts.'),
    sessions: experimental(
      named(
        'ExternalAgentConfigImportSessionProgress',
        'How far an import is with the conversations of one item.',
        z.object({
          done: u64,
          total: u64,
          path: z.string().nullable().describe('The one that is being brought over.'),
        }),
      ).optional(),
      'With conversations there are several steps for one item, each with what was done since the step before.',
    ),
  }),
)

/** Params of `externalAgentConfig/import/completed`. */
export const ExternalAgentConfigImportCompletedNotification = named(
  'ExternalAgentConfigImportCompletedNotification',
  'All selected work of an import is done. Exactly one per import, never dropped.',
  z.object({
    importId: z.string(),
    itemTypeResults: z.array(TypeResult).describe('One row per selected type, in a fixed order.'),
    itemResults: experimental(z.array(ItemResult).optional(), 'The same rows, counted, with what was left alone.'),
  }),
)

const ImportHistory = named(
  'ExternalAgentConfigImportHistory',
  'One finished import.',
  z.object({
    importId: z.string(),
    providerId: z.string().nullish(),
    completedAtMs: i64.describe('Milliseconds since 1970.'),
    successes: z.array(ImportSuccess),
    failures: z.array(ImportFailure),
  }),
)

const ImportedConnectorCandidate = named(
  'ExternalAgentImportedConnectorCandidate',
  'A remote service that an import has seen.',
  z.object({
    name: z.string(),
    source: named('ExternalAgentImportedConnectorSource', 'Where it was seen.', z.enum(['remoteMcpServersConfig'])),
    sessionCount: u32,
  }),
)

/** Result of `externalAgentConfig/import/readHistories`. */
export const ExternalAgentConfigImportHistoriesReadResponse = named(
  'ExternalAgentConfigImportHistoriesReadResponse',
  'Finished imports, newest first.',
  z.object({
    data: z.array(ImportHistory),
    connectors: z.array(ImportedConnectorCandidate),
    journals: experimental(
      z.array(ImportJournal).optional(),
      'What can be undone or was, newest first: undos too, and imports that a crash cut short.',
    ),
  }),
)

const RecordedSuccess = named(
  'ExternalAgentConfigImportHistoryRecordSuccessParams',
  'One thing that somebody else has brought over.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    cwd: path.nullish(),
    source: z.string().nullish(),
    target: z.string().nullish(),
    title: z.string().nullish(),
  }),
)

/** Params of `externalAgentConfig/import/recordHistory`. */
export const ExternalAgentConfigImportHistoryRecordParams = named(
  'ExternalAgentConfigImportHistoryRecordParams',
  'An import that was done elsewhere, to be kept in the history.',
  z.object({
    providerId: z.string().describe('Who did it. Not empty.'),
    itemTypeResults: z.array(
      named(
        'ExternalAgentConfigImportHistoryRecordTypeResultParams',
        'What became of one item type.',
        z.object({
          itemType: ExternalAgentConfigMigrationItemType,
          successes: z.array(RecordedSuccess),
          failures: z.array(ImportFailure),
        }),
      ),
    ),
  }),
)

/** Result of `externalAgentConfig/import/recordHistory`. */
export const ExternalAgentConfigImportHistoryRecordResponse = named(
  'ExternalAgentConfigImportHistoryRecordResponse',
  'Kept.',
  z.object({ importId: z.string() }),
)
