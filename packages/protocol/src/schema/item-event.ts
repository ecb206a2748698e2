import { z } from 'zod'
import { ThreadItem } from './item.js'
import { FileUpdateChange } from './item-tool.js'
import { i64, named, u64 } from './named.js'

/** Params of `item/started`. */
export const ItemStartedNotification = named(
  'ItemStartedNotification',
  'Params of `item/started`.',
  z.object({
    item: ThreadItem,
    startedAtMs: i64.describe('Milliseconds since 1970.'),
    threadId: z.string(),
    turnId: z.string(),
  }),
)

/** Params of `item/completed`. */
export const ItemCompletedNotification = named(
  'ItemCompletedNotification',
  'Params of `item/completed`.',
  z.object({
    completedAtMs: i64.describe('Milliseconds since 1970.'),
    contentTokenCount: u64.nullish().describe('Tokens of an answer’s words; null when unknown.'),
    item: ThreadItem,
    threadId: z.string(),
    turnId: z.string(),
  }),
)

/** Params of `item/agentMessage/delta`. */
export const AgentMessageDeltaNotification = named(
  'AgentMessageDeltaNotification',
  'Params of `item/agentMessage/delta`.',
  z.object({ delta: z.string(), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/plan/delta`. */
export const PlanDeltaNotification = named(
  'PlanDeltaNotification',
  'Params of `item/plan/delta`.',
  z.object({ delta: z.string(), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/commandExecution/outputDelta`. */
export const CommandExecutionOutputDeltaNotification = named(
  'CommandExecutionOutputDeltaNotification',
  'Params of `item/commandExecution/outputDelta`.',
  z.object({ delta: z.string(), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/commandExecution/terminalInteraction`. */
export const TerminalInteractionNotification = named(
  'TerminalInteractionNotification',
  'Params of `item/commandExecution/terminalInteraction`.',
  z.object({ itemId: z.string(), processId: z.string(), stdin: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/fileChange/outputDelta`. */
export const FileChangeOutputDeltaNotification = named(
  'FileChangeOutputDeltaNotification',
  'Params of `item/fileChange/outputDelta`.',
  z.object({ delta: z.string(), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/fileChange/patchUpdated`. */
export const FileChangePatchUpdatedNotification = named(
  'FileChangePatchUpdatedNotification',
  'Params of `item/fileChange/patchUpdated`.',
  z.object({ changes: z.array(FileUpdateChange), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/mcpToolCall/progress`. */
export const McpToolCallProgressNotification = named(
  'McpToolCallProgressNotification',
  'Params of `item/mcpToolCall/progress`.',
  z.object({ itemId: z.string(), message: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/reasoning/summaryTextDelta`. */
export const ReasoningSummaryTextDeltaNotification = named(
  'ReasoningSummaryTextDeltaNotification',
  'Params of `item/reasoning/summaryTextDelta`.',
  z.object({ delta: z.string(), itemId: z.string(), summaryIndex: i64, threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/reasoning/summaryPartAdded`. */
export const ReasoningSummaryPartAddedNotification = named(
  'ReasoningSummaryPartAddedNotification',
  'Params of `item/reasoning/summaryPartAdded`.',
  z.object({ itemId: z.string(), summaryIndex: i64, threadId: z.string(), turnId: z.string() }),
)

/** Params of `item/reasoning/textDelta`. */
export const ReasoningTextDeltaNotification = named(
  'ReasoningTextDeltaNotification',
  'Params of `item/reasoning/textDelta`.',
  z.object({ contentIndex: i64, delta: z.string(), itemId: z.string(), threadId: z.string(), turnId: z.string() }),
)

/** Params of `serverRequest/resolved`. */
export const ServerRequestResolvedNotification = named(
  'ServerRequestResolvedNotification',
  'Params of `serverRequest/resolved`.',
  z.object({ requestId: z.union([z.string(), i64]), threadId: z.string() }),
)

/** Params of `warning`. */
export const WarningNotification = named(
  'WarningNotification',
  'Params of `warning`.',
  z.object({
    message: z.string(),
    threadId: z.string().nullish().describe('Null: it is about no thread in particular.'),
  }),
)

/** Params of `deprecationNotice`. */
export const DeprecationNoticeNotification = named(
  'DeprecationNoticeNotification',
  'Params of `deprecationNotice`.',
  z.object({ details: z.string().nullish(), summary: z.string() }),
)

/** Params of `guardianWarning`. */
export const GuardianWarningNotification = named(
  'GuardianWarningNotification',
  'Params of `guardianWarning`.',
  z.object({ message: z.string(), threadId: z.string() }),
)

const ModelRerouteReason = named(
  'ModelRerouteReason',
  'Why another model answers than was asked.',
  z.literal('highRiskCyberActivity'),
)

/** Params of `model/rerouted`. */
export const ModelReroutedNotification = named(
  'ModelReroutedNotification',
  'Params of `model/rerouted`.',
  z.object({
    fromModel: z.string(),
    reason: ModelRerouteReason,
    threadId: z.string(),
    toModel: z.string(),
    turnId: z.string(),
  }),
)
