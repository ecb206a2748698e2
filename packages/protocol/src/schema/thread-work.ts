import { z } from 'zod'
import { i64, named, path, u32, u64 } from './named.js'
import { Turn } from './turn.js'

/** Params of `thread/compact/start`. */
export const ThreadCompactStartParams = named(
  'ThreadCompactStartParams',
  'Params of `thread/compact/start`.',
  z.object({ threadId: z.string() }),
)

/** Result of `thread/compact/start`. */
export const ThreadCompactStartResponse = named(
  'ThreadCompactStartResponse',
  'Result of `thread/compact/start`.',
  z.object({}),
)

/** Params of `thread/shellCommand`. */
export const ThreadShellCommandParams = named(
  'ThreadShellCommandParams',
  'Params of `thread/shellCommand`.',
  z.object({
    command: z.string().describe('One line for the shell; runs outside the sandbox.'),
    threadId: z.string(),
    timeoutMs: i64.nullish().describe('Null: an hour; 0 ends it at once.'),
  }),
)

/** Result of `thread/shellCommand`. */
export const ThreadShellCommandResponse = named(
  'ThreadShellCommandResponse',
  'Result of `thread/shellCommand`.',
  z.object({}),
)

/** Params of `thread/inject_items`. */
export const ThreadInjectItemsParams = named(
  'ThreadInjectItemsParams',
  'Params of `thread/inject_items`.',
  z.object({ items: z.array(z.unknown()).describe('In the words of the model’s interface.'), threadId: z.string() }),
)

/** Result of `thread/inject_items`. */
export const ThreadInjectItemsResponse = named(
  'ThreadInjectItemsResponse',
  'Result of `thread/inject_items`.',
  z.object({}),
)

/** Params of `thread/backgroundTerminals/clean`. */
export const ThreadBackgroundTerminalsCleanParams = named(
  'ThreadBackgroundTerminalsCleanParams',
  'Params of `thread/backgroundTerminals/clean`.',
  z.object({ threadId: z.string() }),
)

/** Result of `thread/backgroundTerminals/clean`. */
export const ThreadBackgroundTerminalsCleanResponse = named(
  'ThreadBackgroundTerminalsCleanResponse',
  'Result of `thread/backgroundTerminals/clean`.',
  z.object({}),
)

/** Params of `thread/backgroundTerminals/list`. */
export const ThreadBackgroundTerminalsListParams = named(
  'ThreadBackgroundTerminalsListParams',
  'Params of `thread/backgroundTerminals/list`.',
  z.object({
    cursor: z.string().nullish().describe('Where to go on; from the answer before.'),
    limit: u32.nullish().describe('Entries on a page; null leaves it to the server.'),
    threadId: z.string(),
  }),
)

const ThreadBackgroundTerminal = named(
  'ThreadBackgroundTerminal',
  'A command that outlived its call.',
  z.object({
    command: z.string(),
    cpuPercent: z.number().nullish().describe('Null when unknown.'),
    cwd: path,
    itemId: z.string(),
    osPid: u32.nullish(),
    processId: z.string(),
    rssKb: u64.nullish().describe('Memory in use, in KiB; null when unknown.'),
  }),
)

/** Result of `thread/backgroundTerminals/list`. */
export const ThreadBackgroundTerminalsListResponse = named(
  'ThreadBackgroundTerminalsListResponse',
  'Result of `thread/backgroundTerminals/list`.',
  z.object({
    data: z.array(ThreadBackgroundTerminal),
    nextCursor: z.string().nullish().describe('Where the next page begins; null after the last.'),
  }),
)

/** Params of `thread/backgroundTerminals/terminate`. */
export const ThreadBackgroundTerminalsTerminateParams = named(
  'ThreadBackgroundTerminalsTerminateParams',
  'Params of `thread/backgroundTerminals/terminate`.',
  z.object({ processId: z.string(), threadId: z.string() }),
)

/** Result of `thread/backgroundTerminals/terminate`. */
export const ThreadBackgroundTerminalsTerminateResponse = named(
  'ThreadBackgroundTerminalsTerminateResponse',
  'Result of `thread/backgroundTerminals/terminate`.',
  z.object({ terminated: z.boolean() }),
)

const TokenUsageBreakdown = named(
  'TokenUsageBreakdown',
  'Tokens by kind.',
  z.object({
    cacheWriteInputTokens: i64.optional(),
    cachedInputTokens: i64,
    inputTokens: i64,
    outputTokens: i64,
    reasoningOutputTokens: i64,
    totalTokens: i64,
  }),
)

const ThreadTokenUsage = named(
  'ThreadTokenUsage',
  'Tokens of a thread, in all and of the last response.',
  z.object({
    last: TokenUsageBreakdown,
    modelContextWindow: i64.nullish().describe('Tokens that fit; null when unknown.'),
    total: TokenUsageBreakdown,
  }),
)

/** Params of `thread/tokenUsage/updated`. */
export const ThreadTokenUsageUpdatedNotification = named(
  'ThreadTokenUsageUpdatedNotification',
  'Params of `thread/tokenUsage/updated`.',
  z.object({ threadId: z.string(), tokenUsage: ThreadTokenUsage, turnId: z.string() }),
)

/** Params of `thread/compacted`. */
export const ContextCompactedNotification = named(
  'ContextCompactedNotification',
  'Params of `thread/compacted`.',
  z.object({ threadId: z.string(), turnId: z.string() }),
)

const ReviewDelivery = named('ReviewDelivery', 'Where a review runs: in the thread itself.', z.literal('inline'))

const ReviewTarget = named(
  'ReviewTarget',
  'What is reviewed.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('uncommittedChanges') }),
    z.object({ branch: z.string(), type: z.literal('baseBranch') }),
    z.object({ sha: z.string(), title: z.string().nullish(), type: z.literal('commit') }),
    z.object({ instructions: z.string(), type: z.literal('custom') }),
  ]),
)

/** Params of `review/start`. */
export const ReviewStartParams = named(
  'ReviewStartParams',
  'Params of `review/start`.',
  z.object({
    delivery: ReviewDelivery.nullish().describe('Null: `inline`.'),
    target: ReviewTarget,
    threadId: z.string(),
  }),
)

/** Result of `review/start`. */
export const ReviewStartResponse = named(
  'ReviewStartResponse',
  'Result of `review/start`.',
  z.object({ reviewThreadId: z.string().describe('The thread of the request.'), turn: Turn }),
)
