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
    config: table.nullish(),
    cwd: z.string().nullish(),
    daybreakEnabled: experimental(z.boolean().nullish()),
    developerInstructions: z.string().nullish(),
    dynamicTools: experimental(z.array(DynamicToolSpec).nullish()),
    environments: experimental(z.array(TurnEnvironmentParams).nullish()),
    ephemeral: z.boolean().nullish(),
    experimentalRawEvents: experimental(z.boolean().optional()),
    historyMode: experimental(ThreadHistoryMode.nullish()),
    mockExperimentalField: experimental(z.string().nullish()),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    multiAgentMode: experimental(MultiAgentMode.nullish()),
    permissions: experimental(z.string().nullish()),
    personality: Personality.nullish(),
    projectId: experimental(z.string().nullish()),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish()),
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
    instructionSources: z.array(path).optional(),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional()),
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
  z.object({ itemsView: TurnItemsView.nullish(), limit: u32.nullish(), sortDirection: SortDirection.nullish() }),
)

/** Params of `thread/resume`. */
export const ThreadResumeParams = named(
  'ThreadResumeParams',
  'Params of `thread/resume`.',
  z.object({
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    baseInstructions: z.string().nullish(),
    config: table.nullish(),
    cwd: z.string().nullish(),
    developerInstructions: z.string().nullish(),
    excludeTurns: z.boolean().optional(),
    history: experimental(z.array(ResponseItem).nullish()),
    initialTurnsPage: experimental(ThreadResumeInitialTurnsPageParams.nullish()),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    path: experimental(z.string().nullish()),
    permissions: experimental(z.string().nullish()),
    personality: Personality.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish()),
    sandbox: SandboxMode.nullish(),
    serviceTier: z.string().nullish(),
    threadId: z.string(),
  }),
)

const TurnsPage = named(
  'TurnsPage',
  'A page of turns.',
  z.object({ backwardsCursor: z.string().nullish(), data: z.array(Turn), nextCursor: z.string().nullish() }),
)

/** Result of `thread/resume`. */
export const ThreadResumeResponse = named(
  'ThreadResumeResponse',
  'Result of `thread/resume`.',
  z.object({
    activePermissionProfile: experimental(ActivePermissionProfile.nullish()),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    collaborationMode: CollaborationMode.nullish(),
    cwd: path,
    disabledPluginIds: z.array(z.string()).optional(),
    initialTurnsPage: experimental(TurnsPage.nullish()),
    instructionSources: z.array(path).optional(),
    itemsBackwardsCursor: z.string().nullish(),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional()),
    reasoningEffort: ReasoningEffort.nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).optional()),
    sandbox: SandboxPolicy,
    serviceTier: z.string().nullish(),
    thread: Thread,
    turnsBackwardsCursor: z.string().nullish(),
  }),
)

/** Params of `thread/fork`. */
export const ThreadForkParams = named(
  'ThreadForkParams',
  'Params of `thread/fork`.',
  z.object({
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    attachToSource: experimental(z.boolean().optional()),
    baseInstructions: z.string().nullish(),
    beforeTurnId: experimental(z.string().nullish()),
    config: table.nullish(),
    cwd: z.string().nullish(),
    deferGoalContinuation: experimental(z.boolean().optional()),
    developerInstructions: z.string().nullish(),
    ephemeral: z.boolean().optional(),
    excludeTurns: z.boolean().optional(),
    experimentalDisablePredictionMcp: experimental(z.boolean().optional()),
    experimentalPredictionMode: experimental(z.boolean().optional()),
    lastTurnId: z.string().nullish(),
    model: z.string().nullish(),
    modelProvider: z.string().nullish(),
    path: experimental(z.string().nullish()),
    permissions: experimental(z.string().nullish()),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish()),
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
    instructionSources: z.array(path).optional(),
    model: z.string(),
    modelProvider: z.string(),
    multiAgentMode: experimental(MultiAgentMode.optional()),
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
  'What a thread was before.',
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
  z.object({ beforeTurnId: z.string(), threadId: z.string() }),
)

/** Result of `thread/revert`. */
export const ThreadRevertResponse = named(
  'ThreadRevertResponse',
  'Result of `thread/revert`.',
  z.object({ itemsBackwardsCursor: z.string().nullish(), thread: Thread, turnsBackwardsCursor: z.string().nullish() }),
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
