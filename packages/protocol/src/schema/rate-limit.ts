import { z } from 'zod'
import { PlanType } from './account.js'
import { i32, i64, named } from './named.js'

const CreditsSnapshot = named(
  'CreditsSnapshot',
  'What is left of bought credits.',
  z.object({ balance: z.string().nullish(), hasCredits: z.boolean(), unlimited: z.boolean() }),
)

const SpendControlLimitSnapshot = named(
  'SpendControlLimitSnapshot',
  'How much of an own limit of spending is used.',
  z.object({
    limit: z.string(),
    remainingPercent: i32,
    resetsAt: i64.describe('Seconds since 1970.'),
    used: z.string(),
  }),
)

const RateLimitWindow = named(
  'RateLimitWindow',
  'How much of a span of time’s allowance is used.',
  z.object({
    resetsAt: i64.nullish().describe('Seconds since 1970.'),
    usedPercent: i32,
    windowDurationMins: i64.nullish().describe('Minutes.'),
  }),
)

const RateLimitReachedType = named(
  'RateLimitReachedType',
  'Which limit was reached.',
  z.enum([
    'rate_limit_reached',
    'workspace_owner_credits_depleted',
    'workspace_member_credits_depleted',
    'workspace_owner_usage_limit_reached',
    'workspace_member_usage_limit_reached',
  ]),
)

const RateLimitSnapshot = named(
  'RateLimitSnapshot',
  'How much of its limits an account has used.',
  z.object({
    credits: CreditsSnapshot.nullish(),
    individualLimit: SpendControlLimitSnapshot.nullish(),
    limitId: z.string().nullish(),
    limitName: z.string().nullish(),
    normalModelSlug: z.string().nullish(),
    planType: PlanType.nullish(),
    primary: RateLimitWindow.nullish(),
    rateLimitReachedType: RateLimitReachedType.nullish(),
    secondary: RateLimitWindow.nullish(),
    spendControlReached: z.boolean().nullish().describe('Null when unknown.'),
  }),
)

/** Params of `account/rateLimits/updated`. */
export const AccountRateLimitsUpdatedNotification = named(
  'AccountRateLimitsUpdatedNotification',
  'Params of `account/rateLimits/updated`.',
  z.object({ rateLimits: RateLimitSnapshot.describe('Null in it means unknown, not that a value is gone.') }),
)
