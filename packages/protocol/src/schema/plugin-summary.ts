import { z } from 'zod'
import { i64, named, path } from './named.js'

/** A kind of marketplace, by where its plugins come from. */
export const PluginListMarketplaceKind = named(
  'PluginListMarketplaceKind',
  'A kind of marketplace, by where its plugins come from.',
  z.enum(['local', 'vertical', 'workspace-directory', 'shared-with-me', 'created-by-me-remote']),
)

/** A marketplace that cannot be read, and why. */
export const MarketplaceLoadErrorInfo = named(
  'MarketplaceLoadErrorInfo',
  'A marketplace that cannot be read, and why.',
  z.object({ marketplacePath: path, message: z.string() }),
)

const MarketplaceInterface = named(
  'MarketplaceInterface',
  'How a marketplace looks.',
  z.object({ displayName: z.string().nullish() }),
)

/** When the services of a plugin are signed in to. */
export const PluginAuthPolicy = named(
  'PluginAuthPolicy',
  'When the services of a plugin are signed in to.',
  z.enum(['ON_INSTALL', 'ON_USE']),
)

const PluginAvailability = named(
  'PluginAvailability',
  'Whether the plugin may be used at all.',
  z.enum(['DISABLED_BY_ADMIN', 'AVAILABLE']),
)

const PluginDisabledReason = named(
  'PluginDisabledReason',
  'Why a plugin of the catalog cannot be used.',
  z.enum(['disabled_by_admin', 'plan_not_eligible', 'required_app_unavailable', 'unknown']),
)

const PluginInstallPolicy = named(
  'PluginInstallPolicy',
  'Whether a plugin may be installed, or comes by itself.',
  z.enum(['NOT_AVAILABLE', 'AVAILABLE', 'INSTALLED_BY_DEFAULT']),
)

const PluginInstallPolicySource = named(
  'PluginInstallPolicySource',
  'Who decided about the installing of a plugin.',
  z.enum(['WORKSPACE_SETTING', 'IMPLICIT_CANONICAL_APP']),
)

const PluginInterface = named(
  'PluginInterface',
  'How a plugin looks.',
  z.object({
    brandColor: z.string().nullish(),
    capabilities: z.array(z.string()),
    category: z.string().nullish(),
    composerIcon: path.nullish(),
    composerIconUrl: z.string().nullish().describe('Where the catalog has it.'),
    defaultPrompt: z.array(z.string()).nullish().describe('First words to choose from: three at most.'),
    developerName: z.string().nullish(),
    displayName: z.string().nullish(),
    logo: path.nullish(),
    logoDark: path.nullish(),
    logoUrl: z.string().nullish().describe('Where the catalog has it.'),
    logoUrlDark: z.string().nullish().describe('Where the catalog has it.'),
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
  'Who finds a shared plugin.',
  z.enum(['LISTED', 'UNLISTED', 'PRIVATE']),
)

const PluginSharePrincipalType = named(
  'PluginSharePrincipalType',
  'Whether a plugin is shared with a person, a group or a workspace.',
  z.enum(['user', 'group', 'workspace']),
)

const PluginSharePrincipalRole = named(
  'PluginSharePrincipalRole',
  'What those may do with a plugin whom it is shared with.',
  z.enum(['reader', 'editor', 'owner']),
)

const PluginSharePrincipal = named(
  'PluginSharePrincipal',
  'Someone whom a plugin is shared with.',
  z.object({
    name: z.string(),
    principalId: z.string(),
    principalType: PluginSharePrincipalType,
    role: PluginSharePrincipalRole,
  }),
)

const PluginShareContext = named(
  'PluginShareContext',
  'How a plugin is shared.',
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
  'Where the files of a plugin come from.',
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

/** A plugin, as lists show it. */
export const PluginSummary = named(
  'PluginSummary',
  'A plugin, as lists show it.',
  z.object({
    authPolicy: PluginAuthPolicy,
    availability: PluginAvailability.optional(),
    disabledReason: PluginDisabledReason.nullish(),
    eligiblePlanTypes: z.array(z.string()).nullish(),
    enabled: z.boolean(),
    id: z.string().describe('`name@marketplace`.'),
    installPolicy: PluginInstallPolicy,
    installPolicySource: PluginInstallPolicySource.nullish(),
    installed: z.boolean(),
    installedAt: i64.nullish().describe('Seconds since 1970, for plugins of the catalog.'),
    interface: PluginInterface.nullish(),
    keywords: z.array(z.string()).optional(),
    localVersion: z.string().nullish().describe('The one on disk.'),
    mustShowInstallationInterstitial: z.boolean().nullish(),
    name: z.string(),
    remotePluginId: z.string().nullish(),
    shareContext: PluginShareContext.nullish(),
    source: PluginSource,
    version: z.string().nullish().describe('The one in the catalog.'),
  }),
)

/** A marketplace and its plugins. */
export const PluginMarketplaceEntry = named(
  'PluginMarketplaceEntry',
  'A marketplace and its plugins.',
  z.object({
    interface: MarketplaceInterface.nullish(),
    name: z.string(),
    path: path.nullish().describe('The file it is read from; null for the catalog’s own.'),
    plugins: z.array(PluginSummary),
  }),
)
