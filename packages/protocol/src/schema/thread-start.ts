import { z } from 'zod'
import { experimental, named, path, table, u32 } from './named.js'
import { ResponseItem } from './response-item.js'
import { SandboxPolicy } from './sandbox-policy.js'
import { ApprovalsReviewer, AskForApproval, ReasoningEffort, SandboxMode } from './setting.js'
import { Thread, ThreadHistoryMode, ThreadSource } from './thread.js'
import { SortDirection } from './thread-list.js'
import {
  ActivePermissionProfile,
  DynamicToolSpec,
  SelectedCapabilityRoot,
  ThreadStartSource,
} from './thread-settings.js'
import { Turn, TurnItemsView } from './turn.js'
import { CollaborationMode, MultiAgentMode, Personality, TurnEnvironmentParams } from './turn-setting.js'

/** Params of `thread/start`. */
export const ThreadStartParams = named(
  'ThreadStartParams',
  'Params of `thread/start`.',
  z.object({
    allowProviderModelFallback: experimental(z.boolean().optional()),
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    baseInstructions: z.string().nullish(),
    config: table.nullish().describe('Values by key, over all of the configuration.'),
    cwd: z.string().nullish().describe('Null: the server’s own.'),
    daybreakEnabled: experimental(z.boolean().nullish()),
    developerInstructions: z.string().nullish(),
    dynamicTools: experimental(z.array(DynamicToolSpec).nullish()),
    environments: experimental(
      z.array(TurnEnvironmentParams).nullish(),
      'The first is where commands run; null: the default, `[]`: none.',
    ),
    ephemeral: z.boolean().nullish(),
    experimentalRawEvents: experimental(
      z.boolean().optional(),
      'Also tells the items as the model’s interface spells them.',
    ),
    historyMode: experimental(ThreadHistoryMode.nullish()),
    mockExperimentalField: experimental(z.string().nullish(), 'Without meaning; for tests of the gate.'),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    multiAgentMode: experimental(MultiAgentMode.nullish(), 'Ignored.'),
    permissions: experimental(z.string().nullish(), 'Name of a permission profile; not together with `sandbox`.'),
    personality: Personality.nullish(),
    projectId: experimental(z.string().nullish()),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish(), 'Absolute.'),
    sandbox: SandboxMode.nullish(),
    selectedCapabilityRoots: experimental(z.array(SelectedCapabilityRoot).nullish()),
    serviceName: z.string().nullish(),
    serviceTier: z.string().nullish(),
    sessionStartSource: ThreadStartSource.nullish(),
    threadSource: ThreadSource.nullish(),
  }),
)

/** Result of `thread/start`. */
export const ThreadStartResponse = named(
  'ThreadStartResponse',
  'Result of `thread/start`.',
  z.object({
    activePermissionProfile: experimental(ActivePermissionProfile.nullish()),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    cwd: path,
    disabledPluginIds: z.array(z.string()).optional(),
    instructionSources: z.array(path).optional().describe('Files whose instructions were read.'),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional(), 'Always `explicitRequestOnly`.'),
    reasoningEffort: ReasoningEffort.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).optional()),
    sandbox: SandboxPolicy,
    serviceTier: z.string().nullish(),
    thread: Thread,
  }),
)

const ThreadResumeInitialTurnsPageParams = named(
  'ThreadResumeInitialTurnsPageParams',
  'The page of turns wanted with the answer.',
  z.object({
    itemsView: TurnItemsView.nullish().describe('Null: `summary`.'),
    limit: u32.nullish(),
    sortDirection: SortDirection.nullish().describe('Null: `desc`.'),
  }),
)

/** Params of `thread/resume`. */
export const ThreadResumeParams = named(
  'ThreadResumeParams',
  'Params of `thread/resume`.',
  z.object({
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    baseInstructions: z.string().nullish(),
    config: table.nullish().describe('Values by key, over all of the configuration.'),
    cwd: z.string().nullish(),
    developerInstructions: z.string().nullish(),
    excludeTurns: z.boolean().optional().describe('Leaves `thread.turns` empty.'),
    history: experimental(z.array(ResponseItem).nullish(), 'Taken instead of what is on disk.'),
    initialTurnsPage: experimental(ThreadResumeInitialTurnsPageParams.nullish()),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    path: experimental(z.string().nullish(), 'The thread’s file; goes before the id of a thread that is not loaded.'),
    permissions: experimental(z.string().nullish(), 'Name of a permission profile; not together with `sandbox`.'),
    personality: Personality.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish(), 'Absolute.'),
    sandbox: SandboxMode.nullish(),
    serviceTier: z.string().nullish(),
    threadId: z.string(),
  }),
)

