import { z } from 'zod'
import { experimental, named } from './named.js'

/** Params of `account/read`. */
export const GetAccountParams = named(
  'GetAccountParams',
  'Params of `account/read`.',
  z.object({ refreshToken: z.boolean().optional().describe('Renews the token first.') }),
)

/** What kind of account it is. */
export const PlanType = named(
  'PlanType',
  'What kind of account it is.',
  z.enum([
    'free',
    'go',
    'plus',
    'pro',
    'prolite',
    'promax',
    'team',
    'self_serve_business_prolite',
    'self_serve_business_usage_based',
    'business',
    'ent26',
    'enterprise_cbp_automation',
    'enterprise_cbp_usage_based',
    'enterprise',
    'edu',
    'edu_plus',
    'edu_pro',
    'sci',
    'sci_plus',
    'unknown',
  ]),
)

const Account = named(
  'Account',
  'Who pays for the model.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('apiKey') }),
    z.object({
      email: z.string().nullable(),
      planType: PlanType,
      type: z.literal('chatgpt'),
      workspaceName: z.string().nullish(),
    }),
    z.object({ type: z.literal('amazonBedrock'), usesCodexManagedCredentials: z.boolean().optional() }),
    z.object({ type: z.literal('gcp') }),
  ]),
)

const AccountRoutingOverride = named(
  'AccountRoutingOverride',
  'The region that requests of the account must go to.',
  z.enum(['NO_CONSTRAINT', 'us', 'us_cr']),
)

const WorkspaceRouting = named(
  'WorkspaceRouting',
  'Where the requests of the account’s workspace go.',
  z.object({ accountRoutingOverride: AccountRoutingOverride, backendOrigin: z.string(), chatgptAccountId: z.string() }),
)

/** Result of `account/read`. */
export const GetAccountResponse = named(
  'GetAccountResponse',
  'Result of `account/read`.',
  z.object({
    account: Account.nullish().describe('Null: nobody has signed in.'),
    requiresOpenaiAuth: z.boolean(),
    userId: z.string().nullish().describe('Null where the account has none.'),
    workspaceRouting: experimental(WorkspaceRouting.nullish()),
  }),
)

const LoginAppBrand = named(
  'LoginAppBrand',
  'Under which name the sign-in page shows itself.',
  z.enum(['codex', 'chatgpt']),
)

/** Params of `account/login/start`. */
export const LoginAccountParams = named(
  'LoginAccountParams',
  'Params of `account/login/start`.',
  z.discriminatedUnion('type', [
    z.object({ apiKey: z.string(), type: z.literal('apiKey') }),
    z.object({
      appBrand: LoginAppBrand.nullish(),
      codexStreamlinedLogin: z.boolean().optional(),
      type: z.literal('chatgpt'),
      useHostedLoginSuccessPage: z.boolean().optional(),
    }),
    z.object({ type: z.literal('chatgptDeviceCode') }),
    z.object({
      accessToken: z.string(),
      chatgptAccountId: z.string(),
      chatgptPlanType: z.string().nullish().describe('Null: as the token says.'),
      type: z.literal('chatgptAuthTokens'),
    }),
    z.object({ apiKey: z.string(), region: z.string(), type: z.literal('amazonBedrock') }),
    z.object({
      accessKeyId: z.string(),
      region: z.string(),
      secretAccessKey: z.string(),
      sessionToken: z.string().nullish(),
      type: z.literal('amazonBedrockAccessKeys'),
    }),
  ]),
)

/** Result of `account/login/start`. */
export const LoginAccountResponse = named(
  'LoginAccountResponse',
  'Result of `account/login/start`.',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('apiKey') }),
    z.object({
      authUrl: z.string().describe('The page to open in a browser.'),
      loginId: z.string(),
      type: z.literal('chatgpt'),
    }),
    z.object({
      loginId: z.string(),
      type: z.literal('chatgptDeviceCode'),
      userCode: z.string().describe('What the person types in on that page.'),
      verificationUrl: z.string(),
    }),
    z.object({ type: z.literal('chatgptAuthTokens') }),
    z.object({ type: z.literal('amazonBedrock') }),
  ]),
)

/** Params of `account/login/cancel`. */
export const CancelLoginAccountParams = named(
  'CancelLoginAccountParams',
  'Params of `account/login/cancel`.',
  z.object({ loginId: z.string() }),
)

const CancelLoginAccountStatus = named(
  'CancelLoginAccountStatus',
  'Whether there was a sign-in to break off.',
  z.enum(['canceled', 'notFound']),
)

/** Result of `account/login/cancel`. */
export const CancelLoginAccountResponse = named(
  'CancelLoginAccountResponse',
  'Result of `account/login/cancel`.',
  z.object({ status: CancelLoginAccountStatus }),
)

/** Result of `account/logout`. */
export const LogoutAccountResponse = named('LogoutAccountResponse', 'Result of `account/logout`.', z.object({}))

/** How one has signed in. */
export const AuthMode = named(
  'AuthMode',
  'How one has signed in.',
  z.enum([
    'apikey',
    'chatgpt',
    'chatgptAuthTokens',
    'headers',
    'agentIdentity',
    'personalAccessToken',
    'bedrockApiKey',
    'bedrockAccessKeys',
  ]),
)

/** Params of `account/updated`. */
export const AccountUpdatedNotification = named(
  'AccountUpdatedNotification',
  'Params of `account/updated`.',
  z.object({ authMode: AuthMode.nullish(), planType: PlanType.nullish() }),
)

const DesktopOnboardingEntrypoint = named(
  'DesktopOnboardingEntrypoint',
  'The special way in by which a person came to sign in.',
  z.literal('life_sciences'),
)

/** Params of `account/login/completed`. */
export const AccountLoginCompletedNotification = named(
  'AccountLoginCompletedNotification',
  'Params of `account/login/completed`.',
  z.object({
    error: z.string().nullish().describe('Null when it went well.'),
    loginId: z.string().nullish(),
    onboardingEntrypoint: DesktopOnboardingEntrypoint.nullish(),
    success: z.boolean(),
  }),
)

/** Params of `account/bedrock/checkGovCloudRequirements`. */
export const BedrockCheckGovCloudRequirementsParams = named(
  'BedrockCheckGovCloudRequirementsParams',
  'Params of `account/bedrock/checkGovCloudRequirements`.',
  z.object({}),
)

/** Result of `account/bedrock/checkGovCloudRequirements`. */
export const BedrockCheckGovCloudRequirementsResponse = named(
  'BedrockCheckGovCloudRequirementsResponse',
  'Result of `account/bedrock/checkGovCloudRequirements`.',
  z.object({
    isGovCloud: z.boolean(),
    shouldWarn: z.boolean().describe('Whether the managed settings lack what such a region asks for.'),
  }),
)
