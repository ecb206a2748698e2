import { z } from 'zod'
import { i64, named, path } from './named.js'

/** Plugin list marketplace kind. */
export const PluginListMarketplaceKind = named(
  'PluginListMarketplaceKind',
  'Plugin list marketplace kind.',
  z.enum(['local', 'vertical', 'workspace-directory', 'shared-with-me', 'created-by-me-remote']),
)

/** Marketplace load error info. */
export const MarketplaceLoadErrorInfo = named(
  'MarketplaceLoadErrorInfo',
  'Marketplace load error info.',
  z.object({ marketplacePath: path, message: z.string() }),
)

const MarketplaceInterface = named(
  'MarketplaceInterface',
  'Marketplace interface.',
  z.object({ displayName: z.string().nullish() }),
)

/** Plugin auth policy. */
export const PluginAuthPolicy = named('PluginAuthPolicy', 'Plugin auth policy.', z.enum(['ON_INSTALL', 'ON_USE']))

const PluginAvailability = named(
  'PluginAvailability',
  'Plugin availability.',
  z.enum(['DISABLED_BY_ADMIN', 'AVAILABLE']),
)

const PluginDisabledReason = named(
  'PluginDisabledReason',
  'Plugin disabled reason.',
  z.enum(['disabled_by_admin', 'plan_not_eligible', 'required_app_unavailable', 'unknown']),
)

const PluginInstallPolicy = named(
  'PluginInstallPolicy',
  'Plugin install policy.',
  z.enum(['NOT_AVAILABLE', 'AVAILABLE', 'INSTALLED_BY_DEFAULT']),
)

const PluginInstallPolicySource = named(
  'PluginInstallPolicySource',
  'Plugin install policy source.',
  z.enum(['WORKSPACE_SETTING', 'IMPLICIT_CANONICAL_APP']),
)

const PluginInterface = named(
  'PluginInterface',
  'Plugin interface.',
  z.object({
    brandColor: z.string().nullish(),
    capabilities: z.array(z.string()),
    category: z.string().nullish(),
    composerIcon: path.nullish(),
    composerIconUrl: z.string().nullish(),
    defaultPrompt: z.array(z.string()).nullish(),
    developerName: z.string().nullish(),
    displayName: z.string().nullish(),
    logo: path.nullish(),
    logoDark: path.nullish(),
    logoUrl: z.string().nullish(),
    logoUrlDark: z.string().nullish(),
    longDescription: z.string().nullish(),
    privacyPolicyUrl: z.string().nullish(),
    screenshotUrls: z.array(z.string()),
    screenshots: z.array(path),
    shortDescription: z.string().nullish(),
    termsOfServiceUrl: z.string().nullish(),
    websiteUrl: z.string().nullish(),
  }),
)

const PluginShareDiscoverability = named(
  'PluginShareDiscoverability',
  'Plugin share discoverability.',
  z.enum(['LISTED', 'UNLISTED', 'PRIVATE']),
)

const PluginSharePrincipalType = named(
  'PluginSharePrincipalType',
  'Plugin share principal type.',
  z.enum(['user', 'group', 'workspace']),
)

const PluginSharePrincipalRole = named(
  'PluginSharePrincipalRole',
  'Plugin share principal role.',
  z.enum(['reader', 'editor', 'owner']),
)

const PluginSharePrincipal = named(
  'PluginSharePrincipal',
  'Plugin share principal.',
  z.object({
    name: z.string(),
    principalId: z.string(),
    principalType: PluginSharePrincipalType,
    role: PluginSharePrincipalRole,
  }),
)

const PluginShareContext = named(
  'PluginShareContext',
  'Plugin share context.',
  z.object({
    canPublishToWorkspace: z.boolean().nullish(),
    creatorAccountUserId: z.string().nullish(),
    creatorName: z.string().nullish(),
    discoverability: PluginShareDiscoverability.nullish(),
    remotePluginId: z.string(),
    remoteVersion: z.string().nullish(),
    sharePrincipals: z.array(PluginSharePrincipal).nullish(),
    shareUrl: z.string().nullish(),
  }),
)

const PluginSource = named(
  'PluginSource',
  'Plugin source.',
  z.discriminatedUnion('type', [
    z.object({ path, type: z.literal('local') }),
    z.object({
      path: z.string().nullish(),
      refName: z.string().nullish(),
      sha: z.string().nullish(),
      type: z.literal('git'),
      url: z.string(),
    }),
    z.object({
      package: z.string(),
      registry: z.string().nullish(),
      type: z.literal('npm'),
      version: z.string().nullish(),
    }),
    z.object({ type: z.literal('remote') }),
  ]),
)

/** Plugin summary. */
export const PluginSummary = named(
  'PluginSummary',
  'Plugin summary.',
  z.object({
    authPolicy: PluginAuthPolicy,
    availability: PluginAvailability.optional(),
    disabledReason: PluginDisabledReason.nullish(),
    eligiblePlanTypes: z.array(z.string()).nullish(),
    enabled: z.boolean(),
    id: z.string(),
    installPolicy: PluginInstallPolicy,
    installPolicySource: PluginInstallPolicySource.nullish(),
    installed: z.boolean(),
    installedAt: i64.nullish(),
    interface: PluginInterface.nullish(),
    keywords: z.array(z.string()).optional(),
    localVersion: z.string().nullish(),
    mustShowInstallationInterstitial: z.boolean().nullish(),
    name: z.string(),
    remotePluginId: z.string().nullish(),
    shareContext: PluginShareContext.nullish(),
    source: PluginSource,
    version: z.string().nullish(),
  }),
)

/** Plugin marketplace entry. */
export const PluginMarketplaceEntry = named(
  'PluginMarketplaceEntry',
  'Plugin marketplace entry.',
  z.object({
    interface: MarketplaceInterface.nullish(),
    name: z.string(),
    path: path.nullish(),
    plugins: z.array(PluginSummary),
  }),
)
