import { z } from 'zod'
import { named, u32 } from './named.js'

/** Params of `app/list`. */
export const AppsListParams = named(
  'AppsListParams',
  'Params of `app/list`.',
  z.object({
    cursor: z.string().nullish(),
    forceRefetch: z.boolean().optional(),
    limit: u32.nullish(),
    threadId: z.string().nullish(),
  }),
)

const AppInfo = named('AppInfo', 'An app of the vendor’s cloud.', z.looseObject({ id: z.string(), name: z.string() }))

/** Result of `app/list`. */
export const AppsListResponse = named(
  'AppsListResponse',
  'Apps that can be used. Without a sign-in at the vendor’s there are none.',
  z.object({ data: z.array(AppInfo), nextCursor: z.string().nullish() }),
)

/** Params of `app/installed`. */
export const AppsInstalledParams = named(
  'AppsInstalledParams',
  'Params of `app/installed`.',
  z.object({ forceRefresh: z.boolean().optional(), threadId: z.string().nullish() }),
)

const InstalledApp = named(
  'InstalledApp',
  'An app that is connected.',
  z.object({
    callable: z.boolean(),
    enabled: z.boolean(),
    id: z.string(),
    runtimeName: z.string().nullish(),
  }),
)

/** Result of `app/installed`. */
export const AppsInstalledResponse = named(
  'AppsInstalledResponse',
  'Apps that are connected. Without a sign-in at the vendor’s there are none.',
  z.object({ apps: z.array(InstalledApp) }),
)

/** Params of `app/read`. */
export const AppsReadParams = named(
  'AppsReadParams',
  'Params of `app/read`.',
  z.object({
    appIds: z.array(z.string()),
    includeTools: z.boolean().optional(),
    threadId: z.string().nullish(),
  }),
)

const ConnectorMetadata = named(
  'ConnectorMetadata',
  'What is known of an app.',
  z.looseObject({ id: z.string(), name: z.string() }),
)

/** Result of `app/read`. */
export const AppsReadResponse = named(
  'AppsReadResponse',
  'What is known of some apps.',
  z.object({ apps: z.array(ConnectorMetadata), missingAppIds: z.array(z.string()) }),
)