const TurnsPage = named(
  'TurnsPage',
  'A page of turns.',
  z.object({
    backwardsCursor: z.string().nullish(),
    data: z.array(Turn),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Result of `thread/resume`. */
export const ThreadResumeResponse = named(
  'ThreadResumeResponse',
  'Result of `thread/resume`.',
  z.object({
    activePermissionProfile: experimental(ActivePermissionProfile.nullish()),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    collaborationMode: CollaborationMode.nullish().describe('Left out by older servers.'),
    cwd: path,
    disabledPluginIds: z.array(z.string()).optional(),
    initialTurnsPage: experimental(TurnsPage.nullish(), 'Only where the request asked for it.'),
    instructionSources: z.array(path).optional().describe('Files whose instructions were read.'),
    itemsBackwardsCursor: z
      .string()
      .nullish()
      .describe('Where reading backwards begins; for `thread/items/list` with `sortDirection` `desc`.'),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional(), 'Always `explicitRequestOnly`.'),
    reasoningEffort: ReasoningEffort.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).optional()),
    sandbox: SandboxPolicy,
    serviceTier: z.string().nullish(),
    thread: Thread,
    turnsBackwardsCursor: z
      .string()
      .nullish()
      .describe('Where reading backwards begins; for `thread/turns/list` with `sortDirection` `desc`.'),
  }),
)

/** Params of `thread/fork`. */
export const ThreadForkParams = named(
  'ThreadForkParams',
  'Params of `thread/fork`.',
  z.object({
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    attachToSource: experimental(z.boolean().optional(), 'Keeps the copy with its source, out of lists.'),
    baseInstructions: z.string().nullish(),
    beforeTurnId: experimental(
      z.string().nullish(),
      'The first turn that the copy leaves out; not together with `lastTurnId`.',
    ),
    config: table.nullish().describe('Values by key, over all of the configuration.'),
    cwd: z.string().nullish(),
    deferGoalContinuation: experimental(
      z.boolean().optional(),
      'Takes the goal along, but waits for words of the person.',
    ),
    developerInstructions: z.string().nullish(),
    ephemeral: z.boolean().optional(),
    excludeTurns: z.boolean().optional().describe('Leaves `thread.turns` empty.'),
    experimentalDisablePredictionMcp: experimental(z.boolean().optional()),
    experimentalPredictionMode: experimental(z.boolean().optional()),
    lastTurnId: z.string().nullish().describe('The last turn that the copy has; null: all.'),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    path: experimental(z.string().nullish(), 'The thread’s file; goes before its id.'),
    permissions: experimental(z.string().nullish(), 'Name of a permission profile; not together with `sandbox`.'),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish(), 'Absolute.'),
    sandbox: SandboxMode.nullish(),
    serviceTier: z.string().nullish(),
    threadId: z.string(),
    threadSource: ThreadSource.nullish(),
  }),
)

/** Result of `thread/fork`. */
export const ThreadForkResponse = named(
  'ThreadForkResponse',
  'Result of `thread/fork`.',
  z.object({
    activePermissionProfile: experimental(ActivePermissionProfile.nullish()),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    cwd: path,
    disabledPluginIds: z.array(z.string()).optional(),
    instructionSources: z.array(path).optional().describe('Files whose instructions were read.'),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional(), 'Always `explicitRequestOnly`.'),
    reasoningEffort: ReasoningEffort.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).optional()),
    sandbox: SandboxPolicy,
    serviceTier: z.string().nullish(),
    thread: Thread,
  }),
)

/** Params of `thread/unsubscribe`. */
export const ThreadUnsubscribeParams = named(
  'ThreadUnsubscribeParams',
  'Params of `thread/unsubscribe`.',
  z.object({ threadId: z.string() }),
)

const ThreadUnsubscribeStatus = named(
  'ThreadUnsubscribeStatus',
  'Whether the connection heard of the thread until now.',
  z.enum(['notLoaded', 'notSubscribed', 'unsubscribed']),
)

/** Result of `thread/unsubscribe`. */
export const ThreadUnsubscribeResponse = named(
  'ThreadUnsubscribeResponse',
  'Result of `thread/unsubscribe`.',
  z.object({ status: ThreadUnsubscribeStatus }),
)

/** Params of `thread/revert`. */
export const ThreadRevertParams = named(
  'ThreadRevertParams',
  'Params of `thread/revert`.',
  z.object({
    beforeTurnId: z.string().describe('The first turn that goes. Files stay as they are.'),
    threadId: z.string(),
  }),
)

/** Result of `thread/revert`. */
export const ThreadRevertResponse = named(
  'ThreadRevertResponse',
  'Result of `thread/revert`.',
  z.object({
    itemsBackwardsCursor: z
      .string()
      .nullish()
      .describe('Where reading backwards begins; for `thread/items/list` with `sortDirection` `desc`.'),
    thread: Thread.describe('Without its turns.'),
    turnsBackwardsCursor: z
      .string()
      .nullish()
      .describe('Where reading backwards begins; for `thread/turns/list` with `sortDirection` `desc`.'),
  }),
)

/** Params of `thread/started`. */
export const ThreadStartedNotification = named(
  'ThreadStartedNotification',
  'Params of `thread/started`.',
  z.object({ thread: Thread }),
)

/** Params of `thread/closed`. */
export const ThreadClosedNotification = named(
  'ThreadClosedNotification',
  'Params of `thread/closed`.',
  z.object({ threadId: z.string() }),
)

/** Params of `thread/reverted`. */
export const ThreadRevertedNotification = named(
  'ThreadRevertedNotification',
  'Params of `thread/reverted`.',
  z.object({ threadId: z.string() }),
)
