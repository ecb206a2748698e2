import { z } from 'zod'
import { named } from './named.js'
import { AllowDenyRequirement } from './setting.js'

/** Whether a domain may be contacted. */
export const NetworkDomainPermission = named(
  'NetworkDomainPermission',
  'Whether a domain may be contacted.',
  z.enum(['allow', 'deny']),
)

const ApplicationNetworkRequirements = named(
  'ApplicationNetworkRequirements',
  'Domains that the application may contact.',
  z.object({ enabled: z.boolean(), domains: z.record(z.string(), NetworkDomainPermission) }),
)

const ApplicationStorageRequirements = named(
  'ApplicationStorageRequirements',
  'Where new workspaces of the application are put.',
  z.object({ defaultProjectParent: z.string().nullish(), projectlessWorkspaceRoot: z.string().nullish() }),
)

/** What is required of the desktop application. */
export const ApplicationRequirements = named(
  'ApplicationRequirements',
  'What is required of the desktop application.',
  z.object({ network: ApplicationNetworkRequirements.nullish(), storage: ApplicationStorageRequirements.nullish() }),
)

const BrowserUseAccessApprovalLifetime = named(
  'BrowserUseAccessApprovalLifetime',
  'How long an approval holds.',
  z.enum(['turn', 'thread']),
)

const BrowserUseOriginPolicy = named(
  'BrowserUseOriginPolicy',
  'What the browser tool may do on an origin, by policy.',
  z.object({
    access: AllowDenyRequirement.nullish(),
    downloads: AllowDenyRequirement.nullish(),
    uploads: AllowDenyRequirement.nullish(),
    fullCdpAccess: AllowDenyRequirement.nullish(),
    autoReview: AllowDenyRequirement.nullish(),
    persistentApproval: z.boolean().nullish(),
    accessApprovalLifetime: BrowserUseAccessApprovalLifetime.nullish(),
  }),
)

const RequestHeader = named(
  'RequestHeader',
  'A header that is added to requests.',
  z.object({ name: z.string(), value: z.string() }),
)

const BrowserUseExtensionRequirements = named(
  'BrowserUseExtensionRequirements',
  'What is required of the browser extension.',
  z.object({ requestHeaders: z.array(RequestHeader).nullish() }),
)

/** What is required of the browser tool. */
export const BrowserUseRequirements = named(
  'BrowserUseRequirements',
  'What is required of the browser tool.',
  z.object({
    extension: BrowserUseExtensionRequirements.nullish(),
    allowWebmcp: z.boolean().nullish(),
    allowHistoryAccess: z.boolean().nullish(),
    disableAutoReview: z.boolean().nullish(),
    allowGlobalPersistentApproval: z.boolean().nullish(),
    defaultOriginPolicy: BrowserUseOriginPolicy.nullish(),
    origins: z.record(z.string(), BrowserUseOriginPolicy).nullish(),
  }),
)

const ComputerUseMacosRequirements = named(
  'ComputerUseMacosRequirements',
  'Apps of macOS, by bundle id.',
  z.object({ bundleIds: z.record(z.string(), AllowDenyRequirement).nullish() }),
)

const ComputerUseWindowsExeRequirement = named(
  'ComputerUseWindowsExeRequirement',
  'A program of Windows, and whether it may be used.',
  z.object({
    publisherName: z.string(),
    productName: z.string(),
    binaryName: z.string().nullish(),
    access: AllowDenyRequirement,
  }),
)

const ComputerUseWindowsRequirements = named(
  'ComputerUseWindowsRequirements',
  'Apps of Windows.',
  z.object({
    aumids: z.record(z.string(), AllowDenyRequirement).nullish(),
    exes: z.array(ComputerUseWindowsExeRequirement).nullish(),
  }),
)

/** What is required of the computer tool. */
export const ComputerUseRequirements = named(
  'ComputerUseRequirements',
  'What is required of the computer tool.',
  z.object({
    allowLockedComputerUse: z.boolean().nullish(),
    allowPersistentApproval: z.boolean().nullish(),
    defaultAppAccess: AllowDenyRequirement.nullish(),
    macos: ComputerUseMacosRequirements.nullish(),
    windows: ComputerUseWindowsRequirements.nullish(),
  }),
)

/** What is required of the browser inside the application. */
export const InAppBrowserRequirements = named(
  'InAppBrowserRequirements',
  'What is required of the browser inside the application.',
  z.object({ allowExternalBrowserSettingsImport: z.boolean().nullish() }),
)
