import { z } from 'zod'
import { ExternalAgentConfigMigrationItemType } from './migration-item.js'
import { named, u32 } from './named.js'

/** Params of `externalAgentConfig/import/verify`. */
export const ExternalAgentConfigImportVerifyParams = named(
  'ExternalAgentConfigImportVerifyParams',
  'What to look at. Writes nothing.',
  z.object({
    importId: z
      .string()
      .nullish()
      .describe('What this import brought. Missing: what all imports did that were not undone.'),
    startServers: z
      .boolean()
      .nullish()
      .describe('Start the MCP servers, too, each for a short time. It runs their programs. Default false.'),
  }),
)

const Status = named(
  'ExternalAgentConfigImportVerifyStatus',
  'Whether something works, as far as can be told.',
  z.enum(['verified', 'warning', 'broken']),
)

const Check = named(
  'ExternalAgentConfigImportVerifyCheck',
  'One thing that is not as it should be.',
  z.object({
    code: z.string().describe('Stable, for programs.'),
    status: Status,
    message: z.string().describe('For a person.'),
    action: z.string().nullable().describe('A way out, where one is known.'),
    path: z.string().nullable(),
  }),
)

const VerifiedItem = named(
  'ExternalAgentConfigImportVerifiedItem',
  'One thing that was brought over, and whether it works.',
  z.object({
    itemType: ExternalAgentConfigMigrationItemType,
    name: z.string(),
    cwd: z.string().nullable().describe('Null: the home folder.'),
    path: z.string().nullable().describe('Where it is.'),
    status: Status.describe('The worst of its checks; `verified` without any.'),
    checks: z.array(Check).describe('What is wrong, or cannot be told. Empty when everything is as it should be.'),
  }),
)

/** Result of `externalAgentConfig/import/verify`. */
export const ExternalAgentConfigImportVerifyResponse = named(
  'ExternalAgentConfigImportVerifyResponse',
  'Everything that was brought over, by item type, and whether it works.',
  z.object({
    importId: z.string().nullable().describe('As in the request.'),
    counts: z.object({ verified: u32, warning: u32, broken: u32 }),
    items: z.array(VerifiedItem),
  }),
)
