import { z } from 'zod'
import { named, u32 } from './named.js'

/** Which page of the apps is wanted. */
export const AppsListParams = named(
  'AppsListParams',
  'Which page of the apps is wanted.',
  z.object({
    cursor: z.string().nullish(),
    forceRefetch: z.boolean().optional(),
    limit: u32.nullish(),
    threadId: z.string().nullish(),
  }),
)

const AppReview = named('AppReview', 'What the vendor’s review of an app came to.', z.object({ status: z.string() }))

const AppScreenshot = named(
  'AppScreenshot',
  'A picture of an app at work.',
  z.object({ fileId: z.string().nullish(), url: z.string().nullish(), userPrompt: z.string() }),
)

const AppMetadata = named(
  'AppMetadata',
  'What its maker says of an app.',
  z.object({
    categories: z.array(z.string()).nullish(),
    developer: z.string().nullish(),
    firstPartyRequiresInstall: z.boolean().nullish(),
    review: AppReview.nullish(),
    screenshots: z.array(AppScreenshot).nullish(),
    seoDescription: z.string().nullish(),
    showInComposerWhenUnlinked: z.boolean().nullish(),
    subCategories: z.array(z.string()).nullish(),
    version: z.string().nullish(),
    versionId: z.string().nullish(),
    versionNotes: z.string().nullish(),
  }),
)

const AppBranding = named(
  'AppBranding',
  'How an app is shown.',
  z.object({
    category: z.string().nullish(),
    developer: z.string().nullish(),
    isDiscoverableApp: z.boolean(),
    privacyPolicy: z.string().nullish(),
    termsOfService: z.string().nullish(),
    website: z.string().nullish(),
  }),
)

const AppInfo = named(
  'AppInfo',
  'An app of the vendor’s cloud.',
  z.object({
    appMetadata: AppMetadata.nullish(),
    branding: AppBranding.nullish(),
    description: z.string().nullish(),
    distributionChannel: z.string().nullish(),
    iconAssets: z.record(z.string(), z.string()).nullish(),
    iconDarkAssets: z.record(z.string(), z.string()).nullish(),
    id: z.string(),
    installUrl: z.string().nullish(),
    isAccessible: z.boolean().optional(),
    isEnabled: z.boolean().optional(),
    labels: z.record(z.string(), z.string()).nullish(),
    logoUrl: z.string().nullish(),
    logoUrlDark: z.string().nullish(),
    name: z.string(),
    pluginDisplayNames: z.array(z.string()).optional(),
  }),
)

/** Apps that can be used. Without a sign-in at the vendor’s there are none. */
export const AppsListResponse = named(
  'AppsListResponse',
  'Apps that can be used. Without a sign-in at the vendor’s there are none.',
  z.object({ data: z.array(AppInfo), nextCursor: z.string().nullish() }),
)

/** Whose connected apps are wanted. */
export const AppsInstalledParams = named(
  'AppsInstalledParams',
  'Whose connected apps are wanted.',
  z.object({ forceRefresh: z.boolean().optional(), threadId: z.string().nullish() }),
)

const InstalledApp = named(
  'InstalledApp',
  'An app that is connected.',
  z.object({ callable: z.boolean(), enabled: z.boolean(), id: z.string(), runtimeName: z.string().nullish() }),
)

/** Apps that are connected. Without a sign-in at the vendor’s there are none. */
export const AppsInstalledResponse = named(
  'AppsInstalledResponse',
  'Apps that are connected. Without a sign-in at the vendor’s there are none.',
  z.object({ apps: z.array(InstalledApp) }),
)

/** Which apps are asked about. */
export const AppsReadParams = named(
  'AppsReadParams',
  'Which apps are asked about.',
  z.object({ appIds: z.array(z.string()), includeTools: z.boolean().optional(), threadId: z.string().nullish() }),
)

const AppToolSummary = named(
  'AppToolSummary',
  'A tool of an app, as lists show it.',
  z.object({
    description: z.string(),
    disabledReason: z.string().nullish(),
    isEnabled: z.boolean().optional(),
    isReadOnly: z.boolean().optional(),
    name: z.string(),
    title: z.string().nullish(),
  }),
)

const ConnectorMetadata = named(
  'ConnectorMetadata',
  'What is known of an app.',
  z.object({
    description: z.string().nullish(),
    distributionChannel: z.string().nullish(),
    iconUrl: z.string().nullish(),
    iconUrlDark: z.string().nullish(),
    id: z.string(),
    installUrl: z.string().nullish(),
    name: z.string(),
    pluginDisplayNames: z.array(z.string()).optional(),
    toolSummaries: z.array(AppToolSummary).nullish(),
  }),
)

/** What is known of some apps, and which are not known. */
export const AppsReadResponse = named(
  'AppsReadResponse',
  'What is known of some apps, and which are not known.',
  z.object({ apps: z.array(ConnectorMetadata), missingAppIds: z.array(z.string()) }),
)
