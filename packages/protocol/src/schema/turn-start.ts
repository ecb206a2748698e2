import { z } from 'zod'
import { ReasoningSummary } from './config.js'
import { FunctionCallOutputBody } from './item-message.js'
import { experimental, named, path } from './named.js'
import { SandboxPolicy } from './sandbox-policy.js'
import { ApprovalsReviewer, AskForApproval, ReasoningEffort } from './setting.js'
import { Turn, TurnError } from './turn.js'
import {
  CollaborationMode,
  CyberAccessProgram,
  MultiAgentMode,
  Personality,
  TurnEnvironmentParams,
} from './turn-setting.js'
import { UserInput } from './user-input.js'

const AdditionalContextKind = named(
  'AdditionalContextKind',
  'Who vouches for additional context.',
  z.enum(['untrusted', 'application']),
)

const AdditionalContextEntry = named(
  'AdditionalContextEntry',
  'Something that the model should know beside the words.',
  z.object({ kind: AdditionalContextKind, name: z.string().nullish(), value: z.string() }),
)

const TurnToolOutput = named(
  'TurnToolOutput',
  'What became of a tool call.',
  z.object({
    name: z.string(),
    namespace: z.string().nullish(),
    output: FunctionCallOutputBody,
    retain: z.boolean().optional(),
  }),
)

/** Params of `turn/start`. */
export const TurnStartParams = named(
  'TurnStartParams',
  'Params of `turn/start`.',
  z.object({
    additionalContext: experimental(z.record(z.string(), AdditionalContextEntry).nullish()),
    approvalPolicy: AskForApproval.nullish(),
    approvalsReviewer: ApprovalsReviewer.nullish(),
    clientUserMessageId: z.string().nullish(),
    collaborationMode: experimental(CollaborationMode.nullish()),
    cwd: z.string().nullish(),
    cyberAccessProgram: experimental(CyberAccessProgram.nullish()),
    disabledPluginIds: z.array(z.string()).nullish(),
    effort: ReasoningEffort.nullish(),
    environments: experimental(z.array(TurnEnvironmentParams).nullish()),
    input: z.array(UserInput),
    model: z.string().nullish(),
    multiAgentMode: experimental(MultiAgentMode.nullish()),
    outputSchema: z.unknown().optional(),
    parentTurnId: z.string().nullish(),
    permissions: experimental(z.string().nullish()),
    personality: Personality.nullish(),
    responsesapiClientMetadata: experimental(z.record(z.string(), z.string()).nullish()),
    responsesapiClientMetadataPatch: experimental(z.record(z.string(), z.string()).nullish()),
    rootTurnId: z.string().nullish(),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish()),
    sandboxPolicy: SandboxPolicy.nullish(),
    serviceTier: z.string().nullish(),
    serviceTierForTurn: z.string().nullish(),
    summary: ReasoningSummary.nullish(),
    threadId: z.string(),
    toolOutput: TurnToolOutput.nullish(),
    turnTrigger: z.string().nullish(),
  }),
)

/** Result of `turn/start`. */
export const TurnStartResponse = named('TurnStartResponse', 'Result of `turn/start`.', z.object({ turn: Turn }))

/** Params of `turn/steer`. */
export const TurnSteerParams = named(
  'TurnSteerParams',
  'Params of `turn/steer`.',
  z.object({
    additionalContext: experimental(z.record(z.string(), AdditionalContextEntry).nullish()),
    clientUserMessageId: z.string().nullish(),
    expectedTurnId: z.string(),
    input: z.array(UserInput),
    responsesapiClientMetadata: experimental(z.record(z.string(), z.string()).nullish()),
    responsesapiClientMetadataPatch: experimental(z.record(z.string(), z.string()).nullish()),
    threadId: z.string(),
  }),
)

/** Result of `turn/steer`. */
export const TurnSteerResponse = named('TurnSteerResponse', 'Result of `turn/steer`.', z.object({ turnId: z.string() }))

/** Params of `turn/interrupt`. */
export const TurnInterruptParams = named(
  'TurnInterruptParams',
  'Params of `turn/interrupt`.',
  z.object({ threadId: z.string(), turnId: z.string() }),
)

/** Result of `turn/interrupt`. */
export const TurnInterruptResponse = named('TurnInterruptResponse', 'Result of `turn/interrupt`.', z.object({}))

/** Params of `turn/settings/update`. */
export const TurnSettingsUpdateParams = named(
  'TurnSettingsUpdateParams',
  'Params of `turn/settings/update`.',
  z.object({
    approvalsReviewer: ApprovalsReviewer.nullish(),
    effort: ReasoningEffort.nullish(),
    environments: z.array(TurnEnvironmentParams).nullish(),
    model: z.string().nullish(),
    serviceTier: z.string().nullish(),
    summary: ReasoningSummary.nullish(),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

const TurnSettingsUpdateStatus = named(
  'TurnSettingsUpdateStatus',
  'Turn settings update status.',
  z.enum(['applied', 'targetUnavailable']),
)

/** Result of `turn/settings/update`. */
export const TurnSettingsUpdateResponse = named(
  'TurnSettingsUpdateResponse',
  'Result of `turn/settings/update`.',
  z.object({ status: TurnSettingsUpdateStatus }),
)

/** Params of `turn/started`. */
export const TurnStartedNotification = named(
  'TurnStartedNotification',
  'Params of `turn/started`.',
  z.object({ threadId: z.string(), turn: Turn }),
)

/** Params of `turn/completed`. */
export const TurnCompletedNotification = named(
  'TurnCompletedNotification',
  'Params of `turn/completed`.',
  z.object({ threadId: z.string(), turn: Turn }),
)

/** Params of `turn/diff/updated`. */
export const TurnDiffUpdatedNotification = named(
  'TurnDiffUpdatedNotification',
  'Params of `turn/diff/updated`.',
  z.object({ diff: z.string(), threadId: z.string(), turnId: z.string() }),
)

const TurnPlanStepStatus = named(
  'TurnPlanStepStatus',
  'How far a step is.',
  z.enum(['pending', 'inProgress', 'completed']),
)

const TurnPlanStep = named(
  'TurnPlanStep',
  'A step of a plan.',
  z.object({ status: TurnPlanStepStatus, step: z.string() }),
)

/** Params of `turn/plan/updated`. */
export const TurnPlanUpdatedNotification = named(
  'TurnPlanUpdatedNotification',
  'Params of `turn/plan/updated`.',
  z.object({
    explanation: z.string().nullish(),
    plan: z.array(TurnPlanStep),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

/** Params of `error`. */
export const ErrorNotification = named(
  'ErrorNotification',
  'Params of `error`.',
  z.object({ error: TurnError, threadId: z.string(), turnId: z.string(), willRetry: z.boolean() }),
)
