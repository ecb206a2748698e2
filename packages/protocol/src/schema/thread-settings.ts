import { z } from 'zod'
import { ReasoningSummary } from './config.js'
import { experimental, named, path } from './named.js'
import { SandboxPolicy } from './sandbox-policy.js'
import { ApprovalsReviewer, AskForApproval, ReasoningEffort } from './setting.js'
import { ThreadEnvironment } from './thread.js'
import { CollaborationMode, MultiAgentMode, Personality, TurnEnvironmentParams } from './turn-setting.js'

const DynamicToolNamespaceTool = named(
  'DynamicToolNamespaceTool',
  'A tool of a group that a client brings.',
  z.discriminatedUnion('type', [
    z.object({
      deferLoading: z.boolean().optional(),
      description: z.string(),
      inputSchema: z.unknown(),
      name: z.string(),
      type: z.literal('function'),
    }),
  ]),
)

/** A tool, or a group of tools, that a client brings. */
export const DynamicToolSpec = named(
  'DynamicToolSpec',
  'A tool, or a group of tools, that a client brings.',
  z.discriminatedUnion('type', [
    z.object({
      deferLoading: z.boolean().optional(),
      description: z.string(),
      inputSchema: z.unknown(),
      name: z.string(),
      type: z.literal('function'),
    }),
    z.object({
      description: z.string(),
      name: z.string(),
      tools: z.array(DynamicToolNamespaceTool),
      type: z.literal('namespace'),
    }),
  ]),
)

const CapabilityRootLocation = named(
  'CapabilityRootLocation',
  'Where a folder of capabilities lies.',
  z.discriminatedUnion('type', [
    z.object({ environmentId: z.string(), path: z.string(), type: z.literal('environment') }),
  ]),
)

/** A folder of capabilities that was chosen. */
export const SelectedCapabilityRoot = named(
  'SelectedCapabilityRoot',
  'A folder of capabilities that was chosen.',
  z.object({ id: z.string(), location: CapabilityRootLocation }),
)

/** Why a thread is begun. */
export const ThreadStartSource = named('ThreadStartSource', 'Why a thread is begun.', z.enum(['startup', 'clear']))

/** The permission profile that holds, and what it builds on. */
export const ActivePermissionProfile = named(
  'ActivePermissionProfile',
  'The permission profile that holds, and what it builds on.',
  z.object({ extends: z.string().nullish(), id: z.string() }),
)

/** Params of `thread/settings/update`. */
export const ThreadSettingsUpdateParams = named(
  'ThreadSettingsUpdateParams',
  'Params of `thread/settings/update`.',
  z.object({
    approvalPolicy: AskForApproval.nullish().describe('From the next turn on; null changes nothing.'),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    collaborationMode: CollaborationMode.nullish(),
    cwd: z.string().nullish(),
    disabledPluginIds: z.array(z.string()).nullish().describe('Null: as before, `[]`: none.'),
    effort: ReasoningEffort.nullish(),
    environments: z.array(TurnEnvironmentParams).nullish(),
    model: z.string().nullish(),
    multiAgentMode: MultiAgentMode.nullish().describe('Ignored.'),
    permissions: z.string().nullish().describe('Name of a permission profile; not together with `sandboxPolicy`.'),
    personality: Personality.nullish(),
    sandboxPolicy: SandboxPolicy.nullish(),
    serviceTier: z.string().nullish().describe('Null takes it away; left out: stays.'),
    summary: ReasoningSummary.nullish(),
    threadId: z.string(),
  }),
)

/** Result of `thread/settings/update`. */
export const ThreadSettingsUpdateResponse = named(
  'ThreadSettingsUpdateResponse',
  'Result of `thread/settings/update`.',
  z.object({}),
)

const ThreadSettings = named(
  'ThreadSettings',
  'What holds for the next turn of a thread.',
  z.object({
    activePermissionProfile: ActivePermissionProfile.nullish(),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    collaborationMode: CollaborationMode,
    cwd: path,
    disabledPluginIds: z.array(z.string()).optional(),
    effort: ReasoningEffort.nullish(),
    environments: experimental(
      z.array(ThreadEnvironment).nullish(),
      'The first is where commands run; null where the server does not tell.',
    ),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional(), 'Always `explicitRequestOnly`.'),
    personality: Personality.nullish(),
    sandboxPolicy: SandboxPolicy,
    serviceTier: z.string().nullish(),
    summary: ReasoningSummary.nullish(),
  }),
)

/** Params of `thread/settings/updated`. */
export const ThreadSettingsUpdatedNotification = named(
  'ThreadSettingsUpdatedNotification',
  'Params of `thread/settings/updated`.',
  z.object({ threadId: z.string(), threadSettings: ThreadSettings }),
)
