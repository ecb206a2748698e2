import { z } from 'zod'
import { named } from './named.js'

const modelProvider = z.string().nullish().describe('Default: the provider of the configuration.')

/** Params of `account/gatewayOAuth/read`. */
export const GatewayOAuthReadParams = named(
  'GatewayOAuthReadParams',
  'Which provider is asked about.',
  z.object({ modelProvider }),
)

/** Result of `account/gatewayOAuth/read`. */
export const GatewayOAuthReadResponse = named(
  'GatewayOAuthReadResponse',
  'Whether a provider wants one to sign in at a gateway, and how far that is.',
  z.object({
    providerId: z.string(),
    providerName: z.string(),
    required: z.boolean(),
    supportsDeviceAuth: z.boolean().optional(),
    status: named('GatewayOAuthStatus', 'How far a sign-in is.', z.enum(['notReady', 'started', 'succeeded', 'failed']))
      .nullish()
      .describe('Null where the provider has no gateway.'),
    error: z.string().nullish(),
  }),
)

/** Params of `account/gatewayOAuth/login`. */
export const GatewayOAuthLoginParams = named(
  'GatewayOAuthLoginParams',
  'Where to sign in.',
  z.object({ modelProvider, deviceAuth: z.boolean().optional().describe('By a code on another device.') }),
)

/** Result of `account/gatewayOAuth/login`. */
export const GatewayOAuthLoginResponse = named(
  'GatewayOAuthLoginResponse',
  'What the person is to do.',
  z.object({
    prompt: named(
      'GatewayOAuthPrompt',
      'A code to enter at an address.',
      z.object({ loginId: z.string(), userCode: z.string(), verificationUrl: z.string() }),
    ).nullish(),
  }),
)

/** Result of `account/gatewayOAuth/cancel`. */
export const GatewayOAuthCancelResponse = named('GatewayOAuthCancelResponse', 'No sign-in is under way.', z.object({}))
