import { z } from 'zod'
import { i64, named } from './named.js'

const ThreadGoalMutationOrigin = named('ThreadGoalMutationOrigin', 'Who changed a goal.', z.enum(['user', 'automatic']))

const ThreadGoalStatus = named(
  'ThreadGoalStatus',
  'How far a goal is.',
  z.enum(['active', 'paused', 'blocked', 'usageLimited', 'budgetLimited', 'complete']),
)

/** Params of `thread/goal/set`. */
export const ThreadGoalSetParams = named(
  'ThreadGoalSetParams',
  'Params of `thread/goal/set`.',
  z.object({
    objective: z.string().nullish().describe('Null: stays.'),
    origin: ThreadGoalMutationOrigin.nullish(),
    status: ThreadGoalStatus.nullish().describe('Null: stays.'),
    threadId: z.string(),
    tokenBudget: i64.nullish().describe('Null takes the limit away; left out: stays.'),
  }),
)

const ThreadGoal = named(
  'ThreadGoal',
  'What a thread works towards.',
  z.object({
    createdAt: i64.describe('Seconds since 1970.'),
    objective: z.string(),
    status: ThreadGoalStatus,
    threadId: z.string(),
    timeUsedSeconds: i64,
    tokenBudget: i64.nullish().describe('Null: no limit.'),
    tokensUsed: i64,
    updatedAt: i64.describe('Seconds since 1970.'),
  }),
)

/** Result of `thread/goal/set`. */
export const ThreadGoalSetResponse = named(
  'ThreadGoalSetResponse',
  'Result of `thread/goal/set`.',
  z.object({ goal: ThreadGoal }),
)

/** Params of `thread/goal/get`. */
export const ThreadGoalGetParams = named(
  'ThreadGoalGetParams',
  'Params of `thread/goal/get`.',
  z.object({ threadId: z.string() }),
)

/** Result of `thread/goal/get`. */
export const ThreadGoalGetResponse = named(
  'ThreadGoalGetResponse',
  'Result of `thread/goal/get`.',
  z.object({ goal: ThreadGoal.nullish().describe('Null: the thread has none.') }),
)

/** Params of `thread/goal/clear`. */
export const ThreadGoalClearParams = named(
  'ThreadGoalClearParams',
  'Params of `thread/goal/clear`.',
  z.object({ origin: ThreadGoalMutationOrigin.nullish(), threadId: z.string() }),
)

/** Result of `thread/goal/clear`. */
export const ThreadGoalClearResponse = named(
  'ThreadGoalClearResponse',
  'Result of `thread/goal/clear`.',
  z.object({ cleared: z.boolean() }),
)

/** Params of `thread/goal/updated`. */
export const ThreadGoalUpdatedNotification = named(
  'ThreadGoalUpdatedNotification',
  'Params of `thread/goal/updated`.',
  z.object({ goal: ThreadGoal, threadId: z.string(), turnId: z.string().nullish() }),
)

/** Params of `thread/goal/cleared`. */
export const ThreadGoalClearedNotification = named(
  'ThreadGoalClearedNotification',
  'Params of `thread/goal/cleared`.',
  z.object({ threadId: z.string() }),
)
