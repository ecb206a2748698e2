import { z } from 'zod'
import { ExternalAgentConfigMigrationItem, ExternalAgentConfigWarning } from './migration-item.js'
import { experimental, named, path, u32 } from './named.js'

const ExternalAgentDetectedConnectorCandidate = named(
  'ExternalAgentDetectedConnectorCandidate',
  'A remote service that the other agent was connected to.',
  z.object({
    name: z.string(),
    source: named(
      'ExternalAgentDetectedConnectorSource',
      'Where a connector was seen.',
      z.enum(['remoteMcpServersConfig', 'sessionToolUse']),
    ),
    sessionCount: u32.describe('Sessions that used it.'),
  }),
)

/** Params of `externalAgentConfig/detect`. */
export const ExternalAgentConfigDetectParams = named(
  'ExternalAgentConfigDetectParams',
  'Where to look for another agent’s things. Writes nothing.',
  z.object({
    includeHome: z.boolean().optional().describe('Look in the home folder too. Default false.'),
    cwds: z
      .array(path)
      .nullish()
      .describe('Folders whose repositories are looked at; two in one repository count once.'),
    maxSessionAgeDays: u32.nullish().describe('Older conversations are left out.'),
    maxSessions: u32.nullish().describe('At most this many conversations.'),
    source: z.string().nullish().describe('Ignored; older clients send it.'),
    migrationSource: z.string().nullish().describe('The agent to bring over from. Missing: Claude Code.'),
    cursor: experimental(
      z.string().nullish(),
      '`nextCursor` of the page of conversations before. The rest is not looked for again.',
    ),
    limit: experimental(
      u32.nullish(),
      'Conversations on one page, at least 1. With it, or with a cursor, there is no other limit unless named.',
    ),
    sessionMarks: experimental(
      z.boolean().nullish(),
      'Give conversations that came over too, each with its mark. Then there is no limit unless named.',
    ),
  }),
)

/** Result of `externalAgentConfig/detect`. */
export const ExternalAgentConfigDetectResponse = named(
  'ExternalAgentConfigDetectResponse',
  'What can be brought over, and what could not be read.',
  z.object({
    items: z.array(ExternalAgentConfigMigrationItem),
    connectors: z.array(ExternalAgentDetectedConnectorCandidate).optional(),
    warnings: experimental(z.array(ExternalAgentConfigWarning).optional(), 'Files that could not be used whole.'),
    nextCursor: experimental(z.string().nullish(), 'For the next page of conversations. Null: there is none.'),
  }),
)

const onConflict = experimental(
  z.enum(['default', 'skip', 'merge', 'rename', 'overwrite']).nullish(),
  'What to do where the target exists. Default: merge where the format allows it, else skip with a reason.',
)
const copySecrets = experimental(
  z.boolean().nullish(),
  'Copy literal secrets instead of turning them into references to environment variables.',
)

/** Params of `externalAgentConfig/import`. */
export const ExternalAgentConfigImportParams = named(
  'ExternalAgentConfigImportParams',
  'What to bring over, and how.',
  z.object({
    migrationItems: z.array(ExternalAgentConfigMigrationItem),
    source: z.string().nullish().describe('Label of the product that asks.'),
    providerId: z.string().nullish().describe('Kept in the history; selects nothing.'),
    migrationSource: z.string().nullish().describe('The agent to bring over from, as given to detect.'),
    failureMode: experimental(
      z.enum(['request', 'item']).nullish(),
      'An item that cannot be done at all fails the request, with nothing written (`request`, the default), or only itself (`item`).',
    ),
    planDigest: experimental(
      z.string().nullish(),
      'The digest of the plan that was shown. Another plan is refused and nothing written.',
    ),
    onConflict,
    copySecrets,
  }),
)

/** Result of `externalAgentConfig/import`. */
export const ExternalAgentConfigImportResponse = named(
  'ExternalAgentConfigImportResponse',
  'The import was planned and begins.',
  z.object({ importId: z.string().describe('A UUID, the same in every notification and in the history.') }),
)

/** Params of `externalAgentConfig/import/preview`. */
export const ExternalAgentConfigImportPreviewParams = named(
  'ExternalAgentConfigImportPreviewParams',
  'What to plan. Writes nothing.',
  z.object({
    migrationItems: z.array(ExternalAgentConfigMigrationItem),
    migrationSource: z.string().nullish(),
    onConflict,
    copySecrets,
  }),
)

/** Params of `externalAgentConfig/import/cancel`. */
export const ExternalAgentConfigImportCancelParams = named(
  'ExternalAgentConfigImportCancelParams',
  'Which import to stop.',
  z.object({ importId: z.string() }),
)

/** Result of `externalAgentConfig/import/cancel`. */
export const ExternalAgentConfigImportCancelResponse = named(
  'ExternalAgentConfigImportCancelResponse',
  'The import stops: what is done stays and is reported, with everything else, when it completes.',
  z.object({ cancelled: z.boolean().describe('False: no such import runs.') }),
)
