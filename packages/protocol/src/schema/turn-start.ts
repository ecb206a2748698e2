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
  z.object({
    kind: AdditionalContextKind,
    name: z.string().nullish().describe('What untrusted context is shown as to the model.'),
    value: z.string(),
  }),
)

const TurnToolOutput = named(
  'TurnToolOutput',
  'What became of a tool call.',
  z.object({
    name: z.string(),
    namespace: z.string().nullish(),
    output: FunctionCallOutputBody,
    retain: z.boolean().optional().describe('Keeps it in what the model sees later.'),
  }),
)

/** Params of `turn/start`. */
export const TurnStartParams = named(
  'TurnStartParams',
  'Params of `turn/start`.',
  z.object({
    additionalContext: experimental(
      z.record(z.string(), AdditionalContextEntry).nullish(),
      'By a name of the client’s choice.',
    ),
    approvalPolicy: AskForApproval.nullish().describe('From this turn on; null changes nothing.'),
    approvalsReviewer: ApprovalsReviewer.nullish().describe('From this turn on; null changes nothing.'),
    clientUserMessageId: z.string().nullish(),
    collaborationMode: experimental(CollaborationMode.nullish()),
    cwd: z.string().nullish().describe('From this turn on; null changes nothing.'),
    cyberAccessProgram: experimental(CyberAccessProgram.nullish()),
    disabledPluginIds: z.array(z.string()).nullish().describe('Null: as before, `[]`: none.'),
    effort: ReasoningEffort.nullish().describe('From this turn on; null changes nothing.'),
    environments: experimental(
      z.array(TurnEnvironmentParams).nullish(),
      'The first is where commands run; null: those of the thread, `[]`: none.',
    ),
    input: z.array(UserInput),
    model: z.string().nullish().describe('From this turn on; null changes nothing.'),
    multiAgentMode: experimental(MultiAgentMode.nullish(), 'Ignored.'),
    outputSchema: z.unknown().optional().describe('JSON Schema that the last answer must fit.'),
    parentTurnId: z.string().nullish().describe('The turn that led to this one; null for a person’s own words.'),
    permissions: experimental(z.string().nullish(), 'Name of a permission profile; not together with `sandboxPolicy`.'),
    personality: Personality.nullish(),
    responsesapiClientMetadata: experimental(
      z.record(z.string(), z.string()).nullish(),
      'Takes the place of what was there; `{}` clears it.',
    ),
    responsesapiClientMetadataPatch: experimental(
      z.record(z.string(), z.string()).nullish(),
      'Added to what was there.',
    ),
    rootTurnId: z.string().nullish().describe('The first turn of the work that leads to this one.'),
    runtimeWorkspaceRoots: experimental(z.array(path).nullish(), 'Absolute.'),
    sandboxPolicy: SandboxPolicy.nullish().describe('From this turn on; null changes nothing.'),
    serviceTier: z.string().nullish().describe('From this turn on; null changes nothing.'),
    serviceTierForTurn: z.string().nullish().describe('For this turn alone; null: that of the thread.'),
    summary: ReasoningSummary.nullish().describe('From this turn on; null changes nothing.'),
    threadId: z.string(),
    toolOutput: TurnToolOutput.nullish(),
    turnTrigger: z.string().nullish().describe('What made the client begin the turn.'),
  }),
)

/** Result of `turn/start`. */
export const TurnStartResponse = named('TurnStartResponse', 'Result of `turn/start`.', z.object({ turn: Turn }))

/** Params of `turn/steer`. */
export const TurnSteerParams = named(
  'TurnSteerParams',
  'Params of `turn/steer`.',
  z.object({
    additionalContext: experimental(
      z.record(z.string(), AdditionalContextEntry).nullish(),
      'By a name of the client’s choice.',
    ),
    clientUserMessageId: z.string().nullish(),
    expectedTurnId: z.string().describe('The running turn; with any other the request is refused.'),
    input: z.array(UserInput),
    responsesapiClientMetadata: experimental(
      z.record(z.string(), z.string()).nullish(),
      'Takes the place of what was there; `{}` clears it.',
    ),
    responsesapiClientMetadataPatch: experimental(
      z.record(z.string(), z.string()).nullish(),
      'Added to what was there.',
    ),
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
    effort: ReasoningEffort.nullish().describe('Null: stays.'),
    environments: z
      .array(TurnEnvironmentParams)
      .nullish()
      .describe('For the steps to come; null: as before, `[]`: none.'),
    model: z.string().nullish().describe('Null: stays.'),
    serviceTier: z.string().nullish().describe('Null takes it away; left out: stays.'),
    summary: ReasoningSummary.nullish().describe('Null: stays.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

const TurnSettingsUpdateStatus = named(
  'TurnSettingsUpdateStatus',
  'Whether the turn was still there to be told.',
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
  z.object({
    diff: z.string().describe('Unified; of everything the turn has changed so far.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
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
  z.object({
    error: TurnError,
    threadId: z.string(),
    turnId: z.string(),
    willRetry: z.boolean().describe('Whether the turn goes on by itself.'),
  }),
)
