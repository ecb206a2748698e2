import { z } from 'zod'
import { named, u32 } from './named.js'
import { ReasoningEffort } from './setting.js'
import { ModeKind } from './turn-setting.js'

/** Params of `permissionProfile/list`. */
export const PermissionProfileListParams = named(
  'PermissionProfileListParams',
  'Params of `permissionProfile/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    cwd: z.string().nullish().describe('The folder whose configuration counts.'),
    limit: u32.nullish().describe('Entries on a page; null: all.'),
  }),
)

const PermissionProfileSummary = named(
  'PermissionProfileSummary',
  'A permission profile that can be chosen.',
  z.object({ allowed: z.boolean(), description: z.string().nullish(), id: z.string() }),
)

/** Result of `permissionProfile/list`. */
export const PermissionProfileListResponse = named(
  'PermissionProfileListResponse',
  'Result of `permissionProfile/list`.',
  z.object({
    data: z.array(PermissionProfileSummary),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Params of `collaborationMode/list`. */
export const CollaborationModeListParams = named(
  'CollaborationModeListParams',
  'Params of `collaborationMode/list`.',
  z.object({}),
)

const CollaborationModeMask = named(
  'CollaborationModeMask',
  'A collaboration mode that can be chosen.',
  z.object({
    mode: ModeKind.nullish(),
    model: z.string().nullish(),
    name: z.string(),
    reasoning_effort: ReasoningEffort.nullish(),
  }),
)

/** Result of `collaborationMode/list`. */
export const CollaborationModeListResponse = named(
  'CollaborationModeListResponse',
  'Result of `collaborationMode/list`.',
  z.object({ data: z.array(CollaborationModeMask) }),
)

/** Params of `experimentalFeature/list`. */
export const ExperimentalFeatureListParams = named(
  'ExperimentalFeatureListParams',
  'Params of `experimentalFeature/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
    threadId: z.string().nullish().describe('A loaded thread whose configuration counts.'),
  }),
)

const ExperimentalFeatureStage = named(
  'ExperimentalFeatureStage',
  'How ripe a feature is.',
  z.enum(['beta', 'underDevelopment', 'stable', 'deprecated', 'removed']),
)

const ExperimentalFeature = named(
  'ExperimentalFeature',
  'A feature that can be switched.',
  z.object({
    announcement: z.string().nullish().describe('Null unless in beta.'),
    defaultEnabled: z.boolean(),
    description: z.string().nullish().describe('Null unless in beta.'),
    displayName: z.string().nullish().describe('Null unless in beta.'),
    enabled: z.boolean(),
    name: z.string().describe('The key in config.toml.'),
    stage: ExperimentalFeatureStage,
  }),
)

/** Result of `experimentalFeature/list`. */
export const ExperimentalFeatureListResponse = named(
  'ExperimentalFeatureListResponse',
  'Result of `experimentalFeature/list`.',
  z.object({
    data: z.array(ExperimentalFeature),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Params of `experimentalFeature/enablement/set`. */
export const ExperimentalFeatureEnablementSetParams = named(
  'ExperimentalFeatureEnablementSetParams',
  'Params of `experimentalFeature/enablement/set`.',
  z.object({
    enablement: z.record(z.string(), z.boolean()).describe('By name, for this server’s life; others stay as they are.'),
  }),
)

/** Result of `experimentalFeature/enablement/set`. */
export const ExperimentalFeatureEnablementSetResponse = named(
  'ExperimentalFeatureEnablementSetResponse',
  'Result of `experimentalFeature/enablement/set`.',
  z.object({ enablement: z.record(z.string(), z.boolean()).describe('What was changed.') }),
)
