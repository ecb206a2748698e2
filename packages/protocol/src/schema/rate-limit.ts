import { z } from 'zod'
import { PlanType } from './account.js'
import { i32, i64, named } from './named.js'

const CreditsSnapshot = named(
  'CreditsSnapshot',
  'Credits snapshot.',
  z.object({ balance: z.string().nullish(), hasCredits: z.boolean(), unlimited: z.boolean() }),
)

const SpendControlLimitSnapshot = named(
  'SpendControlLimitSnapshot',
  'Spend control limit snapshot.',
  z.object({ limit: z.string(), remainingPercent: i32, resetsAt: i64, used: z.string() }),
)

const RateLimitWindow = named(
  'RateLimitWindow',
  'Rate limit window.',
  z.object({ resetsAt: i64.nullish(), usedPercent: i32, windowDurationMins: i64.nullish() }),
)

const RateLimitReachedType = named(
  'RateLimitReachedType',
  'Rate limit reached type.',
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
  'Rate limit snapshot.',
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
    spendControlReached: z.boolean().nullish(),
  }),
)

/** Params of `account/rateLimits/updated`. */
export const AccountRateLimitsUpdatedNotification = named(
  'AccountRateLimitsUpdatedNotification',
  'Params of `account/rateLimits/updated`.',
  z.object({ rateLimits: RateLimitSnapshot }),
)
