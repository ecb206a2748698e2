import { z } from 'zod'
import { ThreadItem } from './item.js'
import { i64, named, table, u16 } from './named.js'

const withStatus = z.object({ httpStatusCode: u16.nullish() })

function failure<T extends string>(name: T) {
  return z.object({ [name]: withStatus } as Record<T, typeof withStatus>)
}

const CodexErrorInfo = named(
  'CodexErrorInfo',
  'What kind of failure it was. Later versions may know more kinds.',
  z.union([
    z.enum([
      'contextWindowExceeded',
      'sessionBudgetExceeded',
      'usageLimitExceeded',
      'rateLimitExceeded',
      'flexUnavailable',
      'serverOverloaded',
      'modelNotFound',
      'policyCapacityUnavailable',
      'cyberPolicy',
      'misalignmentPolicyViolation',
      'tooManyDenials',
      'internalServerError',
      'unauthorized',
      'badRequest',
      'threadRollbackFailed',
      'sandboxError',
      'other',
    ]),
    z.enum(['inferenceHookDenied']),
    failure('httpConnectionFailed'),
    failure('responseStreamConnectionFailed'),
    failure('responseStreamDisconnected'),
    failure('responseTooManyFailedAttempts'),
    z.object({
      activeTurnNotSteerable: z.object({
        turnKind: named('NonSteerableTurnKind', 'A turn that takes no further words.', z.enum(['review', 'compact'])),
      }),
    }),
    z.string(),
    table,
  ]),
)

const MisalignmentErrorDetails = named(
  'MisalignmentErrorDetails',
  'Why a turn was stopped for what it was about to do.',
  z.object({
    errorType: z.string().nullish(),
    reviewTarget: z.string().nullish(),
    detailedExplanation: z.string().nullish(),
    steer: named('MisalignmentSteer', 'What may be said to go on.', z.object({ message: z.string() })).nullish(),
  }),
)

export const TurnError = named(
  'TurnError',
  'Why a turn failed or was interrupted.',
  z.object({
    message: z.string(),
    codexErrorInfo: CodexErrorInfo.nullish(),
    additionalDetails: z.string().nullish(),
    misalignment: MisalignmentErrorDetails.nullish(),
  }),
)

/** How much of a turn's items is shown. */
export const TurnItemsView = named(
  'TurnItemsView',
  'How much of a turn’s items is shown: none, the first words and the last answer, or all.',
  z.enum(['notLoaded', 'summary', 'full']),
)

/** One turn of a conversation. */
export const Turn = named(
  'Turn',
  'What was said once, and everything that was done about it.',
  z.object({
    id: z.string(),
    rootTurnId: z.string().nullish().describe('The first turn of the work that led to this one.'),
    items: z.array(ThreadItem),
    itemsView: TurnItemsView.optional(),
    status: named(
      'TurnStatus',
      'How a turn ended, if it has.',
      z.enum(['completed', 'interrupted', 'failed', 'inProgress']),
    ),
    error: TurnError.nullish(),
    startedAt: i64.nullish().describe('Seconds since 1970.'),
    completedAt: i64.nullish().describe('Seconds since 1970.'),
    durationMs: i64.nullish(),
  }),
)
